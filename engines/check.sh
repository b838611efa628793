#!/usr/bin/env bash
# Runs on ms-swift itself what this project hands over to it: pre-training, fine-tuning and GRPO with the reward server,
# a few steps each on CPU, on a tiny GLM-4.1V with random weights; and holds our vision-token counts against the image
# processors of transformers. Not part of the tests.
#
# usage: engines/check.sh [FOLDER]      FOLDER (glyph-engines among temporary files) gets some 7 GB; what is there already is kept
# needs: python3 (3.10 or later) and its package index; TORCH names another build of torch
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
work="$(realpath -m "${1:-${TMPDIR:-/tmp}/glyph-engines}")"
mkdir -p "$work"
python="$work/venv/bin/python"
server=''
trap '[ -z "$server" ] || kill "$server"' EXIT

glyph() { node dist/cli/main.js "$@"; }
step() { printf '\n== %s\n' "$*"; }
# No model hub, no GPU.
export HF_HUB_OFFLINE=1 TRANSFORMERS_OFFLINE=1 CUDA_VISIBLE_DEVICES='' OMP_NUM_THREADS=1 TOKENIZERS_PARALLELISM=false

step 'install'
npm run --silent build
[ -x "$python" ] || python3 -m venv "$work/venv"
# The package index has one build of torch, with CUDA: it runs on CPU as well. GRPO wants msgspec, which vLLM would bring.
"$python" -m pip install --quiet "${TORCH:-torch}" torchvision 'ms-swift>=4.5,<5' msgspec
"$python" - <<'PY'
import importlib.metadata as m, platform
print("python", platform.python_version(), *(f"{name} {m.version(name)}" for name in ("torch", "transformers", "ms_swift", "trl")), sep=", ")
PY

step 'vision tokens: 500 random sizes a family, counted by us and by transformers'
npx tsx engines/vision-counts.ts | "$python" engines/vision_counts.py

step 'a tiny GLM-4.1V'
rm -rf "$work/tiny"
"$python" engines/tiny_glm.py "$work/tiny" 2>"$work/tiny.log"

step 'data and jobs'
rm -rf "$work"/data-* "$work"/job-* "$work"/paper-*
for stage in pretrain sft rl; do
  # A byte is a token of the tiny model, so pages and texts are short.
  glyph data "$stage" --corpus docs --page-size 168,84 --max-tokens 150 --max-pages 1 --examples 16 --shard-size 8 \
    --val-share 0.2 -o "$work/data-$stage" --quiet
  base=()
  [ "$stage" = pretrain ] || base=(--from zai-org/GLM-4.1V-9B-Base)
  glyph train "$stage" --data "$work/data-$stage" --engine swift --nodes 2 "${base[@]}" -o "$work/paper-$stage" --quiet
done
cpu='torch_dtype=float32,attn_impl=sdpa,deepspeed=,dataloader_num_workers=0,report_to=none,max_length=8192'
for stage in pretrain sft; do
  glyph train "$stage" --data "$work/data-$stage" --engine swift --from "$work/tiny" --gpus-per-node 1 --steps 2 \
    --set "$cpu,gradient_accumulation_steps=2,eval_strategy=no" -o "$work/job-$stage"
done
glyph train rl --data "$work/data-rl" --engine swift --from "$work/tiny" --gpus-per-node 1 --steps 2 \
  --set "$cpu,gradient_accumulation_steps=4,num_generations=4,max_completion_length=16,use_vllm=false,vllm_mode=,dynamic_sample=false" \
  -o "$work/job-rl"
glyph train rl --data "$work/data-rl" --engine verl --from zai-org/Glyph --nodes 2 -o "$work/job-verl"
glyph train sft --data "$work/data-sft" --engine llamafactory --from zai-org/GLM-4.1V-9B-Base --nodes 2 -o "$work/job-llamafactory"

step 'scripts, and the config for GPUs'
for script in "$work"/job-*/*.sh "$work"/paper-*/*.sh; do bash -n "$script"; done
echo "bash -n: $(find "$work" -maxdepth 2 -path "$work/*-*/*.sh" | wc -l) scripts"
if command -v shellcheck >/dev/null; then
  shellcheck -x -P SCRIPTDIR "$work"/job-*/*.sh "$work"/paper-*/*.sh && echo 'shellcheck: nothing to say'
fi
"$python" -m py_compile "$work"/job-*/*.py
"$python" engines/parse_arguments.py "$work"/paper-{pretrain,sft,rl} 2>"$work/parse.log"

step 'the reward server and the plug-in'
node dist/cli/main.js reward serve --port 0 --token check >"$work/origin" 2>"$work/reward.log" &
server=$!
for _ in $(seq 100); do
  [ ! -s "$work/origin" ] || break
  sleep 0.2
done
origin="$(cat "$work/origin")"
export GLYPH_REWARD_URL="$origin/rewards" GLYPH_REWARD_TOKEN=check
"$python" engines/plugin_check.py "$work/job-rl" 2>"$work/plugin.log"

# What a run logged, a line a step.
figures() {
  "$python" - "$1/out/logging.jsonl" "$2" <<'PY'
import json, math, sys
names = sys.argv[2].split(",")
steps = [row for row in map(json.loads, open(sys.argv[1])) if "loss" in row]
for row in steps:
    print("  step", row["global_step/max_steps"], *(f"{name} {row[name]:.4g}" for name in names if isinstance(row.get(name), (int, float))), sep=", ")
assert len(steps) == 2 and all(math.isfinite(row["loss"]) for row in steps), steps
PY
}

for stage in pretrain sft rl; do
  step "$stage: two steps"
  SECONDS=0
  PATH="$work/venv/bin:$PATH" bash "$work/job-$stage/run.sh" >"$work/$stage.log" 2>&1 ||
    { tail -n 40 "$work/$stage.log"; exit 1; }
  figures "$work/job-$stage" 'loss,grad_norm,reward,reward_std,rewards/Glyph/mean,completions/mean_length'
  [ -f "$work/job-$stage/out/checkpoint-2/model.safetensors" ] && echo "  job-$stage/out/checkpoint-2/model.safetensors"
  echo "  $SECONDS s"
done

step 'what the reward server saw'
"$python" - "$origin/health" <<'PY'
import json, sys, urllib.request
request = urllib.request.Request(sys.argv[1], headers={"authorization": "Bearer check"})
health = json.load(urllib.request.urlopen(request))
print(health)
# Five rows of the plug-in check, one of them without a key; two steps of four answers.
assert health["rows"] >= 13 and health["unscored"] == 1, health
PY

step 'not run here, for want of a GPU'
cat <<'TEXT'
DeepSpeed, flash-attn and bfloat16 (run.sh with the paper's config): arguments parsed, the same data and code run above in float32.
vLLM rollouts (use_vllm): drawn by transformers instead; vllm_* keys parsed.
Megatron and Ray (megatron.sh, ray.sh): names of all keys found in ms-swift's argument classes.
verl and LLaMA-Factory: scripts checked, Python compiled; not installed.
TEXT
step 'green'
