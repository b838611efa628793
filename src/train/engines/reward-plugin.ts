/**
 * The Python of a job: it forwards rows to `glyph reward serve` and knows nothing about rewards itself. Where the server
 * is busy it waits and asks again; what is unscored stays so.
 */

const address = `URL = os.environ.get('GLYPH_REWARD_URL', 'http://127.0.0.1:47823/rewards')
TOKEN = os.environ.get('GLYPH_REWARD_TOKEN')
`;

const ask = `async def ask(rows):
    headers = {'authorization': f'Bearer {TOKEN}'} if TOKEN else {}
    timeout = aiohttp.ClientTimeout(total=3600)
    async with aiohttp.ClientSession(headers=headers, timeout=timeout) as http:
        for seconds in (1, 2, 4, 8, 16, 32, 64, 0):
            async with http.post(URL, json={'rows': rows}) as response:
                if response.status != 429 or seconds == 0:
                    response.raise_for_status()
                    return (await response.json())['rewards']
            await asyncio.sleep(seconds)
`;

/** For `--external_plugins` of ms-swift; null becomes None, which it leaves out. */
export const swiftPlugin = `"""Rewards of rollouts, asked of \`glyph reward serve\` at GLYPH_REWARD_URL."""
import asyncio
import os

import aiohttp
from swift.rewards import AsyncORM, orms

${address}

${ask}

class Glyph(AsyncORM):
    async def __call__(self, completions, **columns):
        cut = columns.get('is_truncated') or [False] * len(completions)
        known = {name: columns[name] for name in ('reward', 'answer') if name in columns}
        return await ask([
            {'completion': text, 'finished': not cut[i], **{name: values[i] for name, values in known.items()}}
            for i, text in enumerate(completions)
        ])


orms['glyph'] = Glyph
`;

/** For `reward.custom_reward_function` of verl, which has no word for unscored: such a row is 0, and counted. */
export const verlReward = `"""Reward of a rollout, asked of \`glyph reward serve\` at GLYPH_REWARD_URL."""
import asyncio
import os

import aiohttp

${address}

${ask}

async def compute_score(data_source, solution_str, ground_truth, extra_info=None, **_):
    facts = extra_info or {}
    row = {'completion': solution_str, 'reward': facts.get('reward'), 'answer': facts.get('answer', ground_truth)}
    [reward] = await ask([row])
    return {'score': reward or 0.0, 'unscored': float(reward is None)}
`;
