#!/bin/sh
# Cuts Inter down to the letters and figures that the pages use. Needs fonttools and brotli (in the
# program's own environment). Run from static/src: PATH=../../.venv/bin:$PATH sh fonts.sh
set -eu
for weight in Regular SemiBold Bold; do
  pyftsubset "node_modules/inter-ui/web/Inter-$weight.woff2" --flavor=woff2 \
    --output-file="../fonts/inter-$(echo "$weight" | tr '[:upper:]' '[:lower:]').woff2" \
    --unicodes="U+0020-007E,U+00A0-017F,U+0218-021B,U+0300-0304,U+0306-030C,U+0327,U+0328,U+1E80-1E85,U+1EF2-1EF3,U+2010-2014,U+2018-201E,U+2020-2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265,U+25B2,U+25BC,U+2713,U+2717" \
    --layout-features=kern,mark,mkmk,ccmp,locl,tnum,pnum,lnum,sups,case
done
cp node_modules/inter-ui/LICENSE.txt ../fonts/OFL.txt
