#!/usr/bin/env bash
# Builds web/dist when something in web/ has changed since the last build.
set -euo pipefail
cd "$(dirname "$0")/../web"
stamp=dist/.built
fingerprint=$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$fingerprint" ] && exit 0
lock=$(sha256sum package-lock.json)
if [ ! -f node_modules/.installed ] || [ "$(cat node_modules/.installed)" != "$lock" ]; then
    echo "Installing the packages of the web interface"
    npm ci --no-audit --no-fund --loglevel=error
    echo "$lock" > node_modules/.installed
fi
echo "Building the web interface"
npm run --silent build
echo "$fingerprint" > "$stamp"
