/**
 * A tokenizer from the user's Hugging Face `tokenizer.json`, run by @huggingface/tokenizers. That library encodes a
 * text in one go, so long texts are cut where it cannot matter: after a line break or before a space between two
 * letters, if no token of the vocabulary reaches across such a place and every component before the merging works
 * locally. A tokenizer that does not pass the check counts each text whole: exact, but it blocks and cannot stream.
 * Added tokens are recognised in the text as the reference library does; none are added around it.
 */
import * as v from 'valibot';
import { GlyphError } from '../../base/index.ts';
import { parseInput } from '../parse-input.ts';
import type { StepsResult, Tail, TextTokenizer } from './text-tokenizer.ts';

export interface TokenizerFile {
  /** The parsed tokenizer.json. */
  readonly tokenizerJson: unknown;
  /** How counts name it, e.g. "Qwen/Qwen3-VL-8B". */
  readonly name: string;
}

/** Characters of a piece: some milliseconds of encoding. */
const pieceCharacters = 4096;

const component: v.GenericSchema<Component> = v.looseObject({
  type: v.string(),
  pretokenizers: v.optional(v.array(v.lazy(() => component))),
  normalizers: v.optional(v.array(v.lazy(() => component))),
  add_prefix_space: v.optional(v.unknown()),
  pattern: v.optional(v.unknown()),
});
interface Component {
  readonly type: string;
  readonly pretokenizers?: Component[] | undefined;
  readonly normalizers?: Component[] | undefined;
  readonly add_prefix_space?: unknown;
  readonly pattern?: unknown;
}

const fileSchema = v.looseObject({
  model: v.looseObject({
    type: v.optional(v.string()),
    vocab: v.union([v.record(v.string(), v.number()), v.array(v.tuple([v.string(), v.number()]))]),
  }),
  normalizer: v.optional(v.nullable(component), null),
  pre_tokenizer: v.optional(v.nullable(component), null),
  post_processor: v.optional(v.unknown(), null),
  decoder: v.optional(v.unknown(), null),
  added_tokens: v.optional(v.array(v.looseObject({ content: v.string() })), []),
});
type TokenizerJson = v.InferOutput<typeof fileSchema>;

const loaded = new WeakMap<object, Promise<TextTokenizer>>();

/** Throws `tokens` when the file is not a tokenizer.json or the library is not installed. */
export function loadTokenizerFile(file: TokenizerFile): Promise<TextTokenizer> {
  const key = file.tokenizerJson;
  if (typeof key !== 'object' || key === null) return load(file);
  const pending = loaded.get(key) ?? load(file);
  loaded.set(key, pending);
  return pending.then(tokenizer => ({ ...tokenizer, name: file.name }));
}

async function load({ tokenizerJson, name }: TokenizerFile): Promise<TextTokenizer> {
  const operation = `read the tokenizer file ${JSON.stringify(name)}`;
  const file = parseInput(fileSchema, tokenizerJson, operation);
  const count = await encoder(file, operation);
  const cuts = hasSafeCuts(file) ? findCut : () => undefined;
  return { name, steps: (text, tail) => steps(count, cuts, text, tail) };
}

async function encoder(file: TokenizerJson, operation: string): Promise<(text: string) => number> {
  try {
    const { Tokenizer } = await import('@huggingface/tokenizers');
    const tokenizer = new Tokenizer(file, {});
    return text => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  } catch (cause) {
    throw new GlyphError({
      kind: 'tokens',
      operation,
      expected: 'a tokenizer.json that @huggingface/tokenizers can run, and that package installed',
      actual: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

function* steps(
  count: (text: string) => number,
  cutAfter: (text: string, from: number) => number | undefined,
  text: string,
  tail: Tail,
): Generator<StepsResult, StepsResult> {
  let tokens = 0;
  let at = 0;
  for (;;) {
    const cut = cutAfter(text, at + pieceCharacters);
    if (cut === undefined) break;
    tokens += count(text.slice(at, cut));
    at = cut;
    yield { tokens, consumed: at };
  }
  if (tail === 'more-may-come') return { tokens, consumed: at };
  if (at < text.length) tokens += count(text.slice(at));
  return { tokens, consumed: text.length };
}

const cutPlace = /(?<=[\p{L}\p{N}])(?:\n(?=\p{L})|(?= \p{L}))/gu;

function findCut(text: string, from: number): number | undefined {
  if (from >= text.length) return undefined;
  cutPlace.lastIndex = from;
  const found = cutPlace.exec(text);
  return found === null ? undefined : found.index + found[0].length;
}

/** Components whose work on a character does not reach across a cut. */
const localComponents = new Set([
  'Sequence',
  'Split',
  'ByteLevel',
  'Digits',
  'Punctuation',
  'NFC',
  'NFD',
  'NFKC',
  'NFKD',
  'Lowercase',
  'Replace',
]);

function hasSafeCuts({ model, normalizer, pre_tokenizer, added_tokens }: TokenizerJson): boolean {
  const components = [...flatten(normalizer), ...flatten(pre_tokenizer)];
  if (!components.every(isLocal)) return false;
  const isByteLevel = components.some(({ type }) => type === 'ByteLevel');
  const tokens = Array.isArray(model.vocab) ? model.vocab.map(([token]) => token) : Object.keys(model.vocab);
  const across = isByteLevel ? acrossBytes : acrossText;
  return (
    !tokens.some(token => across.test(token)) && !added_tokens.some(({ content }) => acrossText.test(content))
  );
}

/** A line break before a letter, or a letter or digit before a space, in plain text. */
const acrossText = /\n\p{L}|[\p{L}\p{N}][ \u2581]/u;
/**
 * The same in the byte-level alphabet (GPT-2's bytes_to_unicode), where a line break is U+010A, a space U+0120, a
 * first byte of a longer character U+00C2 to U+00F4, and a later byte one of the last class.
 */
const acrossBytes = /\u010a[A-Za-z\u00c2-\u00f4]|[A-Za-z0-9\u00a1-\u00ac\u00ae-\u00bf\u0122-\u0143]\u0120/;

function flatten(part: Component | null): Component[] {
  if (part === null) return [];
  return [part, ...[...(part.pretokenizers ?? []), ...(part.normalizers ?? [])].flatMap(flatten)];
}

function isLocal(part: Component): boolean {
  if (!localComponents.has(part.type)) return false;
  if (part.type === 'ByteLevel') return part.add_prefix_space !== true;
  const pattern = v.safeParse(patternSchema, part.pattern);
  if (part.type === 'Split') return pattern.success && !looksBehind.test(pattern.output.Regex ?? '');
  if (part.type === 'Replace') return pattern.success && pattern.output.String?.length === 1;
  return true;
}

const patternSchema = v.looseObject({ String: v.optional(v.string()), Regex: v.optional(v.string()) });
/** A start anchor, word boundary or look-behind: the start of a piece would pass for the start of the text. */
const looksBehind = /\(\?<[=!]|\\[bBAG]|(?<!\[)\^/;
