/**
 * A conversation of many turns as an agent sends it: what was sent stays the same bytes, turn by turn, until a step at
 * which more becomes pages; nothing recent, live or failed ever does.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sha256Hex } from '../base/index.ts';
import { json } from '../model/test/loopback.ts';
import type { RequestRecord } from './index.ts';
import { prose, startProxy, startUpstream, type Upstream } from './test/harness.ts';

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly tool_use_id?: string;
  readonly content?: string | readonly Block[];
}

interface Turn {
  readonly role: string;
  readonly content: string | readonly Block[];
}

const resultCharacters = 12_000;

/** After `rounds` reads of files; every fifth one failed. */
function conversation(rounds: number): Turn[] {
  const turns = Array.from({ length: rounds }, (_, i): Turn[] => [
    { role: 'assistant', content: [{ type: 'tool_use', id: `t${i}`, name: 'read', input: { i } } as Block] },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: `t${i}`,
          content: `${i % 5 === 4 ? 'Error: ' : ''}${prose(resultCharacters, i)}`,
        },
      ],
    },
  ]);
  return [{ role: 'user', content: 'Find the fault.' }, ...turns.flat()];
}

/** The caller's mark moves with the end, as agents do it. */
function bodyOf(rounds: number, model: string, marks: 'marked' | 'none'): string {
  const messages = conversation(rounds);
  if (marks === 'none') return JSON.stringify({ model, max_tokens: 9, messages });
  const last = messages.at(-1)!;
  const content = (last.content as Block[]).map(block => ({
    ...block,
    cache_control: { type: 'ephemeral' },
  }));
  return JSON.stringify({ model, max_tokens: 9, messages: [...messages.slice(0, -1), { ...last, content }] });
}

interface SentTurn {
  readonly record: RequestRecord;
  /** Hash of each message as it was sent, without the caller's marks. */
  readonly messages: readonly string[];
  readonly paged: readonly number[];
}

/** Each without the caller's marks. */
const messagesOf = (bytes: Buffer): string[] => {
  const body = JSON.parse(bytes.toString()) as { messages: Turn[] };
  return body.messages.map(message =>
    JSON.stringify(message).replaceAll(',"cache_control":{"type":"ephemeral"}', ''),
  );
};

async function play(
  upstream: Upstream,
  proxy: Awaited<ReturnType<typeof startProxy>>,
  { rounds, model = 'claude-opus-4-6', marks = 'none' as 'marked' | 'none' }: PlayOptions,
): Promise<SentTurn> {
  const body = bodyOf(rounds, model, marks);
  await (await fetch(`${proxy.origin}/v1/messages`, { method: 'POST', body })).text();
  const messages = messagesOf(upstream.received.at(-1)!.bytes);
  const paged = messages.flatMap((message, i) => (message.includes('"image"') ? [i] : []));
  return { record: await proxy.nextRecord(), messages: messages.map(message => sha256Hex(message)), paged };
}

interface PlayOptions {
  readonly rounds: number;
  readonly model?: string;
  readonly marks?: 'marked' | 'none';
}

test('pages stay pages and bytes stay bytes while a conversation grows', async t => {
  const upstream = await startUpstream(t);
  upstream.answerWith(json({}));
  const proxy = await startProxy(t, upstream);
  let before: SentTurn | undefined;
  const steps: number[] = [];
  for (let rounds = 1; rounds <= 20; rounds++) {
    const sent = await play(upstream, proxy, { rounds });
    const newlyPaged = sent.paged.filter(i => !before?.paged.includes(i));
    assert.deepEqual(
      before?.paged.filter(i => !sent.paged.includes(i)) ?? [],
      [],
      'no page becomes text again',
    );
    if (newlyPaged.length > 0) steps.push(rounds);
    else assert.deepEqual(sent.messages.slice(0, before?.messages.length ?? 0), before?.messages ?? []);
    for (const i of sent.paged) {
      assert.ok(i <= 2 * (rounds - 2), 'the last two rounds stay text');
      assert.notEqual((i / 2) % 5, 0, 'what failed stays text');
    }
    before = sent;
  }
  assert.deepEqual(steps, [6, 10, 14, 18]);
});

test('the same conversation gives the same bytes after a restart', async t => {
  const upstream = await startUpstream(t);
  upstream.answerWith(json({}));
  const first = await play(upstream, await startProxy(t, upstream), { rounds: 12 });
  const second = await play(upstream, await startProxy(t, upstream), { rounds: 12 });
  assert.ok(first.paged.length > 0);
  assert.deepEqual(second.messages, first.messages);
});

test('a warm cache is broken only where pages pay for it, and never to go back', async t => {
  const upstream = await startUpstream(t);
  upstream.answerWith(json({}));
  let now = 1_000_000;
  // Nothing to come: no saving can pay for a lost cache.
  const settings = { minRoundsAhead: 0 };
  const proxy = await startProxy(t, upstream, { now: () => now, settings });
  const records: RequestRecord[] = [];
  for (let rounds = 1; rounds <= 7; rounds++) {
    now += 1000;
    const { record, messages, paged } = await play(upstream, proxy, { rounds, marks: 'marked' });
    records.push(record);
    if (rounds === 6) assert.deepEqual([paged.length, record.reason], [0, 'warm-cache']);
    assert.ok(messages.length > 0);
  }
  // The cache goes cold: now pages cost nothing extra.
  now += 10 * 60_000;
  const cold = await play(upstream, proxy, { rounds: 8, marks: 'marked' });
  assert.equal(cold.record.reason, 'cheaper-as-pages');
  assert.ok(cold.record.sentCost < cold.record.textCost);
  now += 1000;
  const warm = await play(upstream, proxy, { rounds: 9, marks: 'marked' });
  assert.deepEqual(warm.paged, cold.paged);
  assert.deepEqual(warm.messages.slice(0, cold.messages.length), cold.messages);
  assert.ok(warm.record.sentCost < cold.record.sentCost, 'what was sent is read from the cache');
});

test('no request holds more images than its model takes, the oldest first', async t => {
  const upstream = await startUpstream(t);
  upstream.answerWith(json({}));
  const proxy = await startProxy(t, upstream);
  const images = Array.from({ length: 95 }, () => ({
    type: 'image',
    source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgoA' },
  }));
  const messages = [{ role: 'user', content: images }, ...conversation(20).slice(1)];
  const body = JSON.stringify({ model: 'claude-sonnet-4-5', max_tokens: 9, messages });
  await (await fetch(`${proxy.origin}/v1/messages`, { method: 'POST', body })).text();
  const sent = upstream.received[0]!.bytes.toString();
  assert.ok(sent.split('"type":"image"').length - 1 <= 100);
  const { pages, decision } = await proxy.nextRecord();
  assert.equal(decision, 'imaged');
  assert.ok(pages > 0 && pages <= 5);
});
