#!/bin/sh
# Installs the npm packages that tools/NAME pins into .cache/NAME, once: `sh tools/npm.sh NAME`.
set -eu
home=.cache/$1
if ! cmp -s "tools/$1/package-lock.json" "$home/.installed"; then
    mkdir -p "$home"
    cp "tools/$1/package.json" "tools/$1/package-lock.json" "$home/"
    npm ci --prefix "$home" --ignore-scripts --loglevel=error --no-audit --no-fund >&2
    cp "tools/$1/package-lock.json" "$home/.installed"
fi
