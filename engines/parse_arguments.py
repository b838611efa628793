"""Config as it is written for GPUs, read by ms-swift's own parsers: unknown keys and impossible values fail.

usage: parse_arguments.py JOB...

Plain training is parsed by its argument classes, as far as they go without a GPU. Megatron's classes need Megatron-Core,
which needs CUDA, so of these the names alone are looked up in the source.
"""
import ast
import json
import sys
from pathlib import Path

import swift
import yaml
from swift.arguments import PretrainArguments, RLHFArguments, SftArguments
from transformers import HfArgumentParser

CLASSES = {"pretrain": PretrainArguments, "sft": SftArguments, "rl": RLHFArguments}
# Read before the arguments are.
RAY_KEYS = {"nnodes", "colocate_groups", "sleep_level", "train", "rollout", "gpus"}


def words(config):
    for key, value in config.items():
        yield f"--{key}"
        yield from (str(each) for each in value) if isinstance(value, list) else [str(value)]


def parse(stage, config):
    """As swift/cli/main.py hands them over."""
    HfArgumentParser([CLASSES[stage]]).parse_args(list(words(config)))


def annotated_names(folders):
    root = Path(swift.__file__).parent
    for folder in folders:
        for path in sorted((root / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                    yield node.target.id


MEGATRON_NAMES = set(annotated_names(["megatron/arguments", "arguments"])) | RAY_KEYS


def look_up(config):
    flat = {**config, **config.get("train", {}), **config.get("rollout", {})}
    unknown = sorted(set(flat) - MEGATRON_NAMES)
    assert not unknown, f"unknown to Megatron's arguments: {unknown}"


def main(jobs):
    for job in map(Path, jobs):
        stage = json.loads((job / "manifest.json").read_text())["stage"]
        read = {name: yaml.safe_load((job / f"{name}.yaml").read_text()) for name in ("config", "megatron", "ray")}
        parse(stage, read["config"])
        look_up(read["megatron"])
        if stage == "rl":
            look_up(read["ray"])
        else:
            parse("sft", read["ray"])
        print(f"{stage}: config.yaml, megatron.yaml and ray.yaml are understood")


main(sys.argv[1:])
