#!/usr/bin/env bash
# Trains a reader as models/reader from a folder of plain-text books (UTF-8), on two CPU cores.
# Usage: runs/reader.sh BOOKS OUT. Books to be measured on must not be in BOOKS. Interrupted, it goes on where it was.
set -euo pipefail
cd "$(dirname "$0")/.."
books=$1 out=$2
glyph() { npx tsx src/cli/main.ts "$@"; }
own=(--val-share 0 --preset embedded --model embedded --ocr-marks lines)
pages=(--max-pages 1 --max-tokens 9000)
tasks=needle=2,multi-key=3,multi-value=2,multi-query=1,key-value=2,locate=2,continuation=1

# Pages of 64 rows whose lines are known: rows of them are the lessons in reading. Then the same books with strings
# between their words that nobody can guess.
glyph data pretrain --corpus "$books" "${own[@]}" "${pages[@]}" --tasks ocr=3,strings=1 --examples 2400 -j 2 -o "$out/data/pretrain"
npx tsx runs/mix-strings.ts "$books" "$out/mixed"
glyph data pretrain --corpus "$out/mixed" "${own[@]}" "${pages[@]}" --tasks ocr --seed 51 --examples 500 -j 2 -o "$out/data/mixed"
glyph train pretrain --data "$out/data/pretrain" -o "$out/pretrain" -j 2
glyph train pretrain --data "$out/data/mixed" --from "$out/pretrain" -o "$out/mixed-strings" -j 2 \
  --steps 330 --set alignmentSteps=0,peakRate=8e-4,lastRate=3e-5,warmUpSteps=10,farShare=0

# Questions over a quarter of a page, and over up to three pages, which fill the window. What stands in models/reader
# ends before this: see its card.
short=(--page-size 640,192 --max-pages 1 --max-tokens 420)
glyph data sft --corpus "$books" "${own[@]}" "${short[@]}" --tasks $tasks --ocr-share 0.15 --examples 3000 -o "$out/data/sft-short"
glyph data sft --corpus "$books" "${own[@]}" --tasks $tasks,which-page=1 --ocr-share 0.1 --max-pages 3 --max-tokens 1900 --examples 1500 --seed 44 -o "$out/data/sft-long"
glyph data rl --corpus "$books" "${own[@]}" "${short[@]}" --tasks $tasks --ocr-share 0.15 --examples 1200 --seed 43 -o "$out/data/rl"
glyph train sft --data "$out/data/sft-short" --from "$out/mixed-strings" -o "$out/sft-short" -j 2
glyph train sft --data "$out/data/sft-long" --from "$out/sft-short" -o "$out/sft-long" -j 2
glyph train rl --data "$out/data/rl" --from "$out/sft-long" -o "$out/rl" -j 2
