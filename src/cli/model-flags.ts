/** The flags that choose a model, shared by all commands that call one. Keys come from the environment only. */

import { GlyphError } from '../base/index.ts';
import type { Model } from '../model/index.ts';
import { openModel } from '../model/index.ts';
import { modelLimits } from '../tokens/index.ts';
import { type Arguments, type Flag, type FlagGroup, type Terminal, textFlag } from './command.ts';
import { countFlag } from './input-flags.ts';
import { usageError } from './usage-error.ts';

export const modelGroup: FlagGroup = {
  title: 'Model',
  flags: [
    {
      name: 'model',
      short: 'm',
      value: 'PROVIDER:NAME',
      about:
        'openai:NAME, openai-responses:NAME, anthropic:NAME, gemini:NAME, glyph, deepseek-ocr, tesseract, embedded; or set GLYPH_MODEL. embedded, the small reader of this package, unless given',
    },
    {
      name: 'base-url',
      value: 'URL',
      about: 'Another server of the same kind, e.g. vLLM or llama.cpp: http://localhost:8000/v1',
    },
    {
      name: 'family',
      value: 'NAME',
      about: 'Count and price as this model, where the server calls it by a name of its own',
    },
    { name: 'timeout', value: 'SECONDS', about: 'Longest wait for an answer as a whole; 600 unless given' },
  ],
};

/** Of commands that ask many questions. */
export const rateFlags: readonly Flag[] = [
  { name: 'rpm', value: 'N', about: 'At most so many requests a minute' },
  { name: 'tpm', value: 'N', about: 'At most so many input tokens a minute' },
];

/** Of commands whose answers may need a judge. */
export const judgeFlags: readonly Flag[] = [
  {
    name: 'judge',
    value: 'PROVIDER:NAME',
    about: 'The model that judges free answers, for tasks that need one',
  },
  { name: 'judge-base-url', value: 'URL', about: 'Its server' },
];

/** The name under which the small reader of this package is asked for; a folder with another may follow. */
const embedded = 'embedded';

const noModel =
  'name a model with --model or GLYPH_MODEL, e.g. --model glyph --base-url http://localhost:8000/v1 for a server of your own';

/**
 * @param use `plan` needs no key: nothing is sent
 * @throws GlyphError kind `config` where no model is named or it cannot be opened
 */
export async function modelFromFlags(
  args: Arguments,
  terminal: Terminal,
  use: 'call' | 'plan' = 'call',
): Promise<Model> {
  const spec = specOf(args, terminal);
  const [provider = ''] = spec.split(':', 1);
  if (provider === 'tesseract') {
    const { openTesseract } = await import('../node/index.ts');
    const language = spec.slice('tesseract:'.length);
    return openTesseract(language === '' ? {} : { language });
  }
  if (provider === embedded) {
    const { openReader } = await import('../node/index.ts');
    const folder = spec.slice(embedded.length + 1);
    return await openReader(folder === '' ? undefined : folder);
  }
  const timeoutS = countFlag(args, 'timeout', 86_400);
  const model = openModel(spec, {
    env: terminal.env,
    baseUrl: textFlag(args, 'base-url'),
    ...(use === 'plan' ? { key: 'none' } : {}),
    ...(timeoutS === undefined ? {} : { timeouts: { totalMs: timeoutS * 1000 } }),
  });
  const family = textFlag(args, 'family');
  return family === undefined ? model : { ...model, family };
}

/**
 * A model beside the one that is asked; that one’s server and family are not its own, `--judge-base-url` names its server.
 * Errors as `modelFromFlags`.
 */
export async function otherModelFromFlags(
  flag: 'judge' | 'propose',
  args: Arguments,
  terminal: Terminal,
): Promise<Model | undefined> {
  const spec = textFlag(args, flag);
  if (spec === undefined) return undefined;
  const { 'base-url': _, family: __, ...others } = args.flags;
  const baseUrl = textFlag(args, `${flag}-base-url`);
  const flags = { ...others, model: spec, ...(baseUrl === undefined ? {} : { 'base-url': baseUrl }) };
  return await modelFromFlags({ ...args, flags }, terminal);
}

/** What `rateFlags` say. @throws GlyphError kind `config` for a wrong value */
export const ratesFromFlags = (args: Arguments) => ({
  requestsPerMinute: countFlag(args, 'rpm', 1_000_000),
  tokensPerMinute: countFlag(args, 'tpm', 1_000_000_000),
});

/** The flag, the environment, or the reader that comes with the package; a server without a model is a mistake. */
function specOf(args: Arguments, terminal: Terminal): string {
  const spec = textFlag(args, 'model') ?? terminal.env['GLYPH_MODEL'] ?? '';
  if (spec !== '') return spec;
  if (textFlag(args, 'base-url') === undefined) return embedded;
  throw usageError({
    operation: 'choose a model',
    expected: 'one of the server',
    actual: 'none',
    hint: noModel,
  });
}

/** For commands that count and price. @throws GlyphError kind `config` where the model's name is not in the token table */
export function assertCountable({ id, family }: Model): void {
  try {
    modelLimits(family);
  } catch (error) {
    if (!(error instanceof GlyphError)) throw error;
    throw usageError({
      operation: `count tokens for ${id}`,
      expected: 'a model of the token table',
      actual: JSON.stringify(family),
      hint: 'say which it counts like: --family qwen3-vl; `glyph tokens --models` lists them',
    });
  }
}
