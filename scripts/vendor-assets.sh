#!/usr/bin/env bash
# Copies the fonts and htmx that browsers load into src/nightdesk/assets, from vendor-assets/package-lock.json.
# Needs Node.js and the npm registry; nothing else in this repository does.
set -euo pipefail
cd "$(dirname "$0")/../vendor-assets"
npm ci --silent --ignore-scripts --no-audit --no-fund
assets=../src/nightdesk/assets
fonts=$assets/fonts
modules=node_modules
pretendard=$modules/pretendard/dist
serif=$modules/@fontsource-variable/source-serif-4

rm -rf "$fonts" && mkdir -p "$fonts/pretendard" "$fonts/source-serif"
cp "$pretendard"/web/variable/woff2-dynamic-subset/*.woff2 "$fonts/pretendard/"
cp "$pretendard/LICENSE.txt" "$fonts/pretendard/OFL.txt"
for cut in latin-wght-normal latin-wght-italic latin-ext-wght-normal latin-ext-wght-italic; do
  cp "$serif/files/source-serif-4-$cut.woff2" "$fonts/source-serif/"
done
cp "$serif/LICENSE" "$fonts/source-serif/OFL.txt"
cp $modules/htmx.org/dist/htmx.min.js "$assets/htmx.min.js"
cp $modules/htmx.org/LICENSE "$assets/htmx.LICENSE.txt"

# One style sheet of faces: the packages' own rules, comments dropped, pointing at the copies.
{
  echo '/* Written by scripts/vendor-assets.sh. Fonts under the SIL Open Font License 1.1: see OFL.txt beside each. */'
  cat $serif/wght.css $serif/wght-italic.css "$pretendard/web/variable/pretendardvariable-dynamic-subset.css" |
    node -e '
      const css = require("fs").readFileSync(0, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
      for (let [face] of css.matchAll(/@font-face\s*\{[^}]*\}/g)) {
        if (/source-serif-4-(cyrillic|greek|vietnamese)/.test(face)) continue;
        console.log(face.replace(/\.\/woff2-dynamic-subset\//, "pretendard/").replace(/\.\/files\//, "source-serif/")
          .replace(/\s+/g, " ").replace(/(url\([^)]*\)) format\([^)]*\)/, "$1 format(\"woff2\")"));
      }'
} > "$fonts/fonts.css"

version() { node -p "require('./$modules/$1/package.json').version"; }
cat > "$assets/LICENCES.md" <<END
# What is vendored here

Written by \`scripts/vendor-assets.sh\`; the versions are pinned in \`vendor-assets/package-lock.json\`.

| files | package | version | licence | text |
|---|---|---|---|---|
| \`fonts/pretendard/*.woff2\` | pretendard | $(version pretendard) | SIL Open Font License 1.1 | \`fonts/pretendard/OFL.txt\` |
| \`fonts/source-serif/*.woff2\` | @fontsource-variable/source-serif-4 | $(version @fontsource-variable/source-serif-4) | SIL Open Font License 1.1 | \`fonts/source-serif/OFL.txt\` |
| \`htmx.min.js\` | htmx.org | $(version htmx.org) | Zero-Clause BSD | \`htmx.LICENSE.txt\` |
| \`fonts/fonts.css\` | written from the two font packages | | SIL Open Font License 1.1 | beside each font |
END
if grep -q http package-lock.json; then
  echo "package-lock.json names an address: remove its \"resolved\" and \"funding\" entries." >&2
  exit 1
fi
