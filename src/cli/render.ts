/** `glyph render`: files, folders, globs or standard input to folders of page images. */
import { basename, extname, join, resolve } from 'node:path';
import { GlyphError } from '../base/index.ts';
import {
  type FolderOptions,
  openEachInput,
  openInput,
  type PageSummary,
  type RenderedFolder,
  renderToFolder,
  type Source,
} from '../node/index.ts';
import type { DocumentConfig } from '../render/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { configGroups, documentConfigFromFlags } from './config-flags.ts';
import { countOf, countText, durationText, ratioText } from './figures.ts';
import { countFlag, inputGroup, inputOptions, inputsOf } from './input-flags.ts';
import { createProgress } from './progress.ts';

export const renderCommand: Command = {
  name: 'render',
  about: 'Turns text into page images: page-0001.png … and manifest.json, which is written last.',
  usage: 'INPUT… [-o FOLDER] [flags]',
  groups: [
    {
      title: 'Output',
      flags: [
        {
          name: 'out',
          short: 'o',
          value: 'FOLDER',
          about: 'Where pages go; by default named after the input',
        },
        { name: 'separate', about: 'Each file on pages of its own, in a folder of its own inside FOLDER' },
        { name: 'force', about: 'Draw all pages again; replaces page files of any origin in FOLDER' },
        { name: 'title', value: 'TEXT', about: 'For {title} in the page header; the input’s name otherwise' },
        {
          name: 'jobs',
          value: 'N|auto',
          about: 'Threads that draw; auto (the default): as many as cores are free, one for short texts',
        },
        { name: 'json', about: 'Print the result as JSON, one line for each folder' },
        { name: 'quiet', short: 'q', about: 'Print nothing but errors' },
      ],
    },
    inputGroup,
    ...configGroups,
  ],
  notes: [
    'INPUT is a file, a folder with all text files below it, a glob, or - for standard input. Several files become one document, each after a line with its name. A run that was broken off goes on where it stopped when the same command is given again.',
    'With an adaptive preset (`glyph search --by content` writes one: { "prose": …, "code": …, "table": …, "chinese": … }) the text is parted into kinds of content, and pages of each kind are drawn with its own config; single settings go over all of them.',
  ],
  examples: [
    ['glyph render book.txt -o pages', 'one document'],
    ["glyph render src 'docs/**/*.md' --preset code -o pages", 'files of a project, joined'],
    ['git log -p | glyph render - -o pages --font-size 8', 'standard input in smaller type'],
    ['glyph render book.txt --config config_en.json --compat reference', 'as the published renderer does'],
    [
      'glyph render notes.md --config best/adaptive.json -o pages',
      'prose, code, tables, Chinese each its own way',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const inputs = inputsOf(args, terminal);
  const config = await documentConfigFromFlags(args, terminal);
  const jobs = jobsFlag(args);
  const out = textFlag(args, 'out') ?? defaultFolder(inputs);
  const say = hasFlag(args, 'quiet') ? () => {} : (text: string) => terminal.err(text);
  const options: FolderOptions = {
    jobs,
    title: textFlag(args, 'title'),
    existing: hasFlag(args, 'force') ? 'redraw' : 'keep',
    signal: terminal.signal,
  };
  const opening = {
    ...inputOptions(args, terminal),
    exclude: out,
    onNote: (note: string) => say(`note: ${note}\n`),
  };
  const isSeparate = hasFlag(args, 'separate');
  const sources = isSeparate ? await openEachInput(inputs, opening) : [await openInput(inputs, opening)];
  try {
    for (const source of sources) {
      const folder = isSeparate ? join(out, source.name) : out;
      await renderOne({ source, config, folder, options, say, args, terminal });
    }
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'aborted') {
      say(`interrupted: finished pages are in ${out}; run the same command again to go on\n`);
    }
    throw error;
  } finally {
    await Promise.all(sources.map(source => source.close()));
  }
  return exitCodes.ok;
}

interface Job {
  readonly source: Source;
  readonly config: DocumentConfig;
  readonly folder: string;
  readonly options: FolderOptions;
  say(text: string): void;
  readonly args: Arguments;
  readonly terminal: Terminal;
}

async function renderOne({ source, config, folder, options, say, args, terminal }: Job): Promise<void> {
  const progress = createProgress(terminal);
  const startMs = performance.now();
  let rendered: RenderedFolder;
  try {
    rendered = await renderToFolder(source, config, folder, {
      ...options,
      onEvent(event) {
        if (event.type === 'pages-removed') {
          say(`note: removing ${countOf(event.count, 'page')} of another rendering from ${folder}\n`);
        } else if (!hasFlag(args, 'quiet'))
          progress.update(event.number, event.bytesRead / source.byteLength);
      },
    });
  } finally {
    progress.clear();
  }
  const seconds = (performance.now() - startMs) / 1000;
  if (rendered.replaced > 0)
    say(`note: ${countOf(rendered.replaced, 'malformed sequence')} read as U+FFFD\n`);
  if (rendered.missing.length > 0) say(`note: ${missingText(rendered)}\n`);
  if (rendered.characters === 0) say(`warning: ${source.name} is empty: no pages\n`);
  if (hasFlag(args, 'json')) terminal.out(`${JSON.stringify(jsonSummary(rendered, seconds))}\n`);
  else if (!hasFlag(args, 'quiet')) terminal.out(`${summary(rendered, seconds)}\n`);
}

/** e.g. "book.txt: 1,234,511 characters on 131 pages, 308,112 text tokens -> 82,530 vision tokens (3.73x), 0.31 s, in pages" */
export function summary(rendered: RenderedFolder, seconds: number): string {
  const { characters, pages, textTokens, visionTokens, ratio, folder, source, drawn } = rendered;
  const tokens = (count: number | null) => (count === null ? 'unknown' : countText(count));
  const kept = pages.length - drawn;
  const kinds = Object.entries(kindsOf(pages) ?? {}).map(
    ([kind, each]) => `${countText(each.pages)} ${kind}`,
  );
  const byKind = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
  const parts = [
    `${source.name}: ${countOf(characters, 'character')} on ${countOf(pages.length, 'page')}${byKind}`,
    `${tokens(textTokens.count)} text tokens -> ${tokens(visionTokens.count)} vision tokens (${ratioText(ratio)})`,
    ...(pages.length > 0 && drawn === 0 ? ['already complete'] : [durationText(seconds)]),
    ...(kept > 0 && drawn > 0 ? [`${countText(kept)} of the pages from an earlier run`] : []),
    `in ${folder}`,
  ];
  return parts.join(', ');
}

/** The manifest's totals, without pages, and what this run did. */
function jsonSummary(rendered: RenderedFolder, seconds: number) {
  const { folder, source, configHash, characters, replaced, textTokens, visionTokens, ratio, missing } =
    rendered;
  const { pages, drawn } = rendered;
  const kinds = kindsOf(pages);
  return {
    folder,
    manifest: join(folder, 'manifest.json'),
    source,
    configHash,
    ...(kinds === undefined ? {} : { kinds }),
    characters,
    replaced,
    pages: pages.length,
    drawn,
    byteLength: pages.reduce((sum, page) => sum + page.byteLength, 0),
    textTokens,
    visionTokens,
    ratio,
    missing,
    seconds: Number(seconds.toFixed(3)),
  };
}

interface PagesOfKind {
  readonly configHash: string | undefined;
  readonly pages: number;
  readonly characters: number;
}

/** What each kind of content came to; undefined for pages that are all drawn alike. */
function kindsOf(pages: readonly PageSummary[]): Readonly<Record<string, PagesOfKind>> | undefined {
  const kinds: Record<string, PagesOfKind> = {};
  for (const { kind, configHash, span } of pages) {
    if (kind === undefined) return undefined;
    const before = kinds[kind] ?? { pages: 0, characters: 0 };
    const characters = before.characters + span.end - span.start;
    kinds[kind] = { configHash, pages: before.pages + 1, characters };
  }
  return Object.keys(kinds).length === 0 ? undefined : kinds;
}

function missingText({ missing }: RenderedFolder): string {
  const total = missing.reduce((sum, { count }) => sum + count, 0);
  const shown = missing.slice(0, 5).map(({ codePoint }) => codePoint);
  const more = missing.length > shown.length ? ` and ${missing.length - shown.length} more` : '';
  return `${countOf(total, 'character')} in no font, drawn as a box with the code: ${shown.join(', ')}${more}`;
}

/** Named after the first input, in the working folder. */
function defaultFolder(inputs: readonly string[]): string {
  const [first = '-'] = inputs;
  if (first === '-') return 'stdin-pages';
  const path = resolve(first);
  const name = basename(path, extname(path)).replace(/[*?{}[\]()!]+/g, '');
  return `${name === '' ? 'text' : name}-pages`;
}

function jobsFlag(args: Arguments): number | undefined {
  return textFlag(args, 'jobs') === 'auto' ? undefined : countFlag(args, 'jobs', 256);
}
