/** `glyph demo`: the whole line on this machine, with nothing but the package: draw, count, read back, ask. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawForReader, type RenderedFolder, renderToFolder, textSource } from '../node/index.ts';
import { answerFromPages, isReader, type PagedText, type Reader, readerPageConfig } from '../reader/index.ts';
import type { RenderedPage } from '../render/index.ts';
import { visionTokens } from '../tokens/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { type DemoDocument, demoDocument } from './demo-document.ts';
import {
  type DemoAnswer,
  type DemoReading,
  demoAnswerText,
  demoEndText,
  demoJson,
  demoPagesText,
  demoReadingText,
} from './demo-text.ts';
import { characterErrors } from './error-rate.ts';
import { modelFromFlags } from './model-flags.ts';
import { usageError } from './usage-error.ts';

export const demoCommand: Command = {
  name: 'demo',
  about: 'Shows all of it in a minute: a long text drawn, counted, read back and asked, on this machine.',
  usage: '[flags]',
  groups: [
    {
      title: 'Demo',
      flags: [
        { name: 'seed', value: 'TEXT', about: 'For the document and the facts hidden in it (42)' },
        {
          name: 'out',
          short: 'o',
          value: 'FOLDER',
          about: 'Where the pages go; a temporary folder unless given',
        },
        {
          name: 'model',
          short: 'm',
          value: 'embedded:FOLDER',
          about: 'Another embedded reader; the one of this package unless given',
        },
        { name: 'json', about: 'Print everything as one JSON value' },
      ],
    },
  ],
  notes: [
    'The document is made from the seed and says nothing that a model could know. The reader is small: it finds and quotes lines. What is right and what is wrong is shown as it comes.',
  ],
  examples: [
    ['glyph demo', 'about a minute on two cores; needs no key and no network'],
    ['glyph demo --seed 7 -o demo-pages', 'another document, its pages kept'],
    ['glyph demo --json', 'for scripts'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.positionals.length > 0) {
    const actual = JSON.stringify(args.positionals[0]);
    throw usageError({ operation: 'read the command line', expected: 'flags alone', actual });
  }
  const reader = await readerOf(args, terminal);
  const isJson = hasFlag(args, 'json');
  const show = isJson ? () => {} : (text: string) => terminal.out(text);
  try {
    const document = demoDocument(textFlag(args, 'seed') ?? '42');
    const drawn = await draw(document, reader, args, terminal);
    show(demoPagesText(drawn.facts));
    const reading = await readOne(drawn.paged, reader, terminal);
    show(demoReadingText(reading));
    const answers: DemoAnswer[] = [];
    for (const fact of document.facts) {
      const startMs = performance.now();
      const { signal } = terminal;
      const answer = await answerFromPages(reader, drawn.paged, fact.question, { signal });
      answers.push({ fact, answer, seconds: secondsSince(startMs) });
      show(demoAnswerText(answers.at(-1)!));
    }
    if (isJson) terminal.out(demoJson(drawn.facts, reading, answers, reader.id));
    else show(demoEndText(answers, drawn.facts.folder));
    return exitCodes.ok;
  } finally {
    await reader.close();
  }
}

const secondsSince = (startMs: number) => (performance.now() - startMs) / 1000;

/** Whatever GLYPH_MODEL says: the demo is of what the package brings. */
async function readerOf(args: Arguments, terminal: Terminal): Promise<Reader> {
  const spec = textFlag(args, 'model') ?? 'embedded';
  const model = await modelFromFlags({ ...args, flags: { ...args.flags, model: spec } }, terminal);
  if (isReader(model)) return model;
  throw usageError({
    operation: 'read flag "--model"',
    expected: 'embedded or embedded:FOLDER',
    actual: JSON.stringify(spec),
    hint: 'ask other models with `glyph ask`',
  });
}

async function draw(document: DemoDocument, reader: Reader, args: Arguments, { signal }: Terminal) {
  const startMs = performance.now();
  const folder = textFlag(args, 'out') ?? (await mkdtemp(join(tmpdir(), 'glyph-demo-')));
  const source = textSource(document.text, 'demo');
  const rendered = await renderToFolder(source, readerPageConfig(reader.limits), folder, { signal });
  const drawSeconds = secondsSince(startMs);
  const paged = await drawForReader(document.text, reader, signal);
  return { paged, facts: factsOf(document, rendered, paged, { folder, drawSeconds }) };
}

function factsOf(
  { text }: DemoDocument,
  { textTokens }: RenderedFolder,
  { pages }: { readonly pages: readonly RenderedPage[] },
  { folder, drawSeconds }: { readonly folder: string; readonly drawSeconds: number },
) {
  const tokens = pages.reduce((sum, { widthPx, heightPx }) => {
    const { tokens: own, perImageOverhead } = visionTokens('embedded', widthPx, heightPx);
    return sum + own + perImageOverhead;
  }, 0);
  const words = text.split(/\s+/).filter(word => word !== '').length;
  return { words, pages: pages.length, textTokens, visionTokens: tokens, folder, drawSeconds };
}

/** The first page, which is full. */
async function readOne(
  { text, pages }: PagedText,
  reader: Reader,
  { signal }: Terminal,
): Promise<DemoReading> {
  const startMs = performance.now();
  const [page] = pages;
  const lines: string[] = [];
  for await (const row of reader.readPage(page!.png, { signal })) lines.push(row.text);
  const { rate } = characterErrors(lines.join(''), text.slice(page!.span.start, page!.span.end));
  return {
    lines: lines.length,
    text: lines.join(''),
    characterErrorRate: rate,
    seconds: secondsSince(startMs),
  };
}
