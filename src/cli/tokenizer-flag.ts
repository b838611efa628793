/** The flag that says by which tokenizer text is counted. */
import { basename } from 'node:path';
import { GlyphError } from '../base/index.ts';
import type { TextTokenizerChoice } from '../node/index.ts';
import { type Arguments, type Flag, textFlag } from './command.ts';
import { readJson } from './config-flags.ts';

export const tokenizerFlag: Flag = {
  name: 'tokenizer',
  value: 'NAME|FILE',
  about: 'Count text by o200k_base (the default), cl100k_base or a tokenizer.json',
};

/** @throws GlyphError kind `config` for another name, `io` for a file that cannot be read */
export async function readTokenizerFlag(args: Arguments): Promise<TextTokenizerChoice | undefined> {
  const text = textFlag(args, 'tokenizer');
  if (text === undefined || text === 'o200k_base' || text === 'cl100k_base') return text;
  if (!/[./\\]/.test(text)) {
    throw new GlyphError({
      kind: 'config',
      operation: 'read flag "--tokenizer"',
      expected: 'o200k_base, cl100k_base or the path of a tokenizer.json',
      actual: JSON.stringify(text),
    });
  }
  return { tokenizerJson: await readJson(text), name: basename(text) };
}
