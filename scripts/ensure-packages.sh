#!/bin/sh
# Installs the Debian packages that the tests need, where they are missing. Needs root and apt.
set -eu
missing=""
for program in chromium fish pre-commit zsh; do
  [ -x "/usr/bin/$program" ] || missing="$missing $program"
done
[ -z "$missing" ] && exit 0
apt-get update -qq
# Each word is the name of a package.
# shellcheck disable=SC2086
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
