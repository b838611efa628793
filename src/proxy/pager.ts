/**
 * One part of a body as pages, judged by `compress` with the page its model wants; kept, so that the next turn sends the
 * same bytes without drawing. Keys are hashes: no text is kept.
 */
import { createHash } from 'node:crypto';
import { GlyphError, RecentCache } from '../base/index.ts';
import { compress, type DrawEffects, pageConfigFor } from '../compress/index.ts';
import { configHash, pageSizePx, type RenderConfig } from '../config/index.ts';
import type { BodyImage, Message } from '../model/index.ts';
import { countSync, countTextTokens, loadTextTokenizer, visionTokens } from '../tokens/index.ts';
import { ByteCache } from './byte-cache.ts';
import { chooseColumns } from './columns.ts';

export interface PartPages {
  readonly texts: readonly string[];
  readonly images: readonly BodyImage[];
  /** Of the text that became pages. */
  readonly textTokens: number;
  /** Of images and texts in its place. */
  readonly tokens: number;
  readonly visionTokens: number;
  /** PNG bytes. */
  readonly byteLength: number;
}

export interface PageRequest {
  readonly hash: string;
  readonly name: string;
  readonly text: string;
  readonly model: string;
  readonly signal: AbortSignal;
}

export interface Pager {
  countTokens(hash: string, text: string, signal: AbortSignal): Promise<number>;
  /** @throws GlyphError kind `tokens` for a model the table does not know */
  assertModel(model: string): void;
  /** Undefined where pages would cost as much as the text or more. @throws GlyphError as `compress` */
  pagesOf(request: PageRequest): Promise<PartPages | undefined>;
}

export interface PagerOptions extends Pick<DrawEffects, 'loadFont'> {
  /** Given by the user: drawn as it is. */
  readonly config: RenderConfig | undefined;
  readonly cacheBytes: number;
}

interface ModelPage {
  readonly config: RenderConfig;
  readonly hash: string;
  /** By columns: what is drawn with one config shares its glyphs. */
  readonly drawn: Map<number, RenderConfig>;
}

/** Long texts are counted in steps that let other requests run. */
const longCharacters = 200_000;
/** Of counts and of parts that are dearer as pages, in the cache. */
const smallEntryBytes = 100;
/** Pages of as many tokens as half the text's characters: no tokenizer needs that many for more than odd symbols. */
const surelyDearer = 0.5;
/** Four levels of grey look like sixteen at the size of these letters, in little more than half the bytes. */
const drawnBitDepth = 2;

export function createPager({ loadFont, config: given, cacheBytes }: PagerOptions): Pager {
  const pages = new ByteCache<PartPages | 'dearer'>(cacheBytes);
  const counts = new ByteCache<number>(4_000_000);
  const models = new RecentCache<string, ModelPage>(32);
  const pageOf = (model: string) =>
    models.get(model, () => {
      const config = pageConfigFor(model, given);
      return { config, hash: configHash(config), drawn: new Map<number, RenderConfig>() };
    });
  return {
    async countTokens(hash, text, signal) {
      const known = counts.get(hash);
      if (known !== undefined) return known;
      const tokens = await count(text, signal);
      counts.set(hash, tokens, smallEntryBytes);
      return tokens;
    },
    assertModel: model => void pageOf(model),
    async pagesOf(request) {
      const { model, text, hash } = request;
      const { config: base, hash: configName, drawn: configs } = pageOf(model);
      const key = `${hash} ${model} ${request.name} ${configName}`;
      const known = pages.get(key);
      if (known !== undefined) return known === 'dearer' ? undefined : known;
      const { columns, pages: estimate } = chooseColumns(text, base);
      const config = given ?? configs.get(columns) ?? { ...base, columns, bitDepth: drawnBitDepth };
      configs.set(columns, config);
      const isHopeless = estimate * fullPageTokens(model, base) > text.length * surelyDearer;
      const drawn = isHopeless ? undefined : await draw(request, config, loadFont);
      if (drawn !== undefined) counts.set(hash, drawn.textTokens, smallEntryBytes);
      const byteLength = drawn === undefined ? smallEntryBytes : weigh(drawn);
      pages.set(key, drawn ?? 'dearer', byteLength);
      return drawn;
    },
  };
}

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function count(text: string, signal: AbortSignal): Promise<number> {
  if (text.length > longCharacters) return (await countTextTokens(text, { signal })).tokens;
  return countSync(await loadTextTokenizer(), text);
}

const fullPageTokens = (model: string, config: RenderConfig): number =>
  visionTokens(model, ...pageSizePx(config)).tokens;

async function draw(
  { name, text, model, signal }: PageRequest,
  config: RenderConfig,
  loadFont: DrawEffects['loadFont'],
): Promise<PartPages | undefined> {
  const message: Message = { role: 'user', parts: [{ type: 'text', text, use: 'document', name }] };
  const options = {
    model,
    config,
    loadFont,
    signal,
    zoom: 'off',
    labels: 'none',
    longerAnswerTokens: 0,
  } as const;
  const compressed = await compress([message], options).catch((error: unknown) => {
    // Longer than the model's context: for the client to hear from upstream.
    if (error instanceof GlyphError && error.kind === 'tokens') return undefined;
    throw error;
  });
  if (compressed === undefined || compressed.accounting.pages === 0) return undefined;
  const { messages, accounting } = compressed;
  const parts = messages[0]?.parts ?? [];
  const images = parts.flatMap(part => (part.type === 'image' ? [part] : []));
  const texts = parts.flatMap(part => (part.type === 'text' ? [part.text] : []));
  const introduction = introduce(name, images.length);
  const tokens = accounting.tokensAfter + countSync(await loadTextTokenizer(), introduction);
  if (tokens >= accounting.tokensBefore) return undefined;
  return {
    textTokens: accounting.tokensBefore,
    texts: [[introduction, ...texts].join('\n')],
    images: images.map(({ mediaType, bytes }) => ({
      mediaType,
      base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'),
    })),
    tokens,
    visionTokens: accounting.visionTokens,
    byteLength: accounting.imageBytes,
  };
}

function introduce(name: string, pages: number): string {
  const images = pages === 1 ? 'this image' : `these ${pages} images, pages 1 to ${pages}`;
  return `The text of ${name} is on ${images}; columns are read from left to right.`;
}

const weigh = ({ images, texts }: PartPages): number =>
  [...images.map(({ base64 }) => base64), ...texts].reduce((sum, text) => sum + text.length, 0);
