#!/bin/sh
# Runs Biome, pinned, on our scripts: `sh tools/biome.sh check`. Skips with one line where it can't
# be installed, but never in CI.
set -eu
export npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=1000
if ! why=$(sh tools/npm.sh biome 2>&1); then
    reason=$(echo "$why" | head -n 1)
    echo "Scripts not linted: npm could not install Biome ($reason)." >&2
    [ "${CI:-false}" = false ]
    exit
fi
exec .cache/biome/node_modules/.bin/biome "$@"
