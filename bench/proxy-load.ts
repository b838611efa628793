/**
 * The proxy under load, on this machine only: 200 streams at once for a minute, each with bytes of its own that must
 * arrive as they were sent; what each event takes longer than without the proxy, and whether its memory stays flat.
 * Upstream, proxy and clients are three processes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const streams = 200;
const probes = 20;
const events = 25;
const eventEveryMs = 40;
const headStartMs = 5000;

/** Echoes the client's name in each event, with the time it was sent. */
const upstreamSource = `
import { createServer } from 'node:http';
createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { user } = JSON.parse(body);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let i = 0;
  const timer = setInterval(() => {
    const nowMs = performance.timeOrigin + performance.now();
    response.write('data: ' + JSON.stringify({ user, i, nowMs }) + '\\n\\n');
    if (++i < ${events}) return;
    clearInterval(timer);
    response.end('data: [DONE]\\n\\n');
  }, ${eventEveryMs});
}).listen(0, '127.0.0.1', function () { console.log('http://127.0.0.1:' + this.address().port); });
`;

interface Started {
  readonly child: ChildProcess;
  readonly origin: string;
}

async function start(args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, origin: line.toString().trim() };
}

interface Tally {
  answers: number;
  readonly errors: string[];
  readonly delaysMs: number[];
}

/** One stream after the other until the time is up. */
async function client(origin: string, name: string, endMs: number, tally: Tally): Promise<void> {
  for (let turn = 0; performance.now() < endMs; turn++) {
    try {
      await oneStream(origin, `${name}-${turn}`, tally);
      tally.answers++;
    } catch (error) {
      tally.errors.push(error instanceof Error ? `${error.message} ${error.cause ?? ''}` : String(error));
    }
  }
}

async function oneStream(origin: string, user: string, { delaysMs }: Tally): Promise<void> {
  const body = JSON.stringify({
    model: 'gpt-4.1',
    stream: true,
    user,
    messages: [{ role: 'user', content: 'Hi' }],
  });
  const response = await fetch(`${origin}/v1/chat/completions`, { method: 'POST', body });
  let text = '';
  let expected = 0;
  const decoder = new TextDecoder();
  for await (const chunk of response.body!) {
    const nowMs = performance.timeOrigin + performance.now();
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = text.slice('data: '.length, end);
      text = text.slice(end + 2);
      if (data === '[DONE]') continue;
      const event = JSON.parse(data) as { user: string; i: number; nowMs: number };
      if (event.user !== user || event.i !== expected++) throw new Error(`${user} got ${data}`);
      delaysMs.push(nowMs - event.nowMs);
    }
  }
  if (expected !== events) throw new Error(`${user} got ${expected} of ${events} events`);
}

/** Megabytes resident; undefined where the system does not tell. */
function residentMb(pid: number): number | undefined {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

const quantile = (values: readonly number[], share: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2);
};

export async function benchProxyLoad({ quick }: { readonly quick: boolean }): Promise<void> {
  const upstream = await start(['--input-type=module', '-e', upstreamSource]);
  const proxy = await start([
    ...['--import', 'tsx', 'src/cli/main.ts', 'serve', '--port', '0', '--upstream', upstream.origin],
    ...['--log', '/dev/null'],
  ]);
  const memoryMb: number[] = [];
  const sampling = setInterval(() => memoryMb.push(residentMb(proxy.child.pid!) ?? Number.NaN), 1000);
  try {
    await new Promise(resolve => setTimeout(resolve, headStartMs)); // what it loads when it starts is no leak
    const seconds = quick ? 10 : 60;
    const endMs = performance.now() + seconds * 1000;
    const through: Tally = { answers: 0, errors: [], delaysMs: [] };
    const direct: Tally = { answers: 0, errors: [], delaysMs: [] };
    memoryMb.length = 0;
    await Promise.all([
      ...Array.from({ length: streams }, (_, i) => client(proxy.origin, `c${i}`, endMs, through)),
      ...Array.from({ length: probes }, (_, i) => client(upstream.origin, `d${i}`, endMs, direct)),
    ]);
    const at = (share: number) => memoryMb[Math.floor((memoryMb.length - 1) * share)]?.toFixed(0);
    console.log(`\n${streams} streams at once for ${seconds} s, ${events} events each`);
    console.table({
      'through the proxy': row(through),
      'without it': row(direct),
    });
    const errors = [...through.errors, ...direct.errors];
    if (errors.length > 0) console.log(`errors: ${errors.slice(0, 5).join('; ')}`);
    console.log(
      `memory of the proxy, MB: ${at(0)} at the start, ${at(0.25)}, ${at(0.5)}, ${at(0.75)}, ${at(1)} at the end`,
    );
  } finally {
    clearInterval(sampling);
    proxy.child.kill();
    upstream.child.kill();
  }
}

const row = ({ answers, errors, delaysMs }: Tally) => ({
  streams: answers,
  errors: errors.length,
  events: delaysMs.length,
  'p50 ms': quantile(delaysMs, 0.5),
  'p95 ms': quantile(delaysMs, 0.95),
  'p99 ms': quantile(delaysMs, 0.99),
});
