#!/usr/bin/env bash
# The step of action.yml: inputs from the environment → arguments, report → outputs.
set -euo pipefail

report="$(mktemp -d "${RUNNER_TEMP:-/tmp}/klaviyo-scopes.XXXXXX")/report.json"
arguments=(audit --output "json=$report")

# add FLAG VALUE: where there is a value
add() {
  if [[ -n "$2" ]]; then arguments+=("$1" "$2"); fi
}

# each FLAG LINES: the flag, if any, and each line that is not empty
each() {
  local line
  while IFS= read -r line || [[ -n "$line" ]]; do
    line="${line%$'\r'}"
    if [[ -z "$line" ]]; then continue; fi
    if [[ -n "$1" ]]; then arguments+=("$1"); fi
    arguments+=("$line")
  done <<< "$2"
}

add --config "$INPUT_CONFIG"
add --baseline "$INPUT_BASELINE"
add --max-warnings "$INPUT_MAX_WARNINGS"
add --min-confidence "$INPUT_MIN_CONFIDENCE"
each --output "$INPUT_OUTPUT"
if [[ "$INPUT_QUIET" == true ]]; then arguments+=(--quiet); fi
# What follows is no flag, whatever it looks like.
arguments+=(--)
each "" "$INPUT_PATHS"

own='const path = require("path");
const manifest = require.resolve("eslint-plugin-klaviyo-scopes/package.json");
console.log(path.join(path.dirname(manifest), "bin", "klaviyo-scope-audit.js"));'
if [[ -z "$INPUT_VERSION" ]] && program="$(node -e "$own" 2> /dev/null)"; then
  command=(node "$program")
else
  version="${INPUT_VERSION:-$(node -p 'require(process.argv[1]).version' "$GITHUB_ACTION_PATH/package.json")}"
  command=(npx --yes --package "eslint-plugin-klaviyo-scopes@$version" -- klaviyo-scope-audit)
fi

code=0
"${command[@]}" "${arguments[@]}" || code=$?
node "$GITHUB_ACTION_PATH/scripts/action-outputs.mjs" "$report" "$code" >> "$GITHUB_OUTPUT"
if [[ "$code" -eq 1 && "$INPUT_FAIL_ON_FINDINGS" == false ]]; then exit 0; fi
exit "$code"
