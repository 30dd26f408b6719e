#!/usr/bin/env bash
# Fetches and builds the front-end files that the pages carry: one ECharts bundle with only the charts we draw, htmx,
# the typeface, and axe for the browser tests. Needs npm; whoever installs Jangkau does not: the results are committed.
# Packages come by name through npm's own configuration and must match the sums in tools/vendor/packages.sha256.
set -euo pipefail
cd "$(dirname "$0")/.."

site=src/jangkau/web/site/static/vendor
browser=tests/browser
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

# The optional argument is a folder that already holds the packed packages.
if [ $# -gt 0 ]; then
  while read -r _ file; do
    if [ -e "$1/$file" ]; then cp "$1/$file" "$build/"; fi
  done < tools/vendor/packages.sha256
fi
sums=$PWD/tools/vendor/packages.sha256
fetch() { # name version packed-file
  if [ ! -e "$build/$3" ]; then npm pack --silent --pack-destination "$build" "$1@$2" > /dev/null; fi
}
fetch echarts 6.1.0 echarts-6.1.0.tgz
fetch zrender 6.1.0 zrender-6.1.0.tgz
fetch tslib 2.3.0 tslib-2.3.0.tgz
fetch htmx.org 2.0.11 htmx.org-2.0.11.tgz
fetch @fontsource-variable/plus-jakarta-sans 5.3.0 fontsource-variable-plus-jakarta-sans-5.3.0.tgz
fetch axe-core 4.14.1 axe-core-4.14.1.tgz
(cd "$build" && sha256sum --check --quiet "$sums")

unpack() { # packed-file folder
  mkdir -p "$2"
  tar -xzf "$build/$1" -C "$2" --strip-components=1
}
modules=$build/node_modules
unpack echarts-6.1.0.tgz "$modules/echarts"
unpack zrender-6.1.0.tgz "$modules/zrender"
unpack tslib-2.3.0.tgz "$modules/tslib"
unpack htmx.org-2.0.11.tgz "$modules/htmx.org"
unpack axe-core-4.14.1.tgz "$modules/axe-core"
unpack fontsource-variable-plus-jakarta-sans-5.3.0.tgz "$modules/font"
npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix "$build/bundler" esbuild@0.28.2 > /dev/null

mkdir -p "$site/plus-jakarta-sans" "$browser"

# ECharts: the bundle, and beside it every licence whose code is inside.
cp tools/vendor/echarts_entry.js "$build/entry.js"
banner='/*! Apache ECharts 6.1.0 (part), Copyright 2017-2026 The Apache Software Foundation, Apache-2.0; with zrender 6.1.0
 * (BSD-3-Clause), tslib 2.3.0 (0BSD) and parts of d3 (BSD-3-Clause). Texts: echarts.LICENSE.txt, echarts.NOTICE.txt. */'
(cd "$build" && bundler/node_modules/.bin/esbuild entry.js --bundle --minify --target=es2020 --format=iife \
  --global-name=echarts --legal-comments=none --banner:js="$banner" --define:process.env.NODE_ENV='"production"' \
  --log-level=warning --outfile=echarts.min.js)
cp "$build/echarts.min.js" "$site/echarts.min.js"
cp "$modules/echarts/NOTICE" "$site/echarts.NOTICE.txt"
{
  cat "$modules/echarts/LICENSE"
  printf '\n\n==== zrender 6.1.0 ====\n\n'
  cat "$modules/zrender/LICENSE"
  printf '\n\n==== tslib 2.3.0 ====\n\n'
  cat "$modules/tslib/LICENSE.txt"
  printf '\n\n==== d3 (parts, through ECharts) ====\n\n'
  cat "$modules/echarts/licenses/LICENSE-d3"
} | tr -d '\r' > "$site/echarts.LICENSE.txt"

# htmx
{
  printf '/*! htmx 2.0.11, Zero-Clause BSD; text: htmx.LICENSE.txt */\n'
  cat "$modules/htmx.org/dist/htmx.min.js"
} > "$site/htmx.min.js"
cp "$modules/htmx.org/LICENSE" "$site/htmx.LICENSE.txt"

# Plus Jakarta Sans: one variable file for Latin, one for its extension.
for part in latin latin-ext; do
  cp "$modules/font/files/plus-jakarta-sans-$part-wght-normal.woff2" "$site/plus-jakarta-sans/"
done
cp "$modules/font/LICENSE" "$site/plus-jakarta-sans/LICENSE.txt"

# axe: for tests only, never served.
cp "$modules/axe-core/axe.min.js" "$browser/axe.min.js"
cp "$modules/axe-core/LICENSE" "$browser/axe.LICENSE.txt"

wc -c "$site"/*.js "$site"/plus-jakarta-sans/*.woff2 "$browser/axe.min.js"
