"""A GLM-4.1V of a few million random parameters with a byte tokenizer of its own: the real classes, none of the size.

usage: tiny_glm.py FOLDER
"""
import sys

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    Glm4vConfig,
    Glm4vForConditionalGeneration,
    Glm4vImageProcessor,
    Glm4vProcessor,
    Glm4vVideoProcessor,
    PreTrainedTokenizerFast,
)

SPECIAL = [
    "<|endoftext|>", "[MASK]", "[gMASK]", "[sMASK]", "<sop>", "<eop>", "<|system|>", "<|user|>", "<|assistant|>",
    "<|observation|>", "<|begin_of_image|>", "<|end_of_image|>", "<|begin_of_video|>", "<|end_of_video|>",
    "<|image|>", "<|video|>",
]
# Engines write these ids out, so the special tokens stand where the real vocabulary has them.
FIRST_SPECIAL, VOCABULARY = 151329, 151552
CHAT_TEMPLATE = """[gMASK]<sop>{% for m in messages %}<|{{ m.role }}|>
{% if m.content is string %}{{ m.content }}{% else %}{% for part in m.content %}{% if part.type == 'image' %}<|begin_of_image|><|image|><|end_of_image|>{% else %}{{ part.text }}{% endif %}{% endfor %}{% endif %}{% endfor %}{% if add_generation_prompt %}<|assistant|>
{% endif %}"""


def build_tokenizer():
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    units = alphabet + [f"unused-{i}" for i in range(len(alphabet), FIRST_SPECIAL)]
    core = Tokenizer(models.BPE(vocab={unit: i for i, unit in enumerate(units)}, merges=[]))
    core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    core.decoder = decoders.ByteLevel()
    core.add_special_tokens(SPECIAL)
    # Thinking tags are ordinary tokens of the real vocabulary: they survive decoding.
    core.add_tokens(["<think>", "</think>"])
    return PreTrainedTokenizerFast(
        tokenizer_object=core,
        eos_token="<|endoftext|>",
        pad_token="<|endoftext|>",
        chat_template=CHAT_TEMPLATE,
        model_max_length=32768,
    )


def main(folder):
    torch.manual_seed(1)
    tokenizer = build_tokenizer()
    ids = {token: tokenizer.convert_tokens_to_ids(token) for token in SPECIAL}
    ends = [ids[token] for token in ("<|endoftext|>", "<|user|>", "<|observation|>")]
    config = Glm4vConfig(
        text_config=dict(
            vocab_size=VOCABULARY, hidden_size=32, intermediate_size=96, num_hidden_layers=2,
            num_attention_heads=2, num_key_value_heads=1, max_position_embeddings=32768,
            pad_token_id=ids["<|endoftext|>"], eos_token_id=ends,
            rope_parameters={"rope_type": "default", "rope_theta": 10000.0, "mrope_section": [1, 1, 2],
                             "partial_rotary_factor": 0.5},
        ),
        vision_config=dict(depth=1, hidden_size=64, num_heads=4, intermediate_size=256, out_hidden_size=32),
        tie_word_embeddings=True,
        image_token_id=ids["<|image|>"], video_token_id=ids["<|video|>"],
        image_start_token_id=ids["<|begin_of_image|>"], image_end_token_id=ids["<|end_of_image|>"],
        video_start_token_id=ids["<|begin_of_video|>"], video_end_token_id=ids["<|end_of_video|>"],
    )
    model = Glm4vForConditionalGeneration(config)
    model.generation_config.eos_token_id = ends
    model.generation_config.pad_token_id = ids["<|endoftext|>"]
    model.save_pretrained(folder)
    size = {"shortest_edge": 12544, "longest_edge": 9633792}
    Glm4vProcessor(
        image_processor=Glm4vImageProcessor(size=size),
        video_processor=Glm4vVideoProcessor(size=size),
        tokenizer=tokenizer,
        chat_template=CHAT_TEMPLATE,
    ).save_pretrained(folder)
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters, {len(tokenizer)} tokens")


main(sys.argv[1])
