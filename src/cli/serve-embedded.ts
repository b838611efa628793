/**
 * The embedded reader for `glyph serve --model embedded`. It reads pages, so a question that comes with a long text is
 * answered as `glyph ask` does: the text is drawn, and the lines that the answer rests on follow it.
 */
import { createGeneration, type GenerateOptions, type Message, type Model } from '../model/index.ts';
import { drawForReader, openReader } from '../node/index.ts';
import { createModelServer, type ModelServerOptions } from '../proxy/index.ts';
import { answerFromPages, type Reader, readerFamily } from '../reader/index.ts';
import { embeddedText } from './ask-embedded-text.ts';
import type { Arguments } from './command.ts';
import { usageError } from './usage-error.ts';

const heeded = new Set(['port', 'host', 'allow-host', 'token', 'log', 'model']);

/** @throws GlyphError kind `config` for another model or a flag that would be without effect, else as `openReader` */
export async function openEmbeddedServer(
  spec: string,
  { flags }: Arguments,
  options: Pick<ModelServerOptions, 'token' | 'onRecord'>,
) {
  const [, folder] = /^embedded(?::(.+))?$/s.exec(spec) ?? [];
  const isEmbedded = spec === readerFamily || folder !== undefined;
  const other = Object.keys(flags).find(name => !heeded.has(name));
  if (!isEmbedded || other !== undefined) throw wrongFlag(isEmbedded ? `--${other}` : spec);
  const reader = await openReader(folder);
  const { fetch } = createModelServer({ ...options, name: readerFamily, model: askedFromPages(reader) });
  return { fetch, close: () => reader.close() };
}

const wrongFlag = (actual: string) =>
  usageError({
    operation: 'serve a model',
    expected: `--model embedded or embedded:FOLDER, and only ${[...heeded].map(name => `--${name}`).join(' ')}`,
    actual,
    hint: 'models of vendors are behind the proxy: leave --model out and see --upstream-openai',
  });

/** The reader, which draws long texts before it answers. */
export const askedFromPages = (reader: Reader): Model => ({
  ...reader,
  generate(messages, options = {}) {
    const asked = splitQuestion(messages);
    return asked === undefined ? reader.generate(messages, options) : answerAbout(reader, asked, options);
  },
});

interface Asked {
  readonly text: string;
  readonly question: string;
}

/** A shorter text is no document. */
const minDocumentCharacters = 400;

/**
 * The last paragraph of the last message is the question, and what users said before it the document. Undefined where
 * there is no long text, or pages came as images.
 */
function splitQuestion(messages: readonly Message[]): Asked | undefined {
  const parts = messages.flatMap(({ role, parts: given }) => (role === 'user' ? given : []));
  if (parts.some(part => part.type === 'image')) return undefined;
  const texts = parts.flatMap(part => (part.type === 'text' ? [part.text] : []));
  const last = (texts.pop() ?? '').trimEnd();
  const at = last.lastIndexOf('\n\n');
  const before = [...texts, at < 0 ? '' : last.slice(0, at)];
  const text = before.filter(each => each.length >= minDocumentCharacters).join('\n\n');
  return text === '' ? undefined : { text, question: last.slice(at < 0 ? 0 : at).trim() };
}

function answerAbout(
  reader: Reader,
  { text, question }: Asked,
  { maxTokens, signal: given }: GenerateOptions,
) {
  return createGeneration(async function* ({ signal: left }) {
    const startMs = performance.now();
    const signal = AbortSignal.any([left, given ?? left]);
    const drawn = await drawForReader(text, reader, signal);
    const answer = await answerFromPages(reader, drawn, question, {
      maxTokens,
      signal,
    });
    const said = embeddedText({
      question,
      answer,
      document: { name: 'the text' },
      model: reader.id,
    }).trimEnd();
    yield { type: 'text', text: said } as const;
    const { inputTokens, outputTokens, finishReason } = answer;
    const totalMs = performance.now() - startMs;
    return {
      ...{ text: said, reasoning: [], toolCalls: [], finishReason, model: reader.id },
      usage: { inputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens },
      timing: { firstTokenMs: totalMs, totalMs, attempts: 1 },
    };
  });
}
