/** `glyph tokens`: what a text costs as text and, on pages, with each model; what one picture costs; the table of models. */
import { openInput } from '../node/index.ts';
import { documentHash } from '../render/index.ts';
import {
  builtInFamilies,
  type FamilyTable,
  loadFamilies,
  modelTable,
  type VisionSettings,
} from '../tokens/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { configGroups, documentConfigFromFlags, readJson } from './config-flags.ts';
import { countOf, countText, ratioText, table } from './figures.ts';
import { inputGroup, inputOptions, inputsOf } from './input-flags.ts';
import { type Measured, measure } from './measure.ts';
import {
  type ImagePrice,
  type ModelPrice,
  priceImage,
  pricePages,
  type Refusal,
  sampleSize,
} from './model-prices.ts';
import { createProgress } from './progress.ts';
import { readTokenizerFlag, tokenizerFlag } from './tokenizer-flag.ts';
import { usageError } from './usage-error.ts';

/** One of each kind a reader is likely to meet; `--model all` shows every family. */
export const comparedModels = [
  'glm-4.1v',
  'qwen2.5-vl',
  'qwen3-vl',
  'deepseek-ocr',
  'internvl3',
  'gemma-3',
  'llama-4',
  'kimi-vl',
  'pixtral',
  'gpt-4o',
  'gpt-5',
  'claude-opus-4',
  'gemini-2.5-pro',
  'gemini-3',
] as const;

export const tokensCommand: Command = {
  name: 'tokens',
  about: 'Counts text tokens, and what the text’s pages cost each model with the settings in force.',
  usage: 'INPUT… | --image WxH | --models  [flags]',
  groups: [
    {
      title: 'What to count',
      flags: [
        {
          name: 'model',
          value: 'ID,…',
          about: 'Models to price, or all; a choice of common ones unless given',
        },
        tokenizerFlag,
        { name: 'image', value: 'WxH', about: 'Price one picture of that many pixels instead of a text' },
        { name: 'models', about: 'List the models with their rules and limits' },
        {
          name: 'families',
          value: 'FILE',
          about: 'Model families of your own, a JSON file over the built-in table',
        },
        { name: 'detail', value: 'VALUE', about: 'OpenAI’s image detail, e.g. high' },
        { name: 'media-resolution', value: 'VALUE', about: 'Gemini’s media resolution, e.g. medium' },
        { name: 'mode', value: 'VALUE', about: 'A size the model’s own processor offers, e.g. gundam' },
        { name: 'variant', value: 'VALUE', about: 'Which account where sources differ, e.g. documented' },
        { name: 'json', about: 'As JSON' },
      ],
    },
    inputGroup,
    ...configGroups,
  ],
  notes: [
    'Vision tokens leave out the few marker tokens some models put around each image; --json shows them.',
  ],
  examples: [
    ['glyph tokens book.txt', 'text tokens, pages and ratio for common models'],
    ['glyph tokens book.txt --model qwen3-vl,gpt-4o --font-size 8', 'two models, smaller type'],
    ['glyph tokens --image 595x842 --model glm-4.1v', 'one page'],
    ['glyph tokens --models --json', 'the whole table'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const families = await familiesFlag(args);
  const image = textFlag(args, 'image');
  if (hasFlag(args, 'models')) {
    refuseInputs(args, '--models');
    terminal.out(hasFlag(args, 'json') ? json(modelTable(families)) : modelList(families));
  } else if (image !== undefined) {
    refuseInputs(args, '--image');
    terminal.out(imagePrices(image, families, args));
  } else terminal.out(await textPrices(args, families, terminal));
  return exitCodes.ok;
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

async function familiesFlag(args: Arguments): Promise<FamilyTable> {
  const file = textFlag(args, 'families');
  return file === undefined ? builtInFamilies : loadFamilies(await readJson(file));
}

function refuseInputs(args: Arguments, flag: string): void {
  const [input] = args.positionals;
  if (input === undefined) return;
  throw usageError({
    operation: 'read the command line',
    expected: `no input with ${flag}`,
    actual: JSON.stringify(input),
  });
}

function modelsFlag(args: Arguments, families: FamilyTable): readonly string[] {
  const text = textFlag(args, 'model');
  if (text === undefined) return comparedModels;
  if (text === 'all') return families.families.map(family => family.id);
  return text.split(',').map(id => id.trim());
}

function settingsFlags(args: Arguments): VisionSettings {
  return {
    detail: textFlag(args, 'detail'),
    mediaResolution: textFlag(args, 'media-resolution'),
    mode: textFlag(args, 'mode'),
    variant: textFlag(args, 'variant'),
  };
}

function modelList(families: FamilyTable): string {
  const rows = modelTable(families).map(row => [row.family, row.title, row.rule, row.basis]);
  const heading = ['family', 'models', 'rule', 'basis'];
  return `${table([heading, ...rows])}\nA family’s name is also a model id; --json shows ids, settings, limits and sources.\n`;
}

function imagePrices(image: string, families: FamilyTable, args: Arguments): string {
  const [, width, height] = /^(\d+)\s*[x×,]\s*(\d+)$/i.exec(image.trim()) ?? [];
  if (width === undefined || height === undefined) {
    const expected = 'width and height in pixels like 595x842';
    throw usageError({ operation: 'read flag "--image"', expected, actual: JSON.stringify(image) });
  }
  const models = modelsFlag(args, families);
  const size = { widthPx: Number(width), heightPx: Number(height) };
  const prices = models.map(model => priceImage(model, size, settingsFlags(args), families));
  refuseIfNone(prices);
  if (hasFlag(args, 'json')) return json({ ...size, models: prices.map(plain) });
  const rows = prices.map(price =>
    'error' in price
      ? [price.model, '-', '-', '-', price.error.message]
      : [
          price.model,
          countText(price.tokens),
          `+ ${price.perImageOverhead}`,
          `${price.resizedTo.widthPx}x${price.resizedTo.heightPx}`,
          price.basis,
        ],
  );
  return table([['model', 'vision tokens', 'markers', 'seen as', 'basis'], ...rows], [1, 2]);
}

async function textPrices(args: Arguments, families: FamilyTable, terminal: Terminal): Promise<string> {
  const inputs = inputsOf(args, terminal);
  const config = await documentConfigFromFlags(args, terminal);
  const models = modelsFlag(args, families);
  const settings = settingsFlags(args);
  // An unknown model is refused before the text is read.
  for (const model of models) priceImage(model, sampleSize, settings, families);
  const tokenizer = await readTokenizerFlag(args);
  const source = await openInput(inputs, inputOptions(args, terminal));
  const progress = createProgress(terminal);
  let measured: Measured;
  try {
    measured = await measure(source, config, {
      title: source.name,
      tokenizer,
      signal: terminal.signal,
      onPage: (pages, bytesRead) => progress.update(pages, bytesRead / source.byteLength),
    });
  } finally {
    progress.clear();
    await source.close();
  }
  const prices = models.map(model => pricePages(model, measured, settings, families));
  const { name, byteLength, sha256 } = source;
  const { characters, textTokens, pages } = measured;
  if (hasFlag(args, 'json')) {
    const counted = { count: textTokens.tokens, tokenizer: textTokens.tokenizer, basis: textTokens.basis };
    const { sizes } = measured;
    const settled = { configHash: documentHash(config), pages, sizes };
    return json({
      source: { name, byteLength, sha256 },
      characters,
      textTokens: counted,
      ...settled,
      models: prices,
    });
  }
  return `${name}: ${countOf(characters, 'character')}, ${countOf(textTokens.tokens, 'text token')} (${textTokens.tokenizer}), ${countOf(pages, 'page')}\n\n${priceTable(prices)}`;
}

/** A refusal's error as its text. */
const plain = (price: ImagePrice | ModelPrice | Refusal) =>
  'error' in price ? { model: price.model, error: price.error.message } : price;

/** Where no model takes what is asked, that is an error, not a table of refusals. */
function refuseIfNone(prices: readonly (ImagePrice | Refusal)[]): void {
  const refusals = prices.filter(price => 'error' in price);
  if (refusals.length === prices.length && refusals[0] !== undefined) throw refusals[0].error;
}

function priceTable(prices: readonly ModelPrice[]): string {
  const rows = prices.map(price =>
    'error' in price
      ? [price.model, '-', '-', '-', price.error.message]
      : [
          price.model,
          countText(price.pages),
          countText(price.visionTokens),
          ratioText(price.ratio),
          price.basis,
        ],
  );
  return table([['model', 'pages', 'vision tokens', 'ratio', 'basis'], ...rows], [1, 2, 3]);
}
