"""Holds our vision-token counts against the image processors of transformers.

usage: vision-counts.ts | vision_counts.py      exits 1 where any size differs
"""
import json
import sys
from types import SimpleNamespace

import numpy as np
import torch
import transformers
from transformers import (
    DeepseekOcr2ImageProcessor,
    Glm4vImageProcessor,
    Glm46VImageProcessor,
    GotOcr2ImageProcessor,
    Idefics3ImageProcessor,
    Llama4Processor,
    MiniCPMV4_6ImageProcessor,
    Qwen2VLImageProcessor,
    SmolVLMImageProcessor,
)
from transformers.image_utils import SizeDict
from transformers.models.gemma4.image_processing_gemma4 import get_aspect_ratio_preserving_size
from transformers.models.kimi_k25.image_processing_kimi_k25 import Kimi_K25ImageProcessor
from transformers.models.llama4.image_processing_llama4 import find_supported_resolutions, get_best_fit
from transformers.models.pixtral.image_processing_pixtral import get_resize_output_image_size


def merged_patches(processor, merge=2):
    return lambda h, w: processor.get_number_of_image_patches(h, w) // merge**2


def grid(processor_class, shortest, longest, **settings):
    return merged_patches(processor_class(size={"shortest_edge": shortest, "longest_edge": longest}, **settings))


def pixtral(longest, patch):
    def count(h, w):
        # A view without memory behind it: only the shape is read.
        picture = np.broadcast_to(np.uint8(0), (h, w, 3))
        height, width = get_resize_output_image_size(picture, size=(longest, longest), patch_size=(patch, patch))
        return (width // patch + 1) * (height // patch)

    return count


def rounded(longest, patch):
    """As mistral-common, which we follow, counts: sides made smaller are rounded where transformers cuts them."""

    def count(h, w):
        ratio = max(h, w) / longest
        height, width = (round(h / ratio), round(w / ratio)) if ratio > 1 else (h, w)
        return ((width - 1) // patch + 2) * ((height - 1) // patch + 1)

    return count


def gemma4(soft_tokens):
    def count(h, w):
        height, width = get_aspect_ratio_preserving_size(
            height=h, width=w, patch_size=16, max_patches=soft_tokens * 9, pooling_kernel_size=3
        )
        return (height // 16) * (width // 16) // 9

    return count


def llama4():
    canvases = torch.tensor(find_supported_resolutions(max_num_chunks=16, patch_size=SizeDict(height=336, width=336)))

    def count(h, w):
        height, width = get_best_fit((h, w), canvases, resize_to_max_canvas=False)
        prompt = Llama4Processor._prompt_split_image(SimpleNamespace(), (int(height) // 336, int(width) // 336), 144)
        return prompt.count("<|")

    return count


def idefics3(processor, seq_len):
    def count(h, w):
        _, rows, columns = processor.get_number_of_image_patches(h, w)
        # The longer of the two: a vocabulary may have a double newline as one token.
        return seq_len + 3 + (rows > 0) + rows * ((seq_len + 2) * columns + 1)

    return count


def minicpm(divisor):
    processor = MiniCPMV4_6ImageProcessor()
    scale, slices, patch = processor.scale_resolution, processor.max_slice_nums, processor.patch_size

    def count(h, w):
        found = processor.get_sliced_grid((h, w), slices, scale)
        height, width = processor.find_best_resize((h, w), scale, patch, allow_upscale=found is None)
        tokens = (height // patch) * (width // patch) // divisor + 2
        if found is None:
            return tokens
        height, width = processor.get_refine_size((h, w), found, scale, patch, allow_upscale=True)
        rows, columns = found
        each = (height // rows // patch) * (width // columns // patch) // divisor + 2
        return tokens + rows * columns * each + rows - 1

    return count


internvl = GotOcr2ImageProcessor(size={"height": 448, "width": 448}, crop_to_patches=True, min_patches=1, max_patches=12)
deepseek = DeepseekOcr2ImageProcessor()
smolvlm = SmolVLMImageProcessor(size={"longest_edge": 2048}, max_image_size={"longest_edge": 512})
idefics = Idefics3ImageProcessor(size={"longest_edge": 1456}, max_image_size={"longest_edge": 364})

COUNTS = {
    "glm-4.1v": grid(Glm4vImageProcessor, 12544, 9633792),
    "glyph": grid(Glm4vImageProcessor, 12544, 9633792),
    "glm-4.1v class default": merged_patches(Glm4vImageProcessor()),
    "glm-4.6v": grid(Glm46VImageProcessor, 12544, 9633792),
    "qwen2-vl": grid(Qwen2VLImageProcessor, 3136, 12845056),
    "qwen2.5-vl": grid(Qwen2VLImageProcessor, 3136, 12845056),
    "qwen2.5-vl library default": merged_patches(Qwen2VLImageProcessor()),
    "qwen3-vl": grid(Qwen2VLImageProcessor, 65536, 16777216, patch_size=16),
    "kimi-k2.5": merged_patches(Kimi_K25ImageProcessor()),
    "pixtral-12b": pixtral(1024, 16),
    "mistral-small-3.1": pixtral(1540, 28),
    "gemma-3": lambda h, w: 256,
    **{f"gemma-4 {mode}": gemma4(mode) for mode in (70, 140, 280, 560, 1120)},
    "deepseek-ocr-2": lambda h, w: 256 + 144 * (deepseek.get_number_of_image_patches(h, w) - 1) + 1,
    "internvl": lambda h, w: 256 * internvl.get_number_of_image_patches(h, w),
    "llama-4": llama4(),
    "smolvlm": idefics3(smolvlm, 64),
    "idefics3": idefics3(idefics, 169),
    "minicpm-v-4.6 16x": minicpm(16),
    "minicpm-v-4.6 4x": minicpm(4),
}

# Where two published codes differ and we follow the other: sizes at which it says what we say are not ours to mend.
OTHERS = {
    "pixtral-12b": ("mistral-common", rounded(1024, 16)),
    "mistral-small-3.1": ("mistral-common", rounded(1540, 28)),
}


def theirs(count, h, w):
    try:
        return int(count(h, w))
    except (ValueError, ZeroDivisionError):
        return None


def main():
    ours = json.load(sys.stdin)
    assert set(ours) == set(COUNTS), set(ours) ^ set(COUNTS)
    print(f"transformers {transformers.__version__}")
    failures = 0
    for name, rows in ours.items():
        differences = [
            (w, h, tokens, found) for w, h, tokens in rows if (found := theirs(COUNTS[name], h, w)) != tokens
        ]
        refused = sum(tokens is None for _, _, tokens in rows)
        line = f"{name}: {len(rows) - len(differences)} of {len(rows)} alike, {refused} of them refused by both"
        if name in OTHERS:
            other, count = OTHERS[name]
            known = [each for each in differences if theirs(count, each[1], each[0]) == each[2]]
            line += f", {len(known)} as {other} has it" if known else ""
            differences = [each for each in differences if each not in known]
        print(line)
        for w, h, tokens, found in differences[:5]:
            print(f"    {w}x{h}: ours {tokens}, theirs {found}")
        failures += len(differences)
    print(f"{failures} differences")
    sys.exit(failures > 0)


main()
