/** Errors as the core throws them, in Chinese: where one changes its words, its phrase is missing here. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderPages } from '../../../browser.ts';
import { ask } from '../../../compress/index.ts';
import { parseConfig } from '../../../config/index.ts';
import { createMockModel, openModel, textMessage } from '../../../model/index.ts';
import { loadFont, readDocumentText } from '../../../node/index.ts';
import { visionTokens } from '../../../tokens/index.ts';
import { describeFailure } from '../../describe-failure.ts';
import { failure as answerOf } from '../../failure.ts';
import { openStudioModels } from '../../models.ts';
import { chineseFailure } from './chinese-failures.ts';
import { english } from './english.ts';

async function failureOf(work: () => unknown) {
  try {
    await work();
  } catch (error) {
    return describeFailure(error);
  }
  return assert.fail('nothing was thrown');
}

const said = async (work: () => unknown) => chineseFailure(await failureOf(work));

const askVia = async (fetched: typeof fetch) => {
  const effects = { fetch: fetched, now: () => 0, random: () => 0, sleep: async () => {} };
  const model = openModel('openai:gpt-4.1', { env: { OPENAI_API_KEY: 'k-secret' }, effects });
  return await model.generate([textMessage('user', 'Why?')]);
};

test('errors of the core are told in Chinese, with their names and numbers as they came', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const options = { model: createMockModel(['Yes.'], { family: 'gpt-4.1' }), loadFont };
  const document = { name: 'a.txt', text: 'A word. '.repeat(2000) };
  const cases: readonly (readonly [work: () => unknown, chinese: string])[] = [
    [
      () => readDocumentText('a.bin', bytes('PK\x03\x04')),
      '读取 "a.bin" 时出错：应为文本，实为 ZIP 压缩包（也可能是 docx、xlsx、epub）（提示：请先转换为纯文本）',
    ],
    [
      () => readDocumentText('a.pdf', bytes('%PDF-1.7 and no more')),
      '读取 "a.pdf" 时出错：应为 PDF 文件，实为其他文件，或不完整、已损坏的文件',
    ],
    [() => parseConfig({ dpi: 5 }), '读取设置“dpi”时出错：应为 10 到 1200 之间的数（每英寸像素），实为 5'],
    [
      () => parseConfig({ marginX: 300 }),
      '检查设置“pageSize”时出错：应为一行至少容下一个 9 pt 的字，实为页宽 595 pt 中的 -17 pt（提示：已减去左右边距、内边距、分栏、缩进和边框；请减小其中之一或字号）',
    ],
    [
      () => visionTokens('glm-4.1v', 10, 4000),
      '计算视觉词元时出错：应为长边不超过短边 200 倍的图，实为 28x11200，400.0 倍',
    ],
    [
      () => visionTokens('claude-sonnet-4-5', 10, 9000),
      '计算视觉词元时出错：应为 claude-standard 的边长至多 8000 像素，实为 10x9000',
    ],
    [
      () => visionTokens('qwn3-vl', 10, 10),
      '查找模型时出错：应为表中的模型，实为 "qwn3-vl"（提示：最接近的：qwen3-vl, qwen2-vl, qwen3-vl-）',
    ],
    [
      () => openStudioModels({}, undefined).open('anthropic:x'),
      '向 "anthropic:x" 提问时出错：应为工作室列表中的模型，实为服务器未设密钥的模型',
    ],
    [
      () => openModel('openai:gpt-4.1', { env: {} }),
      '打开“openai”的模型时出错：应为密钥，实为空（提示：请设置 OPENAI_API_KEY）',
    ],
    [
      () => askVia(async () => Response.json({ error: { message: 'No such key' } }, { status: 401 })),
      '向 OpenAI Chat Completions 提问时出错：应为回答，实为状态 401：No such key（提示：请检查 OPENAI_API_KEY 中的密钥）',
    ],
    [
      () => askVia(() => Promise.reject(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }))),
      '向 OpenAI Chat Completions 提问时出错：应为稳定的连接，实为连接被拒绝（ECONNREFUSED）（提示：服务器是否在此地址运行？）',
    ],
    [() => ask([document], ' ', options), '提问时出错：应为问题，实为空'],
    [() => ask([{ ...document, text: '' }], 'Why?', options), '提问时出错：应为有内容的文档，实为空文档'],
    [
      () => ask([document], 'Why?', { ...options, budget: { tokens: 50 } }),
      '把文档放入请求时出错：应为至多 50 词元、500 张图、图片共 49800000 字节，实为 783 词元、1 页（提示：请允许拆分为多个请求，或缩小字号）',
    ],
    [
      () => renderPages('x', parseConfig({ fontFamily: 'No Such' })).next(),
      '查找字体时出错：应为内置字体，或以网址给出的字体，实为 "No Such"',
    ],
  ];
  for (const [work, chinese] of cases) assert.equal(await said(work), chinese);
});

test('what has no phrase stays as it came, in a Chinese frame; English is what it was', async () => {
  const parts = { operation: 'fold a page', expected: 'paper', actual: '{x}', hint: 'buy some' };
  const message = 'fold a page: expected paper, got {x} (buy some)';
  assert.equal(
    chineseFailure({ message, parts }),
    'fold a page 时出错：应为 paper，实为 {x}（提示：buy some）',
  );
  assert.equal(english.failure({ message, parts }), message);
});

test('the server’s own words and a server that is not there are told in Chinese', async () => {
  const told = async (response: Response) => {
    const { error } = (await response.json()) as { error: string };
    return chineseFailure({ message: error });
  };
  assert.equal(await told(answerOf(413, 'a document may have 64 MB')), '文档至多 64 MB。');
  assert.equal(
    await told(answerOf(429, '8 questions are being answered', 'wait for one')),
    '正在回答 8 个问题，请等其中一个完成。',
  );
  const gone = describeFailure(new TypeError('Failed to fetch'));
  assert.equal(chineseFailure(gone), '无法连接工作室的服务器，它是否还在运行？');
});
