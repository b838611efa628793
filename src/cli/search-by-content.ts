/**
 * `glyph search --by content`: the texts are parted into kinds of content, each kind is searched on its own in a folder
 * of its own, and the winners together are an adaptive preset.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GlyphError } from '../base/index.ts';
import { parseConfig, type RenderConfig } from '../config/index.ts';
import { ioError, makeFolder, writeWhole } from '../node/index.ts';
import { fileNames } from '../search/index.ts';
import { type ContentKind, contentKinds, contentSegments, decodeText } from '../text/index.ts';
import { type Arguments, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { readJson } from './config-flags.ts';
import { renderHint } from './render-hint.ts';
import { usageError } from './usage-error.ts';

export interface SearchSteps {
  begin(args: Arguments, terminal: Terminal): Promise<number>;
  goOn(folder: string, args: Arguments, terminal: Terminal): Promise<number>;
}

/** Of a kind that is searched for: enough for some stretches. */
const leastCharacters = 8000;

/** Run again, it goes on with the kind it was at. */
export async function searchByContent(
  args: Arguments,
  terminal: Terminal,
  steps: SearchSteps,
): Promise<number> {
  const out = textFlag(args, 'out');
  if (out === undefined || args.positionals.length === 0) throw incomplete(out);
  const texts = await textsByKind(args.positionals);
  const found = contentKinds.filter(kind => texts[kind].length >= leastCharacters);
  if (found.length === 0) throw tooShort();
  const isJson = hasFlag(args, 'json');
  const say = hasFlag(args, 'quiet') || isJson ? () => {} : (text: string) => terminal.err(text);
  for (const kind of contentKinds.filter(each => texts[each] !== '' && !found.includes(each)))
    say(`${kind}: too little of it, ${texts[kind].length} characters of at least ${leastCharacters}\n`);
  // One JSON value for all: what each search prints is read from its folder.
  const inner: Terminal = isJson ? Object.assign(Object.create(terminal), { out: () => {} }) : terminal;
  const winners: Partial<Record<ContentKind, RenderConfig>> = {};
  const summaries: Partial<Record<ContentKind, unknown>> = {};
  for (const kind of found) {
    say(`${kind}:\n`);
    const folder = join(out, kind);
    const code = await searchKind(folder, texts[kind], args, inner, steps);
    if (code === exitCodes.interrupted) say('the same command goes on with all kinds\n');
    if (code !== exitCodes.ok) return code;
    summaries[kind] = await readJson(join(folder, fileNames.summary));
    const best = join(folder, fileNames.best);
    if (existsSync(best)) winners[kind] = parseConfig(await readJson(best));
  }
  if (Object.keys(winners).length === 0) throw noWinner(out);
  const file = join(out, 'adaptive.json');
  await writeWhole(file, json(winners));
  if (found.every(kind => existsSync(join(out, kind, fileNames.manifest))))
    await writeWhole(join(out, fileNames.manifest), json({ format: 1, kinds: found }));
  if (isJson) terminal.out(json({ adaptive: file, kinds: summaries }));
  say(`${file} has the winners of all kinds\n${renderHint(args.positionals, file)}`);
  return exitCodes.ok;
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

/** Begun before, it goes on. */
async function searchKind(
  folder: string,
  text: string,
  args: Arguments,
  terminal: Terminal,
  steps: SearchSteps,
): Promise<number> {
  const path = join(folder, 'text.txt');
  await makeFolder(folder);
  await writeWhole(path, text);
  const own = { positionals: [path], flags: { ...args.flags, out: folder } };
  const isBegun = existsSync(join(folder, fileNames.settings));
  return isBegun ? await steps.goOn(folder, own, terminal) : await steps.begin(own, terminal);
}

/** Segments of one kind from all texts, one after another. */
async function textsByKind(paths: readonly string[]): Promise<Record<ContentKind, string>> {
  const texts: Record<ContentKind, string> = { prose: '', code: '', table: '', chinese: '' };
  for (const path of paths) {
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (error) {
      throw ioError(`read ${JSON.stringify(path)}`, 'a readable text file', error);
    }
    const { text } = decodeText(bytes);
    for (const { kind, start, end } of contentSegments(text)) texts[kind] += `${text.slice(start, end)}\n`;
  }
  return texts;
}

const incomplete = (out: string | undefined) =>
  usageError({
    operation: 'search by content',
    expected: out === undefined ? 'a folder for the searches' : 'texts to part',
    actual: 'none',
    hint: 'glyph search book.txt src.txt --by content --model tesseract -o RUN',
  });

const noWinner = (out: string) =>
  new GlyphError({
    kind: 'config',
    operation: `choose the winners in ${JSON.stringify(out)}`,
    expected: 'at least one config measured to its end',
    actual: 'none',
    hint: 'the same command with a larger budget goes on',
  });

const tooShort = () =>
  usageError({
    operation: 'search by content',
    expected: `at least ${leastCharacters} characters of one kind`,
    actual: 'less of each',
    hint: 'name more texts, or leave --by out',
  });
