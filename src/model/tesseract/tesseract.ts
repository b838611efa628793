/**
 * Tesseract as a `Model` that only transcribes. It has never seen Glyph's pages, so what it reads is what is legible.
 * The program itself comes in as a function: a process or a WebAssembly build, see `node/tesseract.ts`.
 */
import { GlyphError, throwIfAborted } from '../../base/index.ts';
import { checkOptions } from '../check-options.ts';
import { createGeneration } from '../generation.ts';
import type { ImagePart, Message } from '../message.ts';
import type { Abilities, Completion, Delta, GenerateOptions, Model } from '../model.ts';
import { type PageImage, pageImage } from './page-image.ts';

export interface RecogniseOptions {
  readonly signal: AbortSignal;
}

/** Reads the text of one page. @throws GlyphError `aborted` when the signal fires; `input`, `io`, `model` otherwise. */
export type Recognise = (image: PageImage, options: RecogniseOptions) => Promise<string>;

export interface TesseractOptions {
  readonly recognise: Recognise;
  /** Tesseract's name of the language read, e.g. "eng"; stands in the model's id. */
  readonly language?: string | undefined;
  /** Milliseconds; the run-time's clock unless given. */
  readonly now?: (() => number) | undefined;
}

const abilities: Abilities = {
  task: 'transcribe',
  tools: 'no',
  partOrder: 'as-given',
  imagesPerRequest: 1,
};

/**
 * A model whose requests hold one page image; any text beside it is the instruction to transcribe and is not read.
 * A generation throws GlyphError kind `config` for a request without a page or with several, and for tools; settings
 * such as a temperature or a limit of tokens do nothing.
 */
export function createTesseractModel(options: TesseractOptions): Model {
  const { recognise, language = 'eng', now = () => performance.now() } = options;
  const id = `tesseract:${language}`;
  async function* transcribe(
    messages: readonly Message[],
    generateOptions: GenerateOptions,
    signal: AbortSignal,
  ): AsyncGenerator<Delta, Completion> {
    checkOptions(generateOptions, abilities);
    throwIfAborted(signal, 'transcribe a page');
    const startMs = now();
    const text = (await recognise(pageImage(onlyPage(messages)), { signal })).trimEnd();
    const totalMs = now() - startMs;
    const firstTokenMs = text === '' ? undefined : totalMs;
    if (text !== '') yield { type: 'text', text };
    return {
      text,
      reasoning: [],
      toolCalls: [],
      usage: undefined,
      finishReason: 'stop',
      timing: { firstTokenMs, totalMs, attempts: 1 },
      model: id,
    };
  }
  return {
    id,
    family: 'tesseract',
    abilities,
    generate: (messages, generateOptions = {}) =>
      createGeneration(caller => {
        const signals = [caller.signal, generateOptions.signal ?? caller.signal];
        return transcribe(messages, generateOptions, AbortSignal.any(signals));
      }),
  };
}

/** The one image of a request. */
function onlyPage(messages: readonly Message[]): ImagePart {
  const pages = messages.flatMap(message => message.parts.filter(part => part.type === 'image'));
  const [page] = pages;
  if (page !== undefined && pages.length === 1) return page;
  throw new GlyphError({
    kind: 'config',
    operation: 'ask tesseract',
    expected: 'one page image in a request',
    actual: pages.length === 0 ? 'none' : `${pages.length}`,
    hint: 'tesseract only transcribes pages and answers no questions; use `read`, or another model',
  });
}
