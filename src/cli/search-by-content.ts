/**
 * `glyph search --by content`: the texts are parted into kinds of content, each kind is searched on its own in a folder
 * of its own, and the winners together are an adaptive preset.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseConfig, type RenderConfig } from '../config/index.ts';
import { ioError, makeFolder, writeWhole } from '../node/index.ts';
import { fileNames } from '../search/index.ts';
import { type ContentKind, contentKinds, contentSegments, decodeText } from '../text/index.ts';
import { type Arguments, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { readJson } from './config-flags.ts';
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
  const say =
    hasFlag(args, 'quiet') || hasFlag(args, 'json') ? () => {} : (text: string) => terminal.err(text);
  for (const kind of contentKinds.filter(each => texts[each] !== '' && !found.includes(each)))
    say(`${kind}: too little of it, ${texts[kind].length} characters of at least ${leastCharacters}\n`);
  const winners: Partial<Record<ContentKind, RenderConfig>> = {};
  for (const kind of found) {
    say(`${kind}:\n`);
    const folder = join(out, kind);
    const path = join(folder, 'text.txt');
    await makeFolder(folder);
    await writeWhole(path, texts[kind]);
    const { by: _, ...flags } = args.flags;
    const own = { positionals: [path], flags: { ...flags, out: folder } };
    const isBegun = (await readFile(join(folder, fileNames.settings)).catch(() => undefined)) !== undefined;
    const code = isBegun ? await steps.goOn(folder, own, terminal) : await steps.begin(own, terminal);
    if (code !== exitCodes.ok) return code;
    winners[kind] = parseConfig(await readJson(join(folder, fileNames.best)));
  }
  const file = join(out, 'adaptive.json');
  await writeWhole(file, `${JSON.stringify(winners, undefined, 2)}\n`);
  say(`${file} has the winners; the library’s renderAdaptive draws each kind with its own\n`);
  return exitCodes.ok;
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

const tooShort = () =>
  usageError({
    operation: 'search by content',
    expected: `at least ${leastCharacters} characters of one kind`,
    actual: 'less of each',
    hint: 'name more texts, or leave --by out',
  });
