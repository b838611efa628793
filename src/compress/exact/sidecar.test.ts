import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { GlyphError } from '../../base/index.ts';
import { countTokensSync, loadTextTokenizer } from '../../tokens/index.ts';
import { findExact } from './find-exact.ts';
import { buildSidecar, type SidecarInput } from './sidecar.ts';
import { simplePages } from './test/simple-pages.ts';

await loadTextTokenizer();
const countTokens = (text: string) => countTokensSync(text);

/** Pages of five lines, a line of the text a line of a page. */
function sidecarOf(text: string, options: Partial<SidecarInput> = {}) {
  return buildSidecar({ text, pages: simplePages(text, 5), spans: findExact(text), countTokens, ...options });
}

const heading =
  'Exact strings on these pages by page (p) and line (l); copy them from here, not from the images:';

const log = [
  'Started worker A1 on port 10240.',
  'Then nothing happened for a while.',
  'Payment of $12.50 by bob@example.com failed: err_4021, err_4022.',
  'It was tried again.',
  'Payment of $12.50 failed: err_4021.',
  'A new page begins here.',
  'Shipping label 00340434161094 printed in Cologne.',
  'The refund of invoice INV-2024 went to Alice.',
].join('\n');

describe('the sidecar', () => {
  it('names page and line, and writes a string once with its places', () => {
    const { text, carried, leftOut, tokens } = sidecarOf(log);
    assert.equal(
      text,
      [
        heading,
        'p1 l1 A1, 10240; l3 $12.50 (also l5), bob@example.com, err_4021 (also l5), err_4022',
        'p2 l2 00340434161094; l3 INV-2024',
      ].join('\n'),
    );
    assert.deepEqual(
      carried.map(({ span, page, line }) => [log.slice(span.start, span.end), page, line]),
      [
        ['A1', 1, 1],
        ['10240', 1, 1],
        ['$12.50', 1, 3],
        ['bob@example.com', 1, 3],
        ['err_4021', 1, 3],
        ['err_4022', 1, 3],
        ['$12.50', 1, 5],
        ['err_4021', 1, 5],
        ['00340434161094', 2, 2],
        ['INV-2024', 2, 3],
      ],
    );
    assert.equal(leftOut, 0);
    assert.equal(tokens, countTokens(text));
  });

  it('names few of many places', () => {
    const text = Array.from({ length: 12 }, () => 'see ABC-123').join('\n');
    const { text: written, carried } = sidecarOf(text);
    assert.equal(written, `${heading}\np1 l1 ABC-123 (also l2, l3, l4, l5, 7 more)`);
    assert.equal(carried.length, 12);
  });

  it('ties a string over two lines or pages to where it begins', () => {
    const text = 'see https://example.com/abcdef';
    const page = (number: number, start: number, end: number, at: number) => ({
      number,
      span: { start, end },
      lines: [
        { start, end: at },
        { start: at, end },
      ],
    });
    const pages = [page(7, 0, 20, 10), page(8, 20, text.length, 25)];
    const spans = findExact(text);
    const { carried } = buildSidecar({ text, pages, spans, countTokens });
    assert.deepEqual(carried, [{ span: { kind: 'url', start: 4, end: 30 }, page: 7, line: 1 }]);
    const onlySecond = buildSidecar({ text, pages: [page(8, 20, text.length, 25)], spans, countTokens });
    assert.deepEqual(onlySecond, { text: '', carried: [], leftOut: 0, tokens: 0 });
  });

  it('says nothing where nothing is exact', () => {
    assert.deepEqual(sidecarOf('Only words.'), { text: '', carried: [], leftOut: 0, tokens: 0 });
    assert.deepEqual(sidecarOf(''), { text: '', carried: [], leftOut: 0, tokens: 0 });
  });

  it('refuses a budget that is none', () => {
    for (const maxTokens of [-1, Number.NaN]) {
      assert.throws(
        () => sidecarOf(log, { maxTokens }),
        (error: unknown) => error instanceof GlyphError && error.kind === 'input',
      );
    }
  });
});

describe('a budget', () => {
  it('keeps what the question names, then what stands near its words, then the rest in order', () => {
    const kept = (question: string | undefined, expected: string) => {
      const notice = '… and 10 more exact strings on these pages, left out here';
      const maxTokens = heading.length + 1 + expected.length + notice.length;
      const { text } = sidecarOf(log, { question, maxTokens, countTokens: part => part.length });
      assert.match(text, /\n… and \d+ more exact strings on these pages, left out here$/);
      assert.equal(text.split('\n').slice(1, -1).join('\n'), expected);
    };
    kept('What is err_4022 about?', 'p1 l3 err_4022');
    kept('Which failed payment ends in 1094?', 'p2 l2 00340434161094');
    kept('How much was the refund for Alice?', 'p2 l3 INV-2024');
    kept('Which payment failed?', 'p1 l3 $12.50 (also l5)');
    kept(undefined, 'p1 l1 A1, 10240');
    kept('Unrelated matters', 'p1 l1 A1, 10240');
  });

  it('too small for any string leaves the number, and one too small for that leaves nothing', () => {
    assert.deepEqual(sidecarOf(log, { maxTokens: 14 }), {
      text: '… and 10 more exact strings on these pages, left out here',
      carried: [],
      leftOut: 10,
      tokens: 14,
    });
    assert.deepEqual(sidecarOf(log, { maxTokens: 3 }), { text: '', carried: [], leftOut: 10, tokens: 0 });
  });

  it('is kept even where the whole counts more than its parts', () => {
    const text = Array.from({ length: 300 }, (_, i) => `line with id_${i + 100}`).join('\n');
    const dear = (part: string) => Math.ceil(part.length ** 1.2 / 3);
    for (const maxTokens of [100, 500, 2000, 5000]) {
      const sidecar = sidecarOf(text, { countTokens: dear, maxTokens });
      assert.ok(sidecar.tokens <= maxTokens && sidecar.tokens === (sidecar.text && dear(sidecar.text)));
      assert.equal(sidecar.carried.length + sidecar.leftOut, 300);
    }
  });

  it('leaves out and carries all places, each once', () => {
    const line = fc.constantFrom(...log.split('\n'), 'ABC-123', 'x');
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 30 }),
        fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
        fc.constantFrom(undefined, 'payment err_4021', 'Alice'),
        (lines, maxTokens, question) => {
          const text = lines.join('\n');
          const { text: written, carried, leftOut, tokens } = sidecarOf(text, { maxTokens, question });
          const all = findExact(text);
          assert.equal(carried.length + leftOut, all.length);
          assert.equal(new Set(carried.map(({ span }) => span)).size, carried.length);
          for (const { span } of carried) assert.ok(written.includes(text.slice(span.start, span.end)));
          assert.ok(tokens <= (maxTokens ?? Number.POSITIVE_INFINITY));
          assert.equal(tokens, written === '' ? 0 : countTokens(written));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is met for 100,000 strings without counting anything twice over', () => {
    const text = Array.from({ length: 25_000 }, (_, i) => `a${i}b c${i}d e${i}f g${i}h`).join('\n');
    let counted = 0;
    const sidecar = sidecarOf(text, {
      question: 'which of c777d?',
      maxTokens: 60_000,
      countTokens: part => {
        counted += part.length;
        return part.length;
      },
    });
    assert.equal(sidecar.carried.length + sidecar.leftOut, 100_000);
    assert.ok(sidecar.text.includes('c777d') && sidecar.tokens > 59_000);
    assert.ok(counted < 5 * text.length, `${counted} characters for a text of ${text.length}`);
  });
});
