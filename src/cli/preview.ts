/** `glyph preview`: the first pages, small, on one picture. */
import { basename, extname } from 'node:path';
import { GlyphError } from '../base/index.ts';
import { openInput, writeWhole } from '../node/index.ts';
import { type Arguments, type Command, exitCodes, type Terminal, textFlag } from './command.ts';
import { configGroups, documentConfigFromFlags } from './config-flags.ts';
import { drawContactSheet } from './contact-sheet.ts';
import { countOf } from './figures.ts';
import { countFlag, inputGroup, inputOptions, inputsOf } from './input-flags.ts';
import { encodePicture } from './picture.ts';

export const previewCommand: Command = {
  name: 'preview',
  about: 'Draws the first pages small on one picture, to look at a config before rendering.',
  usage: 'INPUT… [-o FILE] [flags]',
  groups: [
    {
      title: 'Output',
      flags: [
        { name: 'out', short: 'o', value: 'FILE', about: 'The PNG file; by default named after the input' },
        { name: 'pages', value: 'N', about: 'How many pages at most; 12 unless given' },
        { name: 'thumbnail-width', value: 'PX', about: 'Width of a page on the picture; 320 unless given' },
        { name: 'title', value: 'TEXT', about: 'For {title} in the page header; the input’s name otherwise' },
      ],
    },
    inputGroup,
    ...configGroups,
  ],
  examples: [
    ['glyph preview book.txt', 'writes book-preview.png'],
    ['glyph preview src -o code.png --preset code --pages 4', 'four pages of code'],
    ['glyph preview book.txt --pages 1 --thumbnail-width 2000', 'one page in full size'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const inputs = inputsOf(args, terminal);
  const config = await documentConfigFromFlags(args, terminal);
  const [first = '-'] = inputs;
  const out =
    textFlag(args, 'out') ?? `${first === '-' ? 'stdin' : basename(first, extname(first))}-preview.png`;
  const maxPages = countFlag(args, 'pages', 400) ?? 12;
  const thumbnailWidthPx = countFlag(args, 'thumbnail-width', 4000) ?? 320;
  const { signal } = terminal;
  const source = await openInput(inputs, inputOptions(args, terminal));
  try {
    const { pieces } = source.read(signal);
    const title = textFlag(args, 'title') ?? source.name;
    const sheet = await drawContactSheet(pieces, config, { maxPages, thumbnailWidthPx, title, signal });
    if (sheet === undefined) throw nothingToShow(source.name);
    await writeWhole(out, encodePicture(sheet.picture));
    terminal.out(`${countOf(sheet.pages, 'page')} on ${out}\n`);
  } finally {
    await source.close();
  }
  return exitCodes.ok;
}

const nothingToShow = (name: string) =>
  new GlyphError({
    kind: 'input',
    operation: `preview ${JSON.stringify(name)}`,
    expected: 'a text with at least one page',
    actual: 'nothing but white space',
  });
