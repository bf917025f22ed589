#!/bin/sh
# Prints the path of the Nu HTML checker's jar; installs it, pinned, on first use.
set -eu
home=.cache/nu
if ! cmp -s tools/nu/package-lock.json "$home/package-lock.json"; then
    mkdir -p "$home"
    cp tools/nu/package.json tools/nu/package-lock.json "$home/"
    npm ci --prefix "$home" --ignore-scripts --silent --no-audit --no-fund >&2
fi
echo "$home/node_modules/vnu-jar/build/dist/vnu.jar"
