/**
 * A real HTTP server that speaks OpenAI Chat Completions and answers by rule: it knows each request of a run by what it
 * holds (texts and pictures), gives the right answer or, at a set rate, a wrong one, and counts what it was asked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRandom, sha256Hex } from '../../../base/index.ts';
import { pageConfigFor } from '../../../compress/index.ts';
import { type Message, type Model, openModel } from '../../../model/index.ts';
import { loadFont } from '../../../node/load-font.ts';
import { countSync, loadTextTokenizer } from '../../../tokens/index.ts';
import type { OpenOptions, Task } from '../../task.ts';
import { parseArms } from '../arms.ts';
import { openSample } from '../build-request.ts';
import { createReader } from '../read-material.ts';

export interface KnownRequest {
  readonly sample: string;
  readonly arm: string;
  readonly targets: readonly string[];
}

/** Every request a run will make, by what it holds. */
export async function knownRequests(
  task: Task,
  open: OpenOptions,
  armNames: readonly string[],
  model: Model,
): Promise<Map<string, KnownRequest>> {
  const arms = parseArms(armNames);
  const tokenizer = await loadTextTokenizer();
  const count = (text: string) => countSync(tokenizer, text);
  const clock = { now: () => 0, sleep: async () => {} };
  const config = pageConfigFor(model.family);
  const effects = { model, config, count, tokenizer: tokenizer.name, loadFont, clock };
  const read = createReader(open);
  const known = new Map<string, KnownRequest>();
  for await (const sample of task.open(open)) {
    if (sample.kind === 'fault') continue;
    const build = openSample(sample, await read(sample.material), effects);
    for (const arm of arms) {
      const { messages } = await build(arm);
      known.set(nameOf(contentsOf(messages)), { sample: sample.id, arm: arm.name, targets: sample.targets });
    }
  }
  return known;
}

const contentsOf = (messages: readonly Message[]): string[] =>
  messages.flatMap(({ parts }) =>
    parts.map(part =>
      part.type === 'image'
        ? Buffer.from(part.bytes).toString('base64')
        : part.type === 'text'
          ? part.text
          : '',
    ),
  );

const nameOf = (contents: readonly string[]) => sha256Hex(JSON.stringify(contents));

interface ChatBody {
  readonly stream?: boolean;
  readonly messages: readonly {
    readonly content:
      | string
      | readonly { readonly text?: string; readonly image_url?: { readonly url: string } }[];
  }[];
}

const bodyContents = ({ messages }: ChatBody): string[] =>
  messages.flatMap(({ content }) =>
    typeof content === 'string'
      ? [content]
      : content.map(part => part.text ?? part.image_url?.url.replace(/^data:image\/png;base64,/, '') ?? ''),
  );

export interface RuleServer {
  readonly baseUrl: string;
  /** How often each sample was asked in each arm, by "sample arm". */
  readonly asked: ReadonlyMap<string, number>;
  /** Told of each request before it is answered. `hold` leaves it unanswered, `refuse` answers 500. */
  onRequest: (known: KnownRequest) => 'answer' | 'hold' | 'refuse';
  model(): Model;
  close(): Promise<void>;
}

export interface RuleOptions {
  /** Share of wrong answers. */
  readonly errorRate: number;
  readonly known: ReadonlyMap<string, KnownRequest>;
  readonly name?: string;
  /** The answer to a request nobody planned; refused unless given. */
  readonly otherwise?: string;
}

const defaultName = 'gpt-4.1';

export async function startRuleServer({
  errorRate,
  known,
  name = defaultName,
  otherwise,
}: RuleOptions): Promise<RuleServer> {
  const asked = new Map<string, number>();
  const server = createServer(async (request, response) => {
    response.on('error', () => {}); // the client may leave at any time
    if (request.url === '/metrics') {
      response.end('vllm:kv_cache_usage_perc{engine="0"} 0.25\n');
      return;
    }
    const body = (await readJson(request)) as ChatBody;
    const found = known.get(nameOf(bodyContents(body)));
    if (found === undefined && otherwise !== undefined) {
      respond(response, body, otherwise);
      return;
    }
    if (found === undefined) {
      response.writeHead(400).end(JSON.stringify({ error: { message: 'a request nobody planned' } }));
      return;
    }
    const key = `${found.sample} ${found.arm}`;
    asked.set(key, (asked.get(key) ?? 0) + 1);
    const what = rule.onRequest(found);
    if (what === 'hold') return;
    if (what === 'refuse') {
      response.writeHead(422).end(JSON.stringify({ error: { message: 'refused' } }));
      return;
    }
    // The same request is always answered the same way.
    const isWrong = createRandom(key).next() < errorRate;
    respond(response, body, isWrong ? 'I cannot tell.' : found.targets.join(', '));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const rule: RuleServer = {
    baseUrl,
    asked,
    onRequest: () => 'answer',
    model: () => openModel(`openai:${name}`, { env: {}, baseUrl, key: 'none', retries: { attempts: 1 } }),
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return rule;
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function respond(response: ServerResponse, { stream }: ChatBody, text: string): void {
  const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
  const head = { id: 'c1', created: 0, model: 'served' };
  if (stream !== true) {
    const choice = { index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ...head, object: 'chat.completion', choices: [choice], usage }));
    return;
  }
  const chunk = (choices: unknown[], more = {}) =>
    `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more })}\n\n`;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(chunk([{ index: 0, delta: { role: 'assistant', content: text }, finish_reason: null }]));
  response.write(chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]));
  response.end(`${chunk([], { usage })}data: [DONE]\n\n`);
}
