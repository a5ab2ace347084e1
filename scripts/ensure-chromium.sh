#!/bin/sh
# Installs Debian's Chromium for the browser test where it is missing. Needs root and apt.
set -eu
[ -x /usr/bin/chromium ] && exit 0
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium
