/** Tokens of a text, by the caller's counter or o200k_base, which the published length bins go by. */
import { countSync, loadTextTokenizer } from '../tokens/index.ts';
import type { OpenOptions } from './task.ts';

export async function tokenCounter({ countTokens }: OpenOptions): Promise<(text: string) => number> {
  if (countTokens !== undefined) return countTokens;
  const tokenizer = await loadTextTokenizer('o200k_base');
  return text => countSync(tokenizer, text);
}
