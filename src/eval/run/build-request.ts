/**
 * One sample, one arm: the messages a model gets and what they come to. The text around the material is the task's own
 * for that form; the material goes as it is, shortened, or as pages.
 */
import { GlyphError } from '../../base/index.ts';
import { type Compressed, type CompressOptions, compress, type DocumentInput } from '../../compress/index.ts';
import { parseConfig, type RenderConfig } from '../../config/index.ts';
import { type ImagePart, type Message, type Model, type TextPart, textMessage } from '../../model/index.ts';
import type { RenderOptions } from '../../render/index.ts';
import type { Sample, Task } from '../task.ts';
import { type Arm, type PagesArm, plainPages, type TextArm } from './arms.ts';
import type { ArmAccounting } from './lines.ts';
import type { Clock } from './rate-limit.ts';
import type { Readable } from './read-material.ts';
import { type CountTokens, retrieveText, truncateText } from './reduce-text.ts';

export interface ArmRequest {
  readonly messages: readonly Message[];
  /** Further requests of the same sample, whose answers are joined. */
  readonly more?: readonly (readonly Message[])[];
  readonly accounting: ArmAccounting;
  /** The pages with their text, to look at when the answer is bad. */
  readonly pages: readonly ShownPage[];
}

export interface ShownPage {
  /** From 1. */
  readonly number: number;
  readonly image: Pick<ImagePart, 'bytes' | 'widthPx' | 'heightPx'>;
  readonly text: string;
}

export interface RequestEffects {
  readonly model: Model;
  /** What pages are drawn with; undefined where no arm draws any. */
  readonly config: RenderConfig | undefined;
  readonly count: CountTokens;
  readonly tokenizer: string;
  readonly loadFont: RenderOptions['loadFont'];
  readonly clock: Clock;
}

/** @returns builds the request of any arm; what several arms need is made once. Errors as `compress`. */
export function openSample(sample: Sample, readable: Readable, effects: RequestEffects) {
  let plain: Promise<ArmRequest> | undefined;
  const buildPlain = () => {
    plain ??= pagesRequest(sample, readable, plainPages, effects);
    return plain;
  };
  return async (arm: Arm): Promise<ArmRequest> => {
    if (arm.form === 'pages') {
      return arm.name === plainPages.name ? buildPlain() : pagesRequest(sample, readable, arm, effects);
    }
    if (readable.text === '') throw noText(sample, arm);
    if (arm.method === 'whole') return wholeRequest(sample, readable.text, effects);
    const { tokensAfter } = (await buildPlain()).accounting;
    return shortenedRequest(sample, readable.text, arm.method, tokensAfter, effects);
  };
}

/** Tokens of material and prompt as text; 0 without a text. */
export function textTokensOf({ prompts }: Sample, { text }: Readable, count: CountTokens): number {
  return text === '' ? 0 : count(prompts.text.before) + count(text) + count(prompts.text.after);
}

/** Output tokens a sample allows. */
export const maxTokensOf = (
  sample: Pick<Sample, 'maxTokens'>,
  task: Pick<Task, 'defaults'>,
  given: number | null,
): number => given ?? sample.maxTokens ?? task.defaults.maxTokens;

function wholeRequest(sample: Sample, text: string, effects: RequestEffects): ArmRequest {
  const { material, prompts } = sample;
  const { before, after } = prompts.text;
  const messages =
    material.kind === 'conversation'
      ? [...material.messages, textMessage('user', before + after)]
      : [textMessage('user', before + text + after)];
  const tokens = textTokensOf(sample, { kind: 'text', text }, effects.count);
  return { messages, accounting: textAccounting(tokens, tokens, 0, effects), pages: [] };
}

function shortenedRequest(
  { question, prompts }: Sample,
  text: string,
  method: Exclude<TextArm['method'], 'whole'>,
  mostTokens: number,
  effects: RequestEffects,
): ArmRequest {
  const { count, clock } = effects;
  const startMs = clock.now();
  const { before, after } = prompts.text;
  const promptTokens = count(before) + count(after);
  const left = Math.max(0, mostTokens - promptTokens);
  const kept =
    method === 'truncate' ? truncateText(text, left, count) : retrieveText(text, question, left, count);
  const [whole, sent] = [promptTokens + count(text), promptTokens + count(kept)];
  const accounting = textAccounting(whole, sent, clock.now() - startMs, effects);
  return { messages: [textMessage('user', before + kept + after)], accounting, pages: [] };
}

const textAccounting = (
  tokensBefore: number,
  tokensAfter: number,
  prepareMs: number,
  { tokenizer }: RequestEffects,
): ArmAccounting => ({
  tokensBefore,
  tokensAfter,
  visionTokens: 0,
  pagedTextTokens: 0,
  pagedTokens: 0,
  compressionRatio: null,
  tokenizer,
  images: 0,
  imageBytes: 0,
  prepareMs,
});

async function pagesRequest(
  sample: Sample,
  readable: Readable,
  arm: PagesArm,
  effects: RequestEffects,
): Promise<ArmRequest> {
  const { model, loadFont, clock } = effects;
  const startMs = clock.now();
  const config = configOf(sample, arm, effects);
  const options: CompressOptions & Pick<RequestEffects, 'loadFont'> = {
    model,
    config,
    loadFont,
    pages: 'always',
    exact: arm.exact,
    zoom: arm.zoom === 'on' ? {} : 'off',
    question: sample.prompts.pages.after,
  };
  if (readable.kind === 'images') return givenPages(sample, readable.images, arm, options, effects);
  const compressed = await compress([documentOf(readable, config)], options);
  if (compressed.documents.length === 0) throw stayedText(sample, arm, compressed);
  return {
    messages: withBefore(compressed.messages, sample.prompts.pages.before, model),
    accounting: pagesAccounting(compressed, sample, startMs, effects),
    pages: shownPages(compressed),
  };
}

/** The sample's own settings over the run's, the arm's dpi over both. */
function configOf({ config }: Sample, { dpi }: PagesArm, effects: RequestEffects): RenderConfig {
  const own = parseConfig(config ?? {}, effects.config);
  return dpi === undefined ? own : parseConfig({ dpi }, own);
}

function documentOf(readable: Exclude<Readable, { kind: 'images' }>, { dpi }: RenderConfig): DocumentInput {
  if (readable.kind === 'text') return { name: 'the text', text: readable.text };
  const { name, text, pages, draw } = readable.pdf;
  return { name, text, pages, draw, dpi, shows: 'more-than-text' };
}

/** The text before the material, in front of the pages or, for models that want images first, after them. */
function withBefore(messages: readonly Message[], before: string, { abilities }: Model): readonly Message[] {
  const [first, ...rest] = messages;
  if (before === '' || first === undefined) return messages;
  const part: TextPart = { type: 'text', text: before, use: 'instruction' };
  const images =
    abilities.partOrder === 'images-first' ? first.parts.filter(({ type }) => type === 'image') : [];
  const others = first.parts.filter(each => !images.includes(each));
  return [{ ...first, parts: [...images, part, ...others] }, ...rest];
}

/** Pages as the benchmark gives them, at the only size they have. */
async function givenPages(
  sample: Sample,
  images: readonly ImagePart[],
  arm: PagesArm,
  options: CompressOptions & Pick<RequestEffects, 'loadFont'>,
  effects: RequestEffects,
): Promise<ArmRequest> {
  if (arm.name !== plainPages.name) throw cannotRedraw(sample, arm);
  const startMs = effects.clock.now();
  const compressed = await compress([{ role: 'user', parts: images }], options);
  return {
    messages: withBefore(compressed.messages, sample.prompts.pages.before, effects.model),
    accounting: pagesAccounting(compressed, sample, startMs, effects),
    pages: images.map((image, i) => ({ number: i + 1, image, text: '' })),
  };
}

function pagesAccounting(
  { accounting, decisions, requests }: Compressed,
  { prompts }: Sample,
  startMs: number,
  { count, clock }: RequestEffects,
): ArmAccounting {
  const beforeTokens = count(prompts.pages.before);
  const textOf = (wanted: 'pages' | 'text') =>
    decisions.reduce((sum, { outcome, textTokens }) => sum + (outcome === wanted ? textTokens : 0), 0);
  const { tokensBefore, tokensAfter, visionTokens, compressionRatio, tokenizer, imageBytes } = accounting;
  return {
    tokensBefore: tokensBefore + beforeTokens,
    tokensAfter: tokensAfter + beforeTokens,
    visionTokens,
    pagedTextTokens: textOf('pages'),
    pagedTokens: compressionRatio === null ? 0 : tokensAfter - textOf('text'),
    compressionRatio,
    tokenizer,
    images: requests.reduce((sum, { account }) => sum + account.images, 0),
    imageBytes,
    prepareMs: clock.now() - startMs,
  };
}

const shownPages = ({ documents }: Compressed): ShownPage[] =>
  documents.flatMap(({ source, pages }) =>
    pages.flatMap(({ number, image, span }) =>
      image === undefined ? [] : [{ number, image, text: source.text.slice(span.start, span.end) }],
    ),
  );

/** Text under the name of pages would be measured as what it is not. */
const stayedText = ({ id }: Sample, { name }: Arm, { decisions }: Compressed) =>
  new GlyphError({
    kind: 'tokens',
    operation: `build ${id} for the arm ${name}`,
    expected: 'pages',
    actual: decisions[0]?.sentence ?? 'an empty text',
  });

const noText = ({ id }: Sample, { name }: Arm) =>
  new GlyphError({
    kind: 'input',
    operation: `build ${id} for the arm ${name}`,
    expected: 'material with a text',
    actual: 'pictures only',
  });

const cannotRedraw = ({ id }: Sample, { name }: Arm) =>
  new GlyphError({
    kind: 'input',
    operation: `build ${id} for the arm ${name}`,
    expected: 'material whose pages are drawn here',
    actual: 'pictures as the benchmark gives them',
  });
