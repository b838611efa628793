/** Sums over all requests, as Prometheus reads them (text exposition format 0.0.4). */
import { promptTokens } from '../tokens/index.ts';
import type { RequestRecord } from './record.ts';

export interface Metrics {
  add(record: RequestRecord): void;
  /** An answer begins; call what it returns when it has ended. */
  open(): () => void;
  text(): string;
}

interface Counter {
  readonly name: string;
  readonly help: string;
  of(record: RequestRecord): number;
}

const counters: readonly Counter[] = [
  { name: 'text_tokens_total', help: 'Tokens of requests as they came', of: r => r.textTokens },
  { name: 'sent_tokens_total', help: 'Tokens of requests as they were sent', of: r => r.sentTokens },
  { name: 'vision_tokens_total', help: 'Of the tokens sent, those of pages', of: r => r.visionTokens },
  {
    name: 'text_cost_total',
    help: 'Requests as they came, in tokens at the full input price, with caching',
    of: r => r.textCost,
  },
  { name: 'sent_cost_total', help: 'Requests as they were sent, likewise', of: r => r.sentCost },
  { name: 'pages_total', help: 'Pages sent', of: r => r.pages },
  { name: 'page_bytes_total', help: 'PNG bytes sent', of: r => r.pageBytes },
  { name: 'transform_seconds_total', help: 'Time spent on bodies', of: r => r.transformMs / 1000 },
  {
    name: 'billed_input_tokens_total',
    help: 'Input tokens that answers told, cached ones too',
    of: ({ usage }) => (usage === null ? 0 : promptTokens(usage)),
  },
  {
    name: 'billed_output_tokens_total',
    help: 'Output tokens that answers told',
    of: ({ usage }) => usage?.outputTokens ?? 0,
  },
];

export function createMetrics(): Metrics {
  const sums = new Map<string, number>();
  const requests = new Map<string, number>();
  let openAnswers = 0;
  return {
    add(record) {
      const labels = `decision="${record.decision}",reason="${record.reason}",ended="${record.ended}"`;
      requests.set(labels, (requests.get(labels) ?? 0) + 1);
      for (const { name, of } of counters) sums.set(name, (sums.get(name) ?? 0) + of(record));
    },
    open() {
      openAnswers++;
      return () => {
        openAnswers--;
      };
    },
    text() {
      const lines = [
        ...heading('requests_total', 'Requests', 'counter'),
        ...[...requests].map(([labels, count]) => `glyph_requests_total{${labels}} ${count}`),
        ...heading('open_answers', 'Answers under way', 'gauge'),
        `glyph_open_answers ${openAnswers}`,
        ...counters.flatMap(({ name, help }) => [
          ...heading(name, help, 'counter'),
          `glyph_${name} ${sums.get(name) ?? 0}`,
        ]),
      ];
      return `${lines.join('\n')}\n`;
    },
  };
}

const heading = (name: string, help: string, type: 'counter' | 'gauge'): string[] => [
  `# HELP glyph_${name} ${help}`,
  `# TYPE glyph_${name} ${type}`,
];
