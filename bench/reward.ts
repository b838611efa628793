/**
 * The reward server over HTTP on this machine: batches of 1,000 rollouts of 4 KB, by kind of reward, in this process on
 * one thread. Time of the processor is told beside wall time, which neighbours on the same cores lengthen.
 */
import { createRandom } from '../src/base/index.ts';
import { listen } from '../src/proxy/index.ts';
import { createRewardServer } from '../src/train/index.ts';
import { median } from './harness.ts';

const [rollouts, characters] = [1000, 4096];

function words(seed: string): string {
  const random = createRandom(seed);
  let text = '';
  while (text.length < characters)
    text += `${'abcdefghijklmnopqrstuvwxyz'.slice(random.integer(0, 20)).slice(0, 6)} `;
  return text.slice(0, characters);
}

/** As an answer that is nearly right, and one that is not. */
function batch(reward: 'exact' | 'extractive' | 'ocr'): string {
  const rows = Array.from({ length: rollouts }, (_, i) => {
    const right = words(`answer ${i}`);
    const written = i % 2 === 0 ? right.replaceAll('k', 'x') : words(`other ${i}`);
    const [thinking, answer] =
      reward === 'ocr' ? ['read it', written] : [written.slice(40), written.slice(0, 40)];
    const completion = `<think>\n${thinking}\n</think>\n${answer}`;
    return { completion, reward, answer: reward === 'ocr' ? right : right.slice(0, 40), task: 'bench' };
  });
  return JSON.stringify({ rows });
}

export async function benchReward({ quick }: { readonly quick: boolean }): Promise<void> {
  const server = await listen(createRewardServer().fetch, { host: '127.0.0.1', port: 0 });
  const table: Record<string, object> = {};
  for (const reward of ['exact', 'extractive', 'ocr'] as const) {
    const body = batch(reward);
    const [wall, processor]: [number[], number[]] = [[], []];
    for (let round = -1; round < (quick ? 3 : 9); round++) {
      const [start, usage] = [performance.now(), process.cpuUsage()];
      const response = await fetch(`${server.origin}/rewards`, {
        method: 'POST',
        body,
        headers: { connection: 'close' },
      });
      const { rewards } = (await response.json()) as { rewards: (number | null)[] };
      if (rewards.length !== rollouts || rewards.includes(null)) throw new Error('a row was not scored');
      if (round < 0) continue;
      wall.push((performance.now() - start) / 1000);
      const { user, system } = process.cpuUsage(usage);
      processor.push((user + system) / 1e6);
    }
    const seconds = median(wall);
    table[reward] = {
      seconds: seconds.toFixed(2),
      'of the processor': median(processor).toFixed(2),
      'rollouts/s': Math.round(rollouts / seconds),
      'MB/s': (body.length / 1e6 / seconds).toFixed(1),
    };
  }
  await server.close();
  console.log(`\nreward server: ${rollouts} rollouts of ${characters} characters a batch`);
  console.table(table);
}
