#!/bin/sh
# Prints the path of a Chromium for the browser tests; installs one where there is none.
set -eu

# Ubuntu's /usr/bin/chromium-browser may be a stub that only asks for a snap: try to run it.
works() { [ -n "$1" ] && [ -x "$1" ] && "$1" --version > /dev/null 2>&1; }

look() {
    for name in "${CHROMIUM:-}" chromium google-chrome-stable google-chrome chromium-browser; do
        found=$(command -v "$name" 2> /dev/null || true)
        if works "$found"; then
            echo "$found"
            return 0
        fi
    done
    for found in "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome; do
        if works "$found"; then
            echo "$found"
            return 0
        fi
    done
    return 1
}

look && exit 0
root=$([ "$(id -u)" = 0 ] || echo sudo)
echo "No browser found: installing Chromium …" >&2
{ $root apt-get update -qq && $root apt-get install -y -qq chromium fonts-dejavu-core; } >&2 || true
look && exit 0
.venv/bin/playwright install --with-deps chromium >&2 || true
look && exit 0
echo "The browser tests need Chromium, and it could not be installed. Install it and set CHROMIUM to its path." >&2
exit 1
