/**
 * Chinese words as the Python package jieba cuts them in precise mode, which LongBench's and Fox's Chinese metrics
 * count. The dictionary is some 5 MB: it is read at the first call only.
 */
import { GlyphError } from '../base/index.ts';

let loaded: Promise<(text: string) => readonly string[]> | undefined;

/** A tokenizer for the metrics' `tokenizeChinese`; its tokens, put together, are the text. @throws GlyphError kind `io` */
export function loadJieba(): Promise<(text: string) => readonly string[]> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<(text: string) => readonly string[]> {
  const [{ Jieba }, { dict }] = await importJieba();
  const jieba = Jieba.withDict(dict);
  return text => text.split(apart).flatMap((part, i) => (i % 2 === 1 ? [part] : jieba.cut(part, true)));
}

async function importJieba() {
  try {
    return await Promise.all([import('@node-rs/jieba'), import('@node-rs/jieba/dict.js')]);
  } catch (cause) {
    throw new GlyphError({
      kind: 'io',
      operation: 'load the Chinese tokenizer jieba',
      expected: 'its program for this system',
      actual: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/**
 * Where the Python package cuts and this one does not: the hyphen of "GPT-4o", which splits "GPT-4" off otherwise, and
 * Chinese characters beyond the first plane, which Python takes one by one.
 */
const apart = /((?<=[a-zA-Z0-9])-(?=[0-9])|[\u{10000}-\u{10ffff}])/u;
