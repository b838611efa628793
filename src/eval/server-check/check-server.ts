/**
 * A running server, checked as one would by hand: is the model there, does a page cost the tokens that are counted here,
 * how many pages does a request take, is a page read. Five small requests at most.
 */
import { GlyphError } from '../../base/index.ts';
import { pageConfigFor } from '../../compress/index.ts';
import { parseConfig, type RenderConfig } from '../../config/index.ts';
import type { ImagePart, Message, Model } from '../../model/index.ts';
import { ModelError } from '../../model/index.ts';
import { type DrawnPage, type RenderOptions, renderPages } from '../../render/index.ts';
import { visionTokens } from '../../tokens/index.ts';
import { characterErrors } from '../metrics/index.ts';
import { canaryText } from './canary.ts';
import type { Finding, ServedModel } from './finding.ts';
import { judgeCount } from './judge-count.ts';

export interface CheckServerOptions {
  readonly model: Model;
  /** As listed, where the server lists any. */
  readonly served: readonly ServedModel[];
  /** Its name on the server. */
  readonly name: string;
  readonly loadFont: RenderOptions['loadFont'];
  /** Pages that a request must take. */
  readonly images: number;
  readonly signal: AbortSignal;
  readonly onFinding: (finding: Finding) => void;
}

/** Of a request, so that long documents fit at all; Glyph's own is 131,072. */
const leastContext = 32_768;
const instruction = 'Write out the text of the page exactly as it stands, line by line, and nothing else.';
/** Of the characters; a model that reads has none to a few per cent, one that guesses most of them. */
const [fewErrors, manyErrors] = [0.05, 0.3];

/** @throws GlyphError kind `aborted`; what the server does wrong is a finding */
export async function checkServer(options: CheckServerOptions): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const say = (finding: Finding) => {
    findings.push(finding);
    options.onFinding(finding);
  };
  for (const finding of served(options)) say(finding);
  if (findings.some(({ outcome }) => outcome === 'wrong')) return findings;

  const { model } = options;
  const config = countable(model.family) ? pageConfigFor(model.family) : undefined;
  const text = canaryText(options.name);
  const page = await drawPage(text, config ?? pageConfigFor('glyph'), options);
  const bare = await ask([], 16, options);
  if (bare instanceof GlyphError) {
    say({ check: 'server', outcome: 'wrong', found: bare.message, mend: 'look into the log of the server' });
    return findings;
  }
  const read = await ask([page], 2048, options);
  if (read instanceof GlyphError) {
    say({ check: 'images', ...refusedPage(read) });
    return findings;
  }
  say({ check: 'reading', ...judgeReading(read.text, text) });
  if (/<\/?think>/.test(read.text))
    say({
      check: 'thinking',
      outcome: 'doubtful',
      found: 'thinking stands in the answer',
      mend: 'start it with --reasoning-parser glm45',
    });
  if (config === undefined) {
    const mend = 'say which model it counts like: --family glyph; `glyph tokens --models` lists them';
    say({ check: 'tokens', outcome: 'skipped', found: `no rule for ${JSON.stringify(model.family)}`, mend });
  } else {
    say({ check: 'tokens', ...judgeCount(model.family, page, inputTokens(read), inputTokens(bare)) });
    const large = await drawPage(text, parseConfig({ ...config, dpi: config.dpi * 2 }), options);
    const seen = await ask([large], 16, options);
    say({
      check: 'large-page',
      ...(seen instanceof GlyphError
        ? refusedPage(seen)
        : judgeCount(model.family, large, inputTokens(seen), inputTokens(bare))),
    });
  }
  say({ check: 'images', ...(await tryImages(options)) });
  return findings;
}

function* served({ served: models, name }: CheckServerOptions): Generator<Finding> {
  if (models.length === 0) {
    yield { check: 'server', outcome: 'skipped', found: 'it lists no models' };
    return;
  }
  const found = models.find(({ id }) => id === name);
  if (found === undefined) {
    const ids = models.map(({ id }) => id).join(', ');
    yield {
      check: 'server',
      outcome: 'wrong',
      found: `it serves ${ids}, not ${name}`,
      mend: `ask for one of these: --model openai:${models[0]!.id}, or start it with --served-model-name ${name}`,
    };
    return;
  }
  yield { check: 'server', outcome: 'ok', found: `it serves ${name}` };
  const { contextTokens } = found;
  if (contextTokens === undefined) return;
  const outcome = contextTokens < leastContext ? 'doubtful' : 'ok';
  yield {
    check: 'context',
    outcome,
    found: `requests of up to ${contextTokens} tokens`,
    ...(outcome === 'ok' ? {} : { mend: 'start it with --max-model-len 131072 (SGLang: --context-length)' }),
  };
}

function countable(family: string): boolean {
  try {
    visionTokens(family, 448, 448);
    return true;
  } catch (error) {
    if (error instanceof GlyphError && error.kind === 'tokens') return false;
    throw error;
  }
}

async function drawPage(
  text: string,
  config: RenderConfig,
  { loadFont, signal }: CheckServerOptions,
): Promise<DrawnPage> {
  for await (const page of renderPages(text, config, { loadFont, signal })) return page;
  throw new GlyphError({ kind: 'internal', operation: 'draw a page', expected: 'one', actual: 'none' });
}

const imageOf = ({ png, widthPx, heightPx }: DrawnPage): ImagePart => ({
  type: 'image',
  bytes: png,
  mediaType: 'image/png',
  widthPx,
  heightPx,
});

interface Answer {
  readonly text: string;
  readonly usage: { readonly inputTokens: number; readonly cachedInputTokens: number } | undefined;
}

const inputTokens = ({ usage }: Answer): number | undefined =>
  usage === undefined ? undefined : usage.inputTokens + usage.cachedInputTokens;

/** The same words each time, so that the difference is what the pages cost. */
async function ask(
  pages: readonly DrawnPage[],
  maxTokens: number,
  { model, signal }: CheckServerOptions,
): Promise<Answer | GlyphError> {
  const message: Message = {
    role: 'user',
    parts: [...pages.map(imageOf), { type: 'text', text: instruction }],
  };
  try {
    return await model.generate([message], { maxTokens, temperature: 0, signal });
  } catch (error) {
    if (error instanceof GlyphError && error.kind !== 'aborted') return error;
    throw error;
  }
}

const bodyOf = (error: GlyphError): string =>
  `${error.message} ${error instanceof ModelError ? (error.bodyExcerpt ?? '') : ''}`;

type Verdict = Omit<Finding, 'check'>;

function refusedPage(error: GlyphError): Verdict {
  const isText = /not.{0,20}(multimodal|vision|image)|does not support image|image_url/i.test(bodyOf(error));
  return {
    outcome: 'wrong',
    found: `a page was refused: ${error.actual}`,
    mend: isText
      ? 'this model reads no images: serve one that does, `glyph deploy vllm` writes how'
      : 'look into the log of the server',
  };
}

async function tryImages(options: CheckServerOptions): Promise<Verdict> {
  const { images } = options;
  // Small ones: it is their number that is asked about.
  const small = await drawPage('page', parseConfig({ pageSize: [112, 112] }), options);
  const answer = await ask(
    Array.from({ length: images }, () => small),
    16,
    options,
  );
  if (!(answer instanceof GlyphError)) return { outcome: 'ok', found: `${images} pages in a request` };
  const limit = /at most (\d+) image|exceeds limit (\d+)/i.exec(bodyOf(answer))?.slice(1).find(Boolean);
  return {
    outcome: 'wrong',
    found:
      limit === undefined
        ? `${images} pages were refused: ${answer.actual}`
        : `at most ${limit} pages a request`,
    mend: `start it with --limit-mm-per-prompt '{"image": ${images}}' (SGLang: --limit-mm-data-per-request)`,
  };
}

function judgeReading(answer: string, text: string): Verdict {
  const written = answer.replace(/^[\s\S]*<\/think>/, '').replace(/<\|[^|]*\|>/g, '');
  if (written.trim() === '')
    return {
      outcome: 'wrong',
      found: 'an empty answer to a page',
      mend: 'if it thinks too long, allow more tokens; if the chat template is missing, serve a chat model',
    };
  const { edits, length } = characterErrors(spaced(written), spaced(text));
  const rate = Math.min(1, edits / length);
  const found = `${(100 * rate).toFixed(1)} % of the characters of a page are wrong`;
  if (rate <= fewErrors) return { outcome: 'ok', found };
  return rate <= manyErrors
    ? {
        outcome: 'doubtful',
        found,
        mend: 'draw with a higher --dpi, or look whether pages are made smaller (tokens)',
      }
    : {
        outcome: 'wrong',
        found,
        mend: 'it does not see the page: look whether the right model is served, and the tokens below',
      };
}

const spaced = (text: string): string => text.trim().replace(/\s+/g, ' ');
