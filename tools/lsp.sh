#!/bin/sh
# Prints the path of the YAML language server that editors use; installs it, pinned, on first use.
set -eu
home=.cache/lsp
server=$home/node_modules/yaml-language-server/bin/yaml-language-server
if ! cmp -s tools/lsp/package-lock.json "$home/package-lock.json"; then
    mkdir -p "$home"
    cp tools/lsp/package.json tools/lsp/package-lock.json "$home/"
    npm ci --prefix "$home" --silent --no-audit --no-fund >&2
fi
echo "$server"
