#!/usr/bin/env bash
# Trains a reader as models/reader from a folder of plain-text books (UTF-8), on two CPU cores and in 3 GB of memory, in some seven
# hours.
# Usage: runs/reader.sh BOOKS OUT [PERCENT]. Books to be measured on must not be in BOOKS. PERCENT of all examples and steps
# (100) makes a reader sooner, and a worse one. Interrupted, it goes on where it was.
set -euo pipefail
cd "$(dirname "$0")/.."
books=$1 out=$2 percent=${3:-100}
glyph() { npx tsx src/cli/main.ts "$@"; }
part() { echo $((($1 * percent + 99) / 100)); }
warm() { echo "warmUpSteps=$(($1 * percent / 100))"; }
data() { glyph data "$1" --corpus "$2" --val-share 0 --model embedded --ocr-marks lines -j 2 "${@:3}"; }
train() { glyph train "$1" -j 2 "${@:2}"; }

# The books, and the same with strings between their words that nobody can guess.
npx tsx runs/mix-strings.ts "$books" "$out/mixed"
mkdir -p "$out/both"
for book in "$books"/*.txt; do cp "$book" "$out/both/"; done
for book in "$out"/mixed/*.txt; do cp "$book" "$out/both/mixed-$(basename "$book")"; done

# Reading: pages whose lines are known, in the reader's own type; then with strings; in any type that it may read, for a search; and
# in its own again.
own=(--preset embedded --max-pages 1 --max-tokens 9000)
data pretrain "$books" "${own[@]}" --tasks ocr=3,strings=1 --examples "$(part 2400)" -o "$out/data/read"
data pretrain "$out/mixed" "${own[@]}" --tasks ocr --seed 61 --examples "$(part 900)" -o "$out/data/strings"
data pretrain "$out/both" --mixture --max-pages 1 --max-tokens 9000 --tasks ocr=3,strings=1 --seed 71 \
  --examples "$(part 1400)" -o "$out/data/types"
data pretrain "$out/both" "${own[@]}" --tasks ocr=2,strings=1 --seed 172 --examples "$(part 1400)" -o "$out/data/own"
train pretrain --data "$out/data/read" -o "$out/read" \
  --steps "$(part 3500)" --set "alignmentSteps=$(part 300),$(warm 50)"
train pretrain --data "$out/data/strings" --from "$out/read" -o "$out/strings" --steps "$(part 1000)" \
  --set "alignmentSteps=0,peakRate=8e-4,lastRate=5e-5,$(warm 20),farShare=0.03"
train pretrain --data "$out/data/types" --from "$out/strings" -o "$out/types" --steps "$(part 1300)" \
  --set "alignmentSteps=0,peakRate=8e-4,lastRate=5e-5,$(warm 20),farShare=0,near.rows=3,near.jumpingShare=0"
train pretrain --data "$out/data/own" --from "$out/types" -o "$out/own" --steps "$(part 1500)" \
  --set "alignmentSteps=0,peakRate=8e-4,lastRate=3e-5,$(warm 20),farShare=0,near.rows=3,near.jumpingShare=0"

# Answering: questions over pages, and rows of pages to write out.
tasks=needle=2,multi-key=3,multi-value=3,multi-query=2,key-value=1.5,continuation=0.7
data sft "$out/both" --preset embedded --max-pages 3 --max-tokens 2600 --ocr-share 0.5 --tasks "$tasks" --seed 81 \
  --examples "$(part 2400)" -o "$out/data/sft"
data rl "$out/both" --preset embedded --max-pages 1 --page-size 640,192 --max-tokens 700 --ocr-share 0.3 --tasks "$tasks" \
  --seed 143 --examples "$(part 1500)" -o "$out/data/rl"
train sft --data "$out/data/sft" --from "$out/own" -o "$out/sft" --steps "$(part 3000)" --set "$(warm 20)"
train rl --data "$out/data/rl" --from "$out/sft" -o "$out/rl" --steps "$(part 100)" --set "$(warm 5)"
