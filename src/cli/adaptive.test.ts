/** An adaptive preset on the command line: which commands take it, and what the others say. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parseConfig } from '../config/index.ts';
import { documentHash, parseAdaptive } from '../render/index.ts';
import { runHere } from './test/fake-terminal.ts';

const preset = {
  prose: { pageSize: [420, 595], fontFamily: 'DejaVu Serif' },
  code: { fontFamily: 'DejaVu Sans Mono', reflow: 'off' },
  chinese: { pageSize: [420, 420], fontSize: 10 },
};

let folder = '';
const at = (name: string) => join(folder, name);
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'glyph-adaptive-'));
  const prose = 'There was no possibility of taking a walk that day; we had been wandering.\n'.repeat(40);
  const code = 'export function sum(list: number[]): number {\n  return add(list);\n}\n'.repeat(40);
  const chinese = '此开卷第一回也。作者自云：因曾历过一番梦幻之后，故将真事隐去。\n'.repeat(80);
  writeFileSync(at('mixed.txt'), `${prose}\n${code}\n${chinese}`);
  writeFileSync(at('adaptive.json'), JSON.stringify(preset));
});
after(() => rmSync(folder, { recursive: true }));

test('render draws each kind with its own, over the preset and under single settings', async () => {
  const words = ['render', at('mixed.txt'), '--config', at('adaptive.json'), '-o', at('pages')];
  const { code, out, err } = await runHere(words);
  assert.deepEqual([code, err], [0, '']);
  assert.match(out, /on \d+ pages \(\d+ prose, \d+ code, \d+ chinese\), .*\d\.\d\dx/);
  const again = JSON.parse((await runHere([...words, '--json'])).out);
  assert.deepEqual([again.drawn, again.configHash], [0, documentHash(parseAdaptive(preset))]);
  assert.deepEqual(Object.keys(again.kinds), ['prose', 'code', 'chinese']);
  const counts = Object.values<{ pages: number; characters: number }>(again.kinds);
  assert.equal(
    counts.reduce((sum, each) => sum + each.pages, 0),
    again.pages,
  );
  assert.equal(
    counts.reduce((sum, each) => sum + each.characters, 0),
    again.characters,
  );
  await runHere([...words, '--preset', 'dark', '--dpi', '60', '--quiet']);
  const { config } = JSON.parse(readFileSync(at('pages/manifest.json'), 'utf8'));
  const dark = JSON.parse((await runHere(['config', '--preset', 'dark', '--json'])).out);
  for (const kind of ['prose', 'code', 'chinese'] as const)
    assert.deepEqual(config[kind], parseConfig({ ...preset[kind], dpi: 60 }, parseConfig(dark)));
});

test('tokens, preview and config take it too, and show the same', async () => {
  const flags = ['--config', at('adaptive.json')];
  const rendered = JSON.parse(
    (await runHere(['render', at('mixed.txt'), ...flags, '-o', at('counted'), '--json'])).out,
  );
  const priced = JSON.parse(
    (await runHere(['tokens', at('mixed.txt'), ...flags, '--model', 'glm-4.1v', '--json'])).out,
  );
  assert.deepEqual(
    [priced.configHash, priced.pages, priced.models[0].visionTokens],
    [rendered.configHash, rendered.pages, rendered.visionTokens.count],
  );
  const shown = await runHere(['preview', at('mixed.txt'), ...flags, '-o', at('sheet.png')]);
  assert.equal(shown.out, `${rendered.pages} pages on ${at('sheet.png')}\n`);
  const settings = await runHere(['config', ...flags]);
  assert.match(settings.out, /^prose:\n[\s\S]*\ncode:\n[\s\S]*\nchinese:\n/);
  assert.ok(settings.out.endsWith(`hash of all ${rendered.configHash}\n`));
  const json = await runHere(['config', ...flags, '--json']);
  assert.deepEqual(JSON.parse(json.out), JSON.parse(JSON.stringify(parseAdaptive(preset))));
});

test('a wrong file is told with its kind and the nearest name, and nothing is written', async () => {
  for (const [content, message] of [
    [{ prose: {}, chines: {} }, /got "chines" \(did you mean "chinese"\?\)/],
    [{ code: { dpl: 72 } }, /read config of code: .*got "dpl" \(did you mean "dpi"\?\)/],
    [{ prose: 3 }, /read config of prose: expected an object of config keys, got 3/],
  ] as const) {
    writeFileSync(at('wrong.json'), JSON.stringify(content));
    const words = ['render', at('mixed.txt'), '--config', at('wrong.json'), '-o', at('none')];
    const { code, err } = await runHere(words);
    assert.equal(code, 2);
    assert.match(err, message);
    assert.ok(!existsSync(at('none')));
  }
});

test('commands that draw with one config refuse it and name those that take it', async () => {
  const flags = ['--config', at('adaptive.json')];
  const out = ['-o', at('none')];
  for (const words of [
    ['ask', at('mixed.txt'), 'Who?', '--model', 'openai:gpt-4.1', '--dry-run', ...flags],
    ['eval', 'ruler', '--model', 'mock:x', ...flags, ...out],
    ['data', 'pretrain', '--corpus', folder, ...flags, ...out],
    ['search', at('mixed.txt'), '--model', 'mock:x', '--from', at('adaptive.json'), ...out],
  ]) {
    const { code, err } = await runHere(words, { env: { OPENAI_API_KEY: 'none' } });
    assert.equal(code, 2, err);
    assert.match(
      err,
      /expected one config, got an adaptive preset of prose, code, chinese \(glyph render, preview, tokens/,
    );
  }
});
