#!/usr/bin/env bash
# Rebuilds what the sealing page loads from vendor/package-lock.json: pinned, with its licences.
# Then refreshes the fonts and htmx. Needs Node.js and the npm registry; running Nightdesk never does.
set -euo pipefail
cd "$(dirname "$0")/../vendor"
out=../src/nightdesk/drop/static/vendor
npm ci --silent --ignore-scripts --no-audit --no-fund
node_modules/.bin/esbuild channel.js phrase.js phrase-ko.js phrase-zh.js phrase-en.js --bundle --format=esm \
  --platform=browser --target=es2020 --charset=utf8 --minify --legal-comments=none --log-level=warning --outdir="$out"
{
  echo "The scripts here are built by scripts/vendor.sh from the packages below; each is under the MIT licence."
  for package in @hpke/common @hpke/core @hpke/chacha20poly1305 @hpke/dhkem-x25519 @hpke/hybridkem-x-wing \
    mlkem @noble/curves @noble/hashes @scure/bip39; do
    [ -d "node_modules/$package" ] || continue
    printf '\n== %s %s\n\n' "$package" "$(node -p "require('./node_modules/$package/package.json').version")"
    cat "node_modules/$package"/LICENSE*
  done
} > "$out/LICENSES.txt"
if grep -q http package-lock.json; then
  echo "package-lock.json names an address: remove its \"resolved\" and \"funding\" entries." >&2
  exit 1
fi

cd .. && scripts/vendor-assets.sh
