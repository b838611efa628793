"""The workload of bench/train.ts in PyTorch, eager, with its fused attention and optimiser where it has them.

Arguments: the sizes as JSON. Each line on standard input is one training step; its answer is the milliseconds it took.
"""
import json
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

size = json.loads(sys.argv[1])
layers, width, heads = size['layers'], size['width'], size['heads']
positions, batch, vocabulary = size['positions'], size['batch'], size['vocabulary']
torch.set_num_threads(size['threads'])
torch.manual_seed(0)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = (nn.LayerNorm(width) for _ in range(2))
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)

    def forward(self, x):
        q, k, v = self.qkv(self.norm1(x)).view(batch, positions, 3, heads, width // heads).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(batch, positions, width))
        return x + self.down(F.gelu(self.up(self.norm2(x)), approximate='tanh'))


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.places = nn.Parameter(torch.randn(positions, width) * 0.02)
        self.layers = nn.Sequential(*(Layer() for _ in range(layers)))
        self.norm = nn.LayerNorm(width)
        self.head = nn.Linear(width, vocabulary, bias=False)

    def forward(self, tokens):
        return self.head(self.norm(self.layers(self.embedding(tokens) + self.places)))


model = Decoder()
try:
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01, fused=True)
except (RuntimeError, TypeError):
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
tokens = torch.randint(vocabulary, (batch, positions))
targets = torch.roll(tokens, 1, 1)
print(torch.__version__, flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    loss = F.cross_entropy(model(tokens).view(-1, vocabulary), targets.view(-1))
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    loss.item()
    print((time.perf_counter() - start) * 1000, flush=True)
