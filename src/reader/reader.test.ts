/** A tiny reader learns to read drawn lines; what it learnt is the same with and without cache, saved and loaded. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { encode } from 'fast-png';
import * as runtime from 'onnxruntime-node';
import { createGraph, openStep } from '../graph/index.ts';
import { type Message, textMessage } from '../model/index.ts';
import {
  causalLook,
  declareReader,
  decode,
  embed,
  encodePages,
  logitsOf,
  pageInputs,
  tokenInputs,
  turnsFor,
} from './architecture.ts';
import { createCursor } from './cursor.ts';
import {
  createEngine,
  createReader,
  createSample,
  type Engine,
  type Piece,
  promptPieces,
  type Reader,
  type ReaderCheckpoint,
  readCheckpoint,
  type Sample,
  type Written,
  writeCheckpoint,
  writeTokens,
} from './index.ts';
import { feedSamples, patchCount } from './sample.ts';
import {
  asking,
  config,
  drawLines,
  lineSample,
  rowSamples,
  type Trained,
  train,
  vocabulary,
} from './test/train-lines.ts';
import { specialTokens } from './vocabulary.ts';

const lines = ['the cat sat', 'on that mat', 'a hat, a cat', 'he had the mat', 'it sat: the end'];

const drawLine = (line: string) => drawLines([line]);
const paged = [lines.slice(0, 3), lines.slice(3)];

let trained: Trained;
let reader: Reader;
before(async () => {
  const rows = await Promise.all(paged.map(rowSamples));
  trained = await train([...(await Promise.all(lines.map(lineSample))), ...rows.flat()], 100);
  reader = createReader({ checkpoint: trained.checkpoint, runtime });
});
after(() => reader.close());

const promptOf = (messages: readonly Message[]): Sample =>
  createSample(promptPieces(messages, config), config, vocabulary);

async function written(samples: readonly Sample[], options: Parameters<typeof writeTokens>[3]) {
  const engine = createEngine(config, trained.checkpoint.tensors, { runtime });
  const rows: Written[][] = [];
  for await (const step of writeTokens(engine, { config, vocabulary }, samples, options)) {
    for (const [i, token] of step.entries()) if (token !== undefined) rows[i] = [...(rows[i] ?? []), token];
  }
  await engine.close();
  return rows;
}

test('all losses fall, and training lines are read without an error', async () => {
  const [first, last] = [trained.losses[0]!, trained.losses.at(-1)!];
  assert.ok(last.reading < first.reading / 50, `reading from ${first.reading} to ${last.reading}`);
  assert.ok(last.alignment < first.alignment / 4, `alignment from ${first.alignment} to ${last.alignment}`);
  for (const line of lines) {
    const { text, finishReason } = await reader.generate(asking(await drawLine(line)));
    assert.deepEqual([text, finishReason], [line, 'stop']);
  }
});

test('the answer comes from the page: an empty one has another', async () => {
  const [line] = lines;
  const white = new Uint8Array(128 * 12).fill(255);
  const empty = encode({ width: 128, height: 12, data: white, channels: 1, depth: 8 });
  assert.notEqual((await reader.generate(asking(empty))).text, line);
});

/** Reads everything anew for each token, without cache or filling. */
async function withoutCache(prompt: Sample, count: number): Promise<number[]> {
  const tokens = [...prompt.tokens];
  const places = [...prompt.places];
  const cursor = createCursor(config, vocabulary);
  for (const token of tokens) cursor.take(token);
  for (let i = 0; i < count; i++) {
    const graph = createGraph();
    const size = { samples: 1, patches: Math.max(1, patchCount(prompt)), tokens: tokens.length };
    const weights = declareReader(graph, config);
    const inputs = tokenInputs(graph, size);
    const embedded = embed(weights, inputs, encodePages(weights, pageInputs(graph, config, size)));
    const look = causalLook(graph, tokens.length);
    const logits = logitsOf(weights, decode(weights, embedded, turnsFor(weights, inputs), look));
    const step = await openStep({ outputs: { logits } }, { runtime, state: trained.checkpoint.tensors });
    const sample = { ...prompt, tokens: Int32Array.from(tokens), places };
    const found = await step.run(feedSamples([sample], config, size));
    await step.close();
    const scores = found.logits.subarray(-config.vocabularySize);
    for (const [id, name] of specialTokens.entries())
      if (/^(?:pad|patch|page-end|system|user|assistant)$/.test(name)) scores[id] = Number.NEGATIVE_INFINITY;
    const best = scores.indexOf(Math.max(...scores));
    tokens.push(best);
    cursor.take(best);
    places.push(cursor.place);
  }
  return tokens.slice(prompt.tokens.length);
}

test('a batch with cache writes what each prompt does alone without one', async () => {
  const user = (...parts: Message['parts']): Message => ({ role: 'user', parts });
  const page = async (line: string) => asking(await drawLine(line))[0]!.parts[0]!;
  const text = (words: string) => ({ type: 'text', text: words }) as const;
  const prompts = [
    promptOf([textMessage('user', 'on that')]),
    promptOf([user(await page(lines[0]!), text('the'), await page(lines[3]!), text('cat?'))]),
    promptOf([user(await page(lines[1]!)), textMessage('assistant', 'a mat'), user(await page(lines[2]!))]),
  ];
  // As transcription does: the cursor goes on from the mark that the prompt ends with.
  const marks: readonly Piece[] = (['page-1', 'row-1'] as const).map(token => ({ type: 'special', token }));
  const pieces = promptPieces(asking(await drawLines(paged[0]!)), config);
  prompts.push(createSample([...pieces, ...marks], config, vocabulary));
  const rows = await written(prompts, { maxTokens: 8, stopTokens: [] });
  for (const [i, prompt] of prompts.entries()) {
    assert.deepEqual(rows[i], [...(await withoutCache(prompt, 8)), 'length']);
  }
});

test('a page is read row by row, as the words for it ask; rows without ink are left out', async () => {
  const png = await drawLines([...paged[0]!, '', ...paged[1]!]);
  const rows = [];
  for await (const row of reader.readPage(png)) rows.push(row);
  assert.deepEqual(
    rows.map(({ row }) => row),
    [1, 2, 3, 5, 6],
  );
  // Rows 5 and 6 stand where none did in training.
  assert.deepEqual(
    rows.slice(0, 3).map(({ text }) => text),
    paged[0],
  );
  const [image] = asking(png)[0]!.parts;
  const messages: Message[] = [
    { role: 'user', parts: [image!, { type: 'text', text: reader.abilities.transcribePrompt! }] },
  ];
  const generation = reader.generate(messages);
  const pieces = [];
  for await (const piece of generation) pieces.push(piece);
  const { text, usage } = await generation;
  assert.equal(text, rows.map(row => row.text).join(''));
  assert.equal(pieces.length, rows.length);
  // Four patches a row, the four marks around them and the two of the row.
  assert.equal(usage!.inputTokens, 5 * (4 + 4 + 2));
  assert.equal(usage!.outputTokens >= reader.countTextTokens(text), true);
  const cut = await reader.generate(messages, { maxTokens: 2 });
  assert.deepEqual([cut.finishReason, text.startsWith(cut.text)], ['length', true]);
  assert.equal((await reader.generate(messages, { stop: ['sat'] })).text, 'the cat ');
  const white = encode({ width: 24, height: 24, data: new Uint8Array(576).fill(255), channels: 1, depth: 8 });
  for await (const row of reader.readPage(white)) assert.fail(`${row.row}`);
  const tall = encode({ width: 24, height: 200, data: new Uint8Array(4800), channels: 1, depth: 8 });
  await assert.rejects(async () => {
    for await (const row of reader.readPage(tall)) assert.fail(`${row.row}`);
  }, /at most 256 x 192 px, got 24 x 200 px/);
});

test('drawing at random follows the seed, whatever else is in the batch', async () => {
  const prompt = promptOf([textMessage('user', 'on')]);
  const other = promptOf(asking(await drawLine('the cat sat')));
  const options = { maxTokens: 10, temperature: 2, seed: 3, stopTokens: [] };
  const [alone] = await written([prompt], options);
  assert.deepEqual((await written([prompt, other, other], options))[0], alone);
  assert.notDeepEqual((await written([prompt], { ...options, seed: 4 }))[0], alone);
  const group = await written([prompt, other], { ...options, answersPerPrompt: 3 });
  assert.deepEqual([group.length, group[0]], [6, alone]);
  assert.equal(new Set(group.map(String)).size, 6, 'answers to one prompt differ');
  assert.deepEqual(
    await written([prompt], { ...options, topK: 1 }),
    await written([prompt], { maxTokens: 10, stopTokens: [] }),
  );
});

test('an engine follows its weights while they change, or keeps those it began with', async () => {
  const prompt = promptOf(asking(await drawLine('the cat sat')));
  const first = async (engine: Engine) => {
    for await (const [token] of writeTokens(engine, { config, vocabulary }, [prompt])) return token;
    return undefined;
  };
  const state = new Map(trained.checkpoint.tensors);
  const [following, keeping] = (['state', 'embedded'] as const).map(weights =>
    createEngine(config, state, { runtime, weights }),
  );
  const before = await first(following!);
  assert.equal(await first(keeping!), before);
  const { shape, data } = state.get('decoder.norm')!;
  state.set('decoder.norm', { shape, data: data.map(gain => -gain) });
  assert.equal(await first(keeping!), before);
  assert.notEqual(await first(following!), before);
  await Promise.all([following!.close(), keeping!.close()]);
});

test('saved and loaded it gives the same answers, in half precision too', async () => {
  const message = asking(await drawLine(lines[3]!));
  const same = readCheckpoint(writeCheckpoint(trained.checkpoint));
  assert.deepEqual(
    [...same.tensors.keys()].filter(name => name.startsWith('training.') || name.startsWith('adamw.')),
    [],
  );
  const half = writeCheckpoint(trained.checkpoint, 'F16');
  assert.ok(
    half['model.safetensors'].length < 0.6 * writeCheckpoint(trained.checkpoint)['model.safetensors'].length,
  );
  for (const checkpoint of [same, readCheckpoint(half)]) {
    const loaded = createReader({ checkpoint, runtime });
    assert.equal((await loaded.generate(message)).text, lines[3]);
    await loaded.close();
  }
});

test('files that do not belong together are refused', () => {
  const files = writeCheckpoint(trained.checkpoint);
  const withConfig = (change: object) => ({
    ...files,
    'config.json': JSON.stringify({ ...config, ...change }),
  });
  const cases: readonly (readonly [typeof files, RegExp])[] = [
    [withConfig({ decoderLayers: 3 }), /"decoder.2.attentionNorm".*got none/],
    [withConfig({ decoderLayers: 1 }), /no other tensors.*decoder.1/],
    [withConfig({ width: 32 }), /of shape \[.*got \[/],
    [withConfig({ vocabularySize: config.vocabularySize + 1 }), /a vocabulary of/],
    [withConfig({ heads: 3 }), /a width that splits evenly/],
    [withConfig({ cellWidthPx: 5 }), /cells that tile a patch/],
    [withConfig({ decoderLayers: 1e6 }), /config key "decoderLayers"/],
    [withConfig({ depth: 1 }), /config key "depth"/],
    [{ ...files, 'config.json': '{' }, /JSON in config.json/],
    [{ ...files, 'vocabulary.json': '[]' }, /read a vocabulary/],
    [{ ...files, 'model.safetensors': files['model.safetensors'].subarray(0, -4) }, /safetensors/],
  ];
  for (const [broken, message] of cases) assert.throws(() => readCheckpoint(broken), message);
  const [name] = trained.checkpoint.tensors.keys();
  const tensors: ReaderCheckpoint['tensors'] = new Map(trained.checkpoint.tensors);
  const { shape, data } = tensors.get(name!)!;
  tensors.set(name!, { shape, data: data.with(0, Number.NaN) });
  assert.throws(() => writeCheckpoint({ ...trained.checkpoint, tensors }), /finite numbers/);
});

test('as a model it streams, counts its tokens exactly and heeds its options', async () => {
  const png = await drawLine('on that mat');
  const messages = asking(png);
  const generation = reader.generate(messages);
  const pieces = [];
  for await (const piece of generation) pieces.push(piece);
  assert.ok(pieces.length > 1);
  assert.equal(pieces.map(piece => (piece.type === 'text' ? piece.text : '')).join(''), 'on that mat');
  const { usage, finishReason } = await generation;
  assert.equal(finishReason, 'stop');
  // Four patches of a line, two marks around the page, one of the user and one of the assistant.
  assert.equal(usage!.inputTokens, 4 + 2 + 2);
  assert.equal(usage!.inputTokens, reader.countTokens(messages));
  assert.equal(usage!.outputTokens, 2 + reader.countTextTokens('on that mat'));

  const cut = await reader.generate(messages, { maxTokens: 3 });
  assert.deepEqual([cut.finishReason, cut.usage!.outputTokens], ['length', 3]);
  assert.equal((await reader.generate(messages, { stop: ['at m'] })).text, 'on th');
  const [first, second] = await Promise.all([reader.generate(messages), reader.generate(messages)]);
  assert.deepEqual([first.text, second.text], ['on that mat', 'on that mat']);
});

test('what it cannot take is refused with its limits', async () => {
  const refused = async (messages: readonly Message[], message: RegExp, asked = reader) =>
    assert.rejects(async () => await asked.generate(messages), message);
  const png = (width: number, height: number) =>
    encode({ width, height, data: new Uint8Array(width * height), channels: 1, depth: 8 });
  await refused(asking(png(257, 12)), /at most 256 x 192 px, got 257 x 12 px/);
  await refused(asking(png(256, 192)), /1 to 127 tokens, this reader's window but one, got 132/);
  await refused(asking(new Uint8Array(0)), /PNG/);
  await refused(
    [{ role: 'user', parts: [{ type: 'image', bytes: png(1, 1), mediaType: 'image/webp' }] }],
    /image\/png, got image\/webp/,
  );
  await refused([{ role: 'tool', parts: [] }], /one of a tool/);
  await refused([], /at least one message/);
  await assert.rejects(async () => await reader.generate(asking(png(1, 1)), { temperature: -1 }), {
    kind: 'config',
  });
  await assert.rejects(
    async () => await reader.generate(asking(png(1, 1)), { signal: AbortSignal.abort() }),
    { kind: 'aborted' },
  );
  const checkpoint = { ...trained.checkpoint, metadata: { alphabet: 'abc' } };
  const ofAbc = createReader({ checkpoint, runtime });
  await refused([textMessage('user', 'cabd')], /trained on: "abc", got "d"/, ofAbc);
  // A question is held to it, a text to search is not.
  await refused([textMessage('user', 'cab\ncabd')], /trained on: "abc", got "d"/, ofAbc);
  const { usage } = await ofAbc.generate([textMessage('user', 'the cab…\ncab')], { maxTokens: 2 });
  assert.ok(usage!.inputTokens > 3);
  await ofAbc.close();
});
