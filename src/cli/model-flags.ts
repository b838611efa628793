/** The flags that choose a model, shared by all commands that call one. Keys come from the environment only. */

import { GlyphError } from '../base/index.ts';
import type { Model } from '../model/index.ts';
import { openModel } from '../model/index.ts';
import { modelLimits } from '../tokens/index.ts';
import { type Arguments, type FlagGroup, type Terminal, textFlag } from './command.ts';
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

/** The model of `--judge`, on the server of `--judge-base-url`. Errors as `modelFromFlags`. */
export async function judgeFromFlags(args: Arguments, terminal: Terminal): Promise<Model | undefined> {
  const spec = textFlag(args, 'judge');
  if (spec === undefined) return undefined;
  const { 'base-url': _, ...others } = args.flags;
  const baseUrl = textFlag(args, 'judge-base-url');
  const flags = { ...others, model: spec, ...(baseUrl === undefined ? {} : { 'base-url': baseUrl }) };
  return await modelFromFlags({ ...args, flags }, terminal);
}

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
