/**
 * What the proxy adds to a request: an agent's of 800 KB (system prompt and tools of 70 KB, 60 reads of files), with and
 * without pages kept from before, beside what parsing and writing the body alone costs. Pin it to one core to compare.
 */
import { loadFont } from '../src/node/load-font.ts';
import { createProxy, officialUpstreams, type RequestRecord } from '../src/proxy/index.ts';
import { compare, median, printResults } from './harness.ts';
import { type TextName, textOf } from './texts.ts';

const reads = 60;
const readCharacters = 12_000;

/** Of this process with all its threads: other programs on the machine change it less than the wall's time. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Least and median. */
function leastAndMedian(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(0)} (${median(values).toFixed(0)}) ms`;
}

/** As an agent sends it to the Messages API. */
function agentBody(name: TextName, model: string): string {
  const text = textOf(name, reads * readCharacters);
  const tools = Array.from({ length: 20 }, (_, i) => ({
    name: `tool_${i}`,
    description: textOf('prose', 2000),
    input_schema: { type: 'object', properties: { path: { type: 'string' } } },
  }));
  const turns = Array.from({ length: reads }, (_, i) => [
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: `call_${i}`, name: 'read_file', input: { path: `file-${i}.ts` } }],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: `call_${i}`,
          content: text.slice(i * readCharacters, (i + 1) * readCharacters),
        },
      ],
    },
  ]);
  const messages = [{ role: 'user', content: 'Find out why the build fails.' }, ...turns.flat()];
  return JSON.stringify({ model, max_tokens: 1024, system: textOf('prose', 30_000), tools, messages });
}

export async function benchProxy({ quick }: { readonly quick: boolean }): Promise<void> {
  for (const model of ['claude-sonnet-4-5', 'claude-opus-4-6']) {
    for (const name of ['english', 'code'] as const) {
      const body = agentBody(name, model);
      const records: RequestRecord[] = [];
      let forwardedAt = 0;
      const open = () =>
        createProxy({
          upstreams: officialUpstreams,
          loadFont,
          fetch: async () => {
            forwardedAt = processorMs();
            return new Response('{}', { headers: { 'content-type': 'application/json' } });
          },
          onRecord: record => records.push(record),
        });
      const pass = async (app: ReturnType<typeof open>) => {
        const url = 'http://localhost/v1/messages';
        await (await app.fetch(new Request(url, { method: 'POST', body }))).text();
        const { pages, pageBytes } = records.at(-1)!;
        return { pages, characters: body.length, byteLength: pageBytes };
      };
      const untilForwarded: number[] = [];
      const untilAnswered: number[] = [];
      const cold = async () => {
        const start = processorMs();
        const work = await pass(open());
        untilForwarded.push(forwardedAt - start);
        untilAnswered.push(processorMs() - start);
        return work;
      };
      const warm = open();
      await pass(warm);
      const results = await compare(
        [
          { name: 'cold: no page drawn yet', run: cold },
          { name: 'warm: the next turn', run: () => pass(warm) },
          {
            name: 'parse and write alone',
            run: () => ({
              pages: 0,
              characters: JSON.stringify(JSON.parse(body)).length,
              byteLength: 0,
            }),
          },
        ],
        quick ? 3 : 9,
      );
      printResults(`${name}, ${model}, a body of ${Math.round(body.length / 1000)} KB`, results);
      const milliseconds = results.map(each => `${each.name} ${(each.seconds * 1000).toFixed(0)} ms`);
      console.log(milliseconds.join('; '));
      // Without the first round, which does not count.
      console.log(
        `processor time of a cold request, least (median): ${leastAndMedian(untilForwarded.slice(1))} until it is forwarded, ${leastAndMedian(untilAnswered.slice(1))} in all`,
      );
      const { textTokens, sentTokens, parts, decision, reason } = records.at(-1)!;
      console.log({ decision, reason, parts, textTokens, sentTokens });
    }
  }
}
