import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { sha256Hex } from '../base/index.ts';
import { createMockModel, type Message, messageText, type Part, textMessage } from '../model/index.ts';
import { countTextTokens, modelLimits, visionTokens } from '../tokens/index.ts';
import { type Compressed, type CompressInput, type CompressOptions, compress } from './index.ts';
import { effects, prose } from './test/harness.ts';

const run = (input: CompressInput, options: Partial<CompressOptions> = {}): Promise<Compressed> =>
  compress(input, { model: 'zai-org/Glyph', ...effects, ...options });

const partsOf = ({ messages }: Compressed) => messages.flatMap(message => message.parts);
const imagesOf = (compressed: Compressed) => partsOf(compressed).filter(part => part.type === 'image');
const textOf = (compressed: Compressed) => compressed.messages.map(messageText).join('\n');

/** Counted here from the result alone, by the rules of tokens/. */
async function countAgain(messages: readonly Message[], model: string): Promise<number> {
  let total = 0;
  const add = async (part: Part): Promise<void> => {
    if (part.type === 'text') total += (await countTextTokens(part.text)).tokens;
    if (part.type === 'image') {
      const { tokens, perImageOverhead } = visionTokens(model, part.widthPx!, part.heightPx!);
      total += tokens + perImageOverhead;
    }
    if (part.type === 'tool-result') for (const inner of part.parts) await add(inner);
  };
  for (const { parts } of messages) for (const part of parts) await add(part);
  return total;
}

let long = '';
before(() => {
  long = prose(1, 60_000);
});

test('a long text becomes pages that cost less, a question stays text', async () => {
  const compressed = await run(long, { question: 'What happens?' });
  const { accounting, decisions } = compressed;
  assert.deepEqual(
    decisions.map(({ outcome, reason }) => [outcome, reason]),
    [
      ['pages', 'document'],
      ['text', 'instruction'],
    ],
  );
  assert.match(
    decisions[0]!.sentence,
    /^the document became \d+ pages, as a document to read: [\d,]+ tokens instead of [\d,]+\.$/,
  );
  assert.ok(imagesOf(compressed).length >= 6);
  assert.equal(accounting.tokensAfter, await countAgain(compressed.messages, 'zai-org/Glyph'));
  assert.equal(
    accounting.tokensBefore,
    (await countTextTokens(long)).tokens + (await countTextTokens('What happens?')).tokens,
  );
  assert.ok(accounting.compressionRatio! > 1.5, String(accounting.compressionRatio));
  assert.equal(partsOf(compressed).at(-1)!.type, 'text');
  assert.match(textOf(compressed), /Page 1:.*Page 2:/s);
});

test('it is never dearer: short texts, dense scripts and dear models stay text, with the reason', async () => {
  const reasonOf = async (text: string, options: Partial<CompressOptions> = {}) => {
    const { decisions, messages, accounting } = await run(text, options);
    assert.equal(messages[0]!.parts[0]!.type, 'text');
    assert.equal(accounting.pages, 0);
    assert.equal(accounting.compressionRatio, null);
    assert.equal(accounting.tokensAfter, accounting.tokensBefore);
    return decisions[0]!.reason;
  };
  assert.equal(await reasonOf('short'), 'too-short');
  assert.equal(await reasonOf(''), 'too-short');
  assert.equal(await reasonOf(long, { model: 'gpt-4o-mini' }), 'dearer-as-pages');
  assert.equal(await reasonOf(prose(2, 8000), { longerAnswerTokens: 100_000 }), 'longer-answer');
  const always = await run('short', { pages: 'always' });
  assert.equal(imagesOf(always).length, 1);
});

test('the margin for longer answers is at the model’s own output price', async () => {
  const text = prose(3, 12_000);
  const free = await run(text, { longerAnswerTokens: 0, exact: 'off' });
  const saving = free.accounting.tokensBefore - free.accounting.tokensAfter;
  const kept = await run(text, { longerAnswerTokens: Math.ceil(saving / 5) + 1, exact: 'off' });
  assert.equal(kept.decisions[0]!.reason, 'longer-answer');
  const paged = await run(text, { longerAnswerTokens: Math.floor(saving / 5) - 5, exact: 'off' });
  assert.equal(paged.decisions[0]!.outcome, 'pages');
});

test('in a conversation only old, long material goes; what it touches not is the same object', async () => {
  const messages: Message[] = [
    textMessage('system', long),
    textMessage('user', long),
    { role: 'assistant', parts: [{ type: 'tool-call', id: 'a', name: 'read', arguments: '{}' }] },
    {
      role: 'tool',
      parts: [
        { type: 'tool-result', id: 'a', name: 'read', parts: [{ type: 'text', text: long }] },
        {
          type: 'tool-result',
          id: 'b',
          name: 'read',
          outcome: 'error',
          parts: [{ type: 'text', text: long }],
        },
      ],
    },
    textMessage('assistant', long),
    textMessage('user', long),
  ];
  const compressed = await run(messages, { recentMessages: 1 });
  assert.deepEqual(
    compressed.decisions.map(({ outcome, reason }) => `${outcome} ${reason}`),
    [
      'text instruction',
      'pages old-turn',
      'text not-text',
      'pages tool-result',
      'text error-result',
      'text assistant-turn',
      'text live-turn',
    ],
  );
  for (const kept of [0, 2, 4, 5]) assert.deepEqual(compressed.messages[kept], messages[kept]);
  const recent = await run(messages, { recentMessages: 6 });
  assert.deepEqual(
    recent.decisions.filter(({ outcome }) => outcome === 'pages'),
    [],
  );
  const keep = await run(messages, { recentMessages: 1, keep: (_, { message }) => message === 1 });
  assert.equal(keep.decisions[1]!.reason, 'kept-by-caller');
  assert.equal(compressed.accounting.tokensAfter < compressed.accounting.tokensBefore, true);
});

test('a marked document goes even in the live turn, a marked instruction never', async () => {
  const compressed = await run([
    {
      role: 'user',
      parts: [
        { type: 'text', text: long, use: 'document', name: 'report.txt' },
        { type: 'text', text: long, use: 'instruction' },
      ],
    },
  ]);
  assert.deepEqual(
    compressed.decisions.map(each => each.reason),
    ['document', 'instruction'],
  );
  assert.match(textOf(compressed), /^Images of report\.txt, pages 1 to \d+:/);
});

test('pages of several documents are numbered through', async () => {
  const compressed = await run([
    { name: 'a.txt', text: prose(4, 20_000) },
    { name: 'b.txt', text: prose(5, 20_000) },
  ]);
  const numbers = compressed.documents.flatMap(document => document.pages.map(page => page.number));
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, i) => i + 1),
  );
  assert.deepEqual(compressed.requests[0]!.pages, numbers);
});

test('the budget holds with zoom, and zoom uses it', async () => {
  const question = 'What did the lighthouse keeper of Brindle say?';
  const text = `${prose(6, 30_000)} The lighthouse keeper of Brindle said nothing. ${prose(7, 30_000)}`;
  const dense = await run(text, { question, zoom: 'off' });
  for (const extra of [0, 700, 1500, 4000]) {
    const tokens = dense.accounting.tokensAfter + extra;
    const { accounting, messages } = await run(text, { question, budget: { tokens } });
    assert.ok(accounting.tokensAfter <= tokens, `${accounting.tokensAfter} of ${tokens}`);
    assert.equal(accounting.tokensAfter, await countAgain(messages, 'zai-org/Glyph'));
    assert.equal(accounting.zoom.sharpened.length > 0, extra >= 1500, String(extra));
  }
  await assert.rejects(
    run(text, { question, budget: { tokens: 2000 } }),
    /fit the document into a request: expected at most 2000 tokens/,
  );
});

test('a document for no single request is refused with the way out, and split where that is allowed', async () => {
  const claude = { model: 'claude-sonnet-4-5', zoom: 'off' } as const;
  const text = prose(8, 120_000);
  const budget = { tokens: 5000 };
  await assert.rejects(run(text, { ...claude, budget }), {
    kind: 'tokens',
    hint: /allow splitting into \d+ requests/,
  });
  const { requests, accounting } = await run(text, { ...claude, budget, overflow: 'split' });
  assert.ok(requests.length > 1);
  const numbers = requests.flatMap(request => request.pages);
  assert.deepEqual(
    numbers,
    Array.from(numbers, (_, i) => i + 1),
  );
  for (const { messages } of requests) assert.ok((await countAgain(messages, 'claude-sonnet-4-5')) <= 5000);
  assert.equal(accounting.requests, requests.length);
});

test('parts hold their limit where exact strings crowd on few pages', async () => {
  const ids = Array.from({ length: 900 }, (_, i) => `ERR_${(i * 7919) % 99991}x`).join(' ');
  const text = `${prose(13, 30_000)}\n${ids}\n${prose(14, 30_000)}`;
  const { requests } = await run(text, { pages: 'always', overflow: 'split', budget: { tokens: 5000 } });
  assert.ok(requests.length > 1);
  for (const { messages, account } of requests) {
    assert.ok((await countAgain(messages, 'zai-org/Glyph')) <= 5000);
    assert.equal(account.exact.leftOut, 0);
  }
});

test('more images than the model takes: the document stays text while its text fits', async () => {
  const mock = createMockModel('ok');
  const model = { ...mock, family: 'zai-org/Glyph', abilities: { ...mock.abilities, imagesPerRequest: 3 } };
  const compressed = await run(long, { model });
  assert.equal(compressed.decisions[0]!.reason, 'image-limit');
  const split = await run(long, { model, overflow: 'split' });
  assert.ok(split.requests.every(request => request.account.images <= 3));
  assert.equal(modelLimits('zai-org/Glyph').imagesPerRequest, undefined);
});

test('a model that wants images first gets them first, without labels between', async () => {
  const mock = createMockModel('ok');
  const model = {
    ...mock,
    family: 'zai-org/Glyph',
    abilities: { ...mock.abilities, partOrder: 'images-first' as const },
  };
  const compressed = await run(long, { model, question: 'Why?' });
  const types = partsOf(compressed).map(part => part.type);
  assert.deepEqual(types, [...types].sort());
  assert.doesNotMatch(textOf(compressed), /Page 1:/);
});

test('exact strings travel as text beside the pages, tied to page and line', async () => {
  const uuid = '7d9f1c3a-55b2-4e0a-9c4e-0f6f3a1b2c3d';
  const text = `${prose(9, 20_000)} The order is ${uuid}. ${prose(10, 20_000)}`;
  const compressed = await run(text);
  assert.ok(textOf(compressed).includes(uuid));
  const { exact } = compressed.accounting;
  assert.deepEqual([exact.found, exact.carried, exact.leftOut], [1, 1, 0]);
  const off = await run(text, { exact: 'off' });
  assert.ok(!textOf(off).includes(uuid));
  const none = await run(text, { budget: { exactTokens: 0 } });
  assert.deepEqual([none.accounting.exact.carried, none.accounting.exact.leftOut], [0, 1]);
});

test('secrets are in neither pages nor text, and offsets still lead to the source', async () => {
  const key =
    'sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfAA';
  const text = `${prose(11, 20_000)} The key is ${key}. And ${prose(12, 20_000)}`;
  const question = `Is ${key} valid?`;
  const compressed = await run(text, { redact: 'secrets', question, budget: { tokens: 50_000 } });
  assert.equal(compressed.accounting.redacted, 2);
  assert.ok(!textOf(compressed).includes('AbCdEfGh'));
  const [document] = compressed.documents;
  assert.ok(!document!.source.text.includes('AbCdEfGh'));
  const after = document!.source.text.indexOf('. And ');
  assert.equal(text.slice(document!.toGiven(after), document!.toGiven(after) + 6), '. And ');
});

test('secrets in calls are replaced, and images the caller gives count before and after', async () => {
  const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
  const image = {
    type: 'image',
    bytes: new Uint8Array(100),
    mediaType: 'image/png',
    widthPx: 560,
    heightPx: 560,
  } as const;
  const { messages, accounting } = await run(
    [
      { role: 'user', parts: [image, { type: 'text', text: 'look' }] },
      {
        role: 'assistant',
        parts: [{ type: 'tool-call', id: 'a', name: 'push', arguments: JSON.stringify({ token: secret }) }],
      },
    ],
    { redact: 'secrets' },
  );
  assert.ok(!JSON.stringify(messages).includes(secret));
  const call = messages[1]!.parts[0]!;
  assert.ok(call.type === 'tool-call' && typeof JSON.parse(call.arguments).token === 'string');
  assert.equal(accounting.redacted, 1);
  assert.equal(accounting.visionTokens, 402);
  assert.equal(accounting.tokensBefore, accounting.tokensAfter);
});

test('the same input gives the same bytes', async () => {
  const hash = async () =>
    sha256Hex(Buffer.concat(imagesOf(await run(long, { question: 'Who?' })).map(part => part.bytes)));
  assert.equal(await hash(), await hash());
});

test('wrong options and inputs are said so', async () => {
  await assert.rejects(
    run(long, { zom: 'off' } as never),
    /read compress option "zom": expected a known option.*did you mean "zoom"/,
  );
  await assert.rejects(run(long, { budget: { tokens: -1 } }), /"budget\.tokens"/);
  await assert.rejects(run(long, { model: 'no-such-model' }), /find the model family/);
  await assert.rejects(
    run([1, 2] as never),
    /compress: expected a text, a list of messages or a list of documents/,
  );
  await assert.rejects(run(long, { signal: AbortSignal.abort() }), { kind: 'aborted' });
});
