/**
 * `glyph ask` with the embedded reader: it finds and quotes lines rather than reasons, so its answer is shown only where
 * it stands in the lines it quotes, and the lines always are.
 */
import { joinTexts } from '../compress/index.ts';
import { closeDocuments, drawForReader, openDocuments } from '../node/index.ts';
import { answerFromPages, type Reader } from '../reader/index.ts';
import {
  type AskedReader,
  type AskFigures,
  embeddedJson,
  embeddedReport,
  embeddedText,
} from './ask-embedded-text.ts';
import { type Arguments, exitCodes, hasFlag, type Terminal } from './command.ts';
import { countFlag, inputOptions } from './input-flags.ts';
import { usageError } from './usage-error.ts';

const heeded = new Set([
  ...['model', 'max-tokens', 'json', 'quiet', 'pdf'],
  ...['encoding', 'invalid', 'no-ignore'],
]);

export const smallModelNote =
  'note: the embedded reader is a small model that finds and quotes lines; it does not reason. A stronger one: --model openai:NAME, anthropic:NAME or gemini:NAME\n';

export async function askEmbedded(
  inputs: readonly string[],
  question: string,
  reader: Reader,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  refuseOthers(args);
  const maxTokens = countFlag(args, 'max-tokens', reader.limits.contextTokens);
  const isJson = hasFlag(args, 'json');
  const isQuiet = hasFlag(args, 'quiet');
  const say = isQuiet ? () => {} : (text: string) => terminal.err(text);
  const { signal } = terminal;
  const startMs = performance.now();
  const documents = await openDocuments(inputs, {
    ...inputOptions(args, terminal),
    pdf: 'text',
    onNote: note => say(`note: ${note}\n`),
  });
  try {
    if (!isJson) say(smallModelNote);
    const document = joinTexts(documents.filter(each => each.kind === 'text'));
    const drawn = await drawForReader(document.text, reader, signal);
    const answer = await answerFromPages(reader, drawn, question, {
      maxTokens,
      signal,
    });
    const figures: AskFigures = {
      pages: drawn.pages.length,
      seconds: (performance.now() - startMs) / 1000,
    };
    const asked: AskedReader = { question, answer, document, model: reader.id };
    terminal.out(isJson ? embeddedJson(asked, figures) : embeddedText(asked));
    if (!isJson) say(embeddedReport(asked, figures));
    return exitCodes.ok;
  } finally {
    await closeDocuments(documents);
    await reader.close();
  }
}

/** @throws GlyphError kind `config` for a flag that would be without effect */
function refuseOthers({ flags }: Arguments): void {
  const other = Object.keys(flags).find(name => !heeded.has(name));
  const isPages = flags['pdf'] === 'pages';
  if (other === undefined && !isPages) return;
  throw usageError({
    operation: 'ask the embedded reader',
    expected: `only flags it heeds: ${[...heeded].map(name => `--${name}`).join(' ')}`,
    actual: isPages ? '--pdf pages' : `--${other}`,
    hint: 'leave it out, or choose a stronger model with --model, e.g. --model openai:gpt-4.1',
  });
}
