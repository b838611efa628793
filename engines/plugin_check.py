"""Calls the reward plug-in of a job as ms-swift does, with answers whose rewards are known.

usage: plugin_check.py JOB
"""
import asyncio
import importlib.util
import sys

from swift.rewards import orms

spec = importlib.util.spec_from_file_location("reward_plugin", f"{sys.argv[1]}/reward_plugin.py")
spec.loader.exec_module(importlib.util.module_from_spec(spec))

RIGHT = "<think>\n[p1:3] the code is 42\n</think>\n42"
completions = [RIGHT, "42", RIGHT.replace("\n42", "\n43"), RIGHT, RIGHT]
columns = {
    "reward": ["exact", "exact", "exact", "exact", None],
    "answer": ["42", "42", "42", "42", "42"],
    "is_truncated": [False, False, False, True, False],
    "task": ["needle"] * 5,
}
rewards = asyncio.run(orms["glyph"]()(completions, **columns))
print(f"right, without thinking, wrong, cut off, without a key: {rewards}")
assert rewards == [1, 0, 0, 0, None], rewards
