#!/usr/bin/env bash
# Trains a reader as models/reader from a folder of plain-text books (UTF-8), on two CPU cores, in some five hours.
# Usage: runs/reader.sh BOOKS OUT. Books to be measured on must not be in BOOKS. Interrupted, it goes on where it was.
set -euo pipefail
cd "$(dirname "$0")/.."
books=$1 out=$2
glyph() { npx tsx src/cli/main.ts "$@"; }
own=(--val-share 0 --preset embedded --model embedded --ocr-marks lines --max-pages 1)

# Pages of 64 rows whose lines are known: rows of them are the lessons in reading. Then the same books with strings
# between their words that nobody can guess, and pages of such strings alone.
glyph data pretrain --corpus "$books" "${own[@]}" --max-tokens 9000 --tasks ocr=3,strings=1 --examples 2400 -j 2 -o "$out/data/pretrain"
npx tsx runs/mix-strings.ts "$books" "$out/mixed"
glyph data pretrain --corpus "$out/mixed" "${own[@]}" --max-tokens 9000 --tasks ocr --seed 61 --examples 900 -j 2 -o "$out/data/mixed"
glyph train pretrain --data "$out/data/pretrain" -o "$out/pretrain" -j 2
glyph train pretrain --data "$out/data/mixed" --from "$out/pretrain" -o "$out/mixed-strings" -j 2 \
  --steps 1000 --set alignmentSteps=0,peakRate=8e-4,lastRate=5e-5,warmUpSteps=20,farShare=0.03

# Questions over a quarter of a page, and rows of pages to write out, from the books as they are and with strings.
mkdir -p "$out/both"
for book in "$books"/*.txt; do cp "$book" "$out/both/"; done
for book in "$out"/mixed/*.txt; do cp "$book" "$out/both/mixed-$(basename "$book")"; done
asked=(--page-size 640,192 --max-tokens 700 --ocr-share 0.3
  --tasks needle=2,multi-key=3,multi-value=2,multi-query=2,key-value=1.5,locate=0.3,continuation=0.7)
glyph data sft --corpus "$out/both" "${own[@]}" "${asked[@]}" --examples 5000 --seed 144 -j 2 -o "$out/data/sft"
glyph data rl --corpus "$out/both" "${own[@]}" "${asked[@]}" --examples 1500 --seed 143 -j 2 -o "$out/data/rl"
glyph train sft --data "$out/data/sft" --from "$out/mixed-strings" -o "$out/sft" -j 2
glyph train rl --data "$out/data/rl" --from "$out/sft" -o "$out/rl" -j 2
