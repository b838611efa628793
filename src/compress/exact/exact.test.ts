/** The bar: of all exact strings planted in documents of many sorts, none is lost on the way beside the pages. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom, type Random } from '../../base/index.ts';
import { defaultConfig } from '../../config/index.ts';
import { loadFont } from '../../node/index.ts';
import { renderPages } from '../../render/index.ts';
import { countTokensSync, loadTextTokenizer } from '../../tokens/index.ts';
import { buildSidecar, findExact, type SidecarPage } from './index.ts';
import { kinds, makeExact } from './test/planted.ts';
import { simplePages } from './test/simple-pages.ts';

await loadTextTokenizer();
const countTokens = (text: string) => countTokensSync(text);

const english =
  'the harbour lay quiet under a low sky while the clerk wrote his letter and waited for the tide'.split(' ');
const chinese = '港口在低沉的天空下十分安静书记员写着他的信等待潮水到来人们慢慢走过';
const words = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.pick(english)).join(' ');
const hanzi = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.pick([...chinese])).join('');

type Sort = (random: Random, string: string) => string;

/** A line of each sort of document around a planted string. */
const sorts: Readonly<Record<string, Sort>> = {
  prose: (r, s) => `${words(r, 8)} ${s}, ${words(r, 5)}. ${words(r, 12)}.`,
  code: (r, s) => `  const ${r.pick(english)} = lookup("${s.replaceAll('\\', '\\\\')}"); // ${words(r, 3)}`,
  log: (r, s) => `2026-01-03T10:11:12Z [${r.pick(['INFO', 'WARN'])}] ${words(r, 3)}: ${s} (${words(r, 2)})`,
  json: (r, s) => `  "${r.pick(english)}": ${JSON.stringify(s)}, "${r.pick(english)}": true,`,
  table: (r, s) => `| ${words(r, 2)} | ${s} | ${words(r, 1)} |`,
  chinese: (r, s) => `${hanzi(r, 20)}，${hanzi(r, 4)}：${s}。${hanzi(r, 10)}。`,
};

interface Document {
  readonly text: string;
  readonly planted: readonly string[];
}

function makeDocument(random: Random, sort: Sort): Document {
  const strings = Array.from({ length: random.integer(5, 60) }, (_, i) =>
    makeExact(random, kinds[i % kinds.length]!),
  );
  const lines = strings.flatMap(string => [
    sort(random, string),
    ...Array.from({ length: random.integer(0, 3) }, () => words(random, random.integer(3, 15))),
  ]);
  const escaped = sort === sorts['code'] || sort === sorts['json'];
  const planted = strings.map(string => (escaped ? string.replaceAll('\\', '\\\\') : string));
  return { text: lines.join('\n'), planted };
}

/** Every planted string stands in the text beside the pages, or is among those counted as left out. */
function assertNoneLost(
  { text, planted }: Document,
  pages: readonly SidecarPage[],
  maxTokens?: number,
): void {
  const spans = findExact(text);
  const sidecar = buildSidecar({ text, pages, spans, countTokens, maxTokens, question: planted[3] });
  for (const { span, page, line } of sidecar.carried) {
    const { lines } = pages.find(each => each.number === page)!;
    assert.ok(lines[line - 1]!.start <= span.start);
    assert.ok(span.start < (lines[line]?.start ?? text.length));
  }
  const carried = new Set(sidecar.carried.map(({ span }) => span));
  let notWritten = 0;
  for (const span of spans) {
    if (!carried.has(span)) notWritten++;
    else assert.ok(sidecar.text.includes(text.slice(span.start, span.end)));
  }
  assert.equal(notWritten, sidecar.leftOut);
  let from = 0;
  for (const string of planted) {
    const start = text.indexOf(string, from);
    from = start + string.length;
    const span = spans.find(each => each.start <= start && each.end >= from);
    assert.ok(span, `${string} is not found whole in ${text.slice(start - 30, from + 30)}`);
    if (carried.has(span)) assert.ok(sidecar.text.includes(string));
  }
  if (maxTokens === undefined) assert.equal(sidecar.leftOut, 0);
  else assert.ok(sidecar.tokens <= maxTokens);
  if (sidecar.leftOut > 0 && sidecar.text !== '')
    assert.ok(sidecar.text.includes(`… and ${sidecar.leftOut} more`));
}

describe('of the strings planted in 200 documents', () => {
  for (const [name, sort] of Object.entries(sorts)) {
    it(`none is lost in ${name}`, () => {
      for (let i = 0; i < 34; i++) {
        const random = createRandom(`${name} ${i}`);
        const document = makeDocument(random, sort);
        const pages = simplePages(document.text, random.integer(2, 50));
        assertNoneLost(document, pages);
        for (const maxTokens of [0, 20, 100, 500]) assertNoneLost(document, pages, maxTokens);
      }
    });
  }

  it('none is lost on rendered pages', async () => {
    for (const [name, sort] of Object.entries(sorts)) {
      const document = makeDocument(createRandom(`rendered ${name}`), sort);
      const pages: SidecarPage[] = [];
      for await (const page of renderPages(document.text, defaultConfig, { loadFont })) pages.push(page);
      assertNoneLost(document, pages);
      assertNoneLost(document, pages, 200);
    }
  });
});
