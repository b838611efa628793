#!/usr/bin/env bash
# What each part of post-training adds (the paper's Table 6): a reader fine-tuned and trained by rewards with and without the
# auxiliary task of writing out pages, three seeds each. Usage: runs/ablation.sh BASE SFT-DATA RL-DATA QUESTIONS BOOK OUT, with
# BASE a reader, the data of `glyph data sft|rl`, QUESTIONS one of `glyph data rl` from BOOK, a text in neither.
# SFT_STEPS and RL_STEPS make it shorter or longer. Interrupted, it goes on where it was.
set -euo pipefail
cd "$(dirname "$0")/.."
base=$1 sft=$2 rl=$3 questions=$4 book=$5 out=$6
train() { npx tsx src/cli/main.ts train "$@" -j 1; }

for seed in 1 2 3; do
  for ocr in with without; do
    train sft --data "$sft" --from "$base" --seed $seed -o "$out/$seed/sft-$ocr" \
      --steps "${SFT_STEPS:-150}" --ocr $ocr --set "peakRate=3e-4,lastRate=3e-5,warmUpSteps=10"
  done
  reward() {
    train rl --data "$rl" --from "$out/$seed/$1" --seed $seed -o "$out/$seed/$2" --ocr "$3" \
      --steps "${RL_STEPS:-25}" --set prompts=1,maxPromptTokens=448
  }
  reward sft-with final with
  reward sft-with without-ocr-in-rl without
  reward sft-without without-ocr-in-sft with
done
npx tsx runs/ablation-table.ts "$out" "$questions" "$book"
