/** What `glyph ask` says besides the answer: the closing line, the plan of a dry run, and both as JSON. */
import type { Accounting, Answer, Compressed, SharpenedPage } from '../compress/index.ts';
import type { Model } from '../model/index.ts';
import { cost, promptTokens, type TokenUsage } from '../tokens/index.ts';
import { countOf, countText, durationText, ratioText } from './figures.ts';

/** e.g. "12,000 text tokens as 3,900 (3.1x), 6 pages, 4.2 s, $0.0104, places cited: …" */
export function closeReport(answer: Answer, family: string, seconds: number): string {
  const { accounting, usage, citations, brokenCitations, finishReason } = answer;
  const billed = usage === undefined ? undefined : costUsd(family, usage);
  const lines = [
    [
      tokensText(accounting),
      countOf(accounting.pages, 'page'),
      durationText(seconds),
      ...(usage === undefined
        ? []
        : [`billed ${countText(promptTokens(usage))} in, ${countText(usage.outputTokens)} out`]),
      ...(billed === undefined ? [] : [usdText(billed)]),
    ].join(', '),
    ...citations.map(
      ({ document, page, lines: cited, start, end }) =>
        `[p${page}${cited === undefined ? '' : `:${cited.first}-${cited.last}`}] ${document}, characters ${countText(start)} to ${countText(end)}`,
    ),
    ...(brokenCitations.length === 0
      ? []
      : [`note: cited places that do not exist: ${brokenCitations.join(' ')}`]),
    ...(accounting.exact.leftOut === 0
      ? []
      : [`note: ${countOf(accounting.exact.leftOut, 'exact string')} left out for want of budget`]),
    ...(accounting.redacted === 0 ? [] : [`note: ${countOf(accounting.redacted, 'secret')} replaced`]),
    ...(finishReason === 'length' ? ['note: the answer was cut at its token limit (--max-tokens)'] : []),
    ...(finishReason === 'refusal' ? ['note: the model refused or its filter stopped it'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function tokensText({ tokensBefore, tokensAfter, pages }: Accounting): string {
  if (pages === 0) return countOf(tokensAfter, 'text token');
  return `${countOf(tokensBefore, 'text token')} as ${countText(tokensAfter)} (${ratioText(tokensBefore / Math.max(1, tokensAfter))})`;
}

/** Undefined where no price is known. */
function costUsd(family: string, usage: TokenUsage): number | undefined {
  try {
    return cost(family, usage).costUsd;
  } catch {
    return undefined;
  }
}

const usdText = (usd: number) => `$${usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;

/** The plan of a dry run, for people. */
export function planText({ accounting, decisions, requests }: Compressed, { id, family }: Model): string {
  const { exact, zoom, tokensAfter, tokensBefore, visionTokens, tokenizer, basis, redacted } = accounting;
  const after = costUsd(family, { inputTokens: tokensAfter });
  const before = costUsd(family, { inputTokens: tokensBefore });
  return `${[
    `To ${id}, nothing sent:`,
    ...decisions.filter(each => each.reason !== 'instruction').map(each => `  ${each.sentence}`),
    `  ${countOf(tokensAfter, 'input token')} in ${countOf(requests.length, 'request')}: ${countText(visionTokens)} vision (${basis}), ${countText(tokensAfter - visionTokens)} text (${tokenizer}), without the chat frame's few.`,
    `  As text alone: ${countText(tokensBefore)}, so ${ratioText(tokensBefore / Math.max(1, tokensAfter))}.`,
    ...(exact.found === 0
      ? []
      : [
          `  Exact strings: ${countText(exact.carried)} of ${countText(exact.found)} as text, ${countText(exact.leftOut)} left out, ${countOf(exact.tokens, 'token')}.`,
        ]),
    ...(zoom.sharpened.length === 0
      ? []
      : [`  Sharpened: ${sharpenedText(zoom.sharpened)}; ${countText(zoom.tokens)} tokens more.`]),
    ...(redacted === 0 ? [] : [`  Secrets replaced: ${countText(redacted)}.`]),
    after === undefined || before === undefined
      ? `  Cost: no list price known for ${family}.`
      : `  Cost of the input: ${usdText(after)}; as text ${usdText(before)}.`,
  ].join('\n')}\n`;
}

const namedPages = 8;

function sharpenedText(pages: readonly SharpenedPage[]): string {
  const named = pages
    .slice(0, namedPages)
    .map(({ page, as, dpi }) => `${page} (${as === 'text' ? 'as text' : `${dpi} dpi`})`);
  const more = pages.length - named.length;
  return `page ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const json = (value: unknown) => `${JSON.stringify(value)}\n`;

export function jsonPlan({ accounting, decisions, requests }: Compressed, { id, family }: Model): string {
  const inputUsd = costUsd(family, { inputTokens: accounting.tokensAfter });
  return json({
    model: id,
    accounting,
    decisions,
    requests: requests.map(({ pages, account }) => ({ pages, ...account })),
    inputCostUsd: inputUsd ?? null,
  });
}

export function jsonAnswer(
  answer: Answer,
  { id, family }: Model,
  seconds: number,
  folder: string | undefined,
): string {
  const { usage } = answer;
  return json({
    ...answer,
    model: id,
    seconds,
    usage: usage ?? null,
    costUsd: usage === undefined ? null : (costUsd(family, usage) ?? null),
    ...(folder === undefined ? {} : { pagesFolder: folder }),
  });
}
