#!/bin/sh
# Makes .venv with the Python given ($1), the locked packages, and this project in place.
set -eu
python=${1:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "StrideGuide needs Python 3.11 or later; $python is $("$python" --version)." >&2
    exit 1
}

# Debian and Ubuntu keep `venv` in a package of its own.
if ! "$python" -c 'import ensurepip' 2> /dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    root=$([ "$(id -u)" = 0 ] || echo sudo)
    $root apt-get update -qq
    $root apt-get install -y -qq "python$version-venv"
fi

"$python" -m venv --clear .venv
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
