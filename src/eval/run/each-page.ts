/** The pages of a text as a request each, with the words a model knows for transcribing. */
import { GlyphError } from '../../base/index.ts';
import { type Message, type Model, messageText, textMessage } from '../../model/index.ts';
import { renderPages } from '../../render/index.ts';
import { visionTokens } from '../../tokens/index.ts';
import { transcribePrompt } from '../transcribe-prompt.ts';
import type { ArmRequest, RequestEffects, ShownPage } from './build-request.ts';

/** @throws GlyphError kind `tokens` for a page the model refuses, others as `renderPages` */
export async function eachPage(text: string, effects: RequestEffects): Promise<ArmRequest> {
  const { model, config, loadFont, count, clock, tokenizer } = effects;
  const startMs = clock.now();
  const pages: ShownPage[] = [];
  let visionTotal = 0;
  for await (const { png, widthPx, heightPx, number, span } of renderPages(text, config, { loadFont })) {
    const { tokens, perImageOverhead } = visionTokens(model.family, widthPx, heightPx);
    visionTotal += tokens + perImageOverhead;
    pages.push({ number, image: { bytes: png, widthPx, heightPx }, text: text.slice(span.start, span.end) });
  }
  const [first, ...others] = pages.map(page => transcribing(page, model));
  if (first === undefined) throw noPages();
  const [textTokens, promptTokens] = [count(text), pages.length * count(messageText(first[0]!))];
  const imageBytes = pages.reduce((sum, { image }) => sum + image.bytes.length, 0);
  const tokensAfter = visionTotal + promptTokens;
  return {
    messages: first,
    more: others,
    pages,
    accounting: {
      tokensBefore: textTokens + promptTokens,
      tokensAfter,
      visionTokens: visionTotal,
      pagedTextTokens: textTokens,
      pagedTokens: visionTotal,
      compressionRatio: textTokens / visionTotal,
      tokenizer,
      images: pages.length,
      imageBytes,
      prepareMs: clock.now() - startMs,
    },
  };
}

function transcribing({ image }: ShownPage, { abilities }: Model): readonly Message[] {
  const { parts } = textMessage('user', abilities.transcribePrompt ?? transcribePrompt);
  return [{ role: 'user', parts: [{ type: 'image', mediaType: 'image/png', ...image }, ...parts] }];
}

const noPages = () =>
  new GlyphError({
    kind: 'input',
    operation: 'draw a text to be transcribed',
    expected: 'at least one page',
    actual: 'an empty text',
  });
