/** `glyph doctor` before servers on this machine, each with one thing wrong; `glyph deploy` in files that tools read. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { decode } from 'fast-png';
import { parseAllDocuments, parse as parseYaml } from 'yaml';
import { canaryText } from '../eval/server-check/canary.ts';
import { runHere } from './test/fake-terminal.ts';

/** A server as vLLM is one, as far as a client can tell, which counts an image by GLM's rule for sizes of whole patches. */
interface Traits {
  readonly model?: string;
  readonly contextTokens?: number;
  readonly mostImages?: number;
  readonly countImage?: (widthPx: number, heightPx: number) => number;
  readonly answer?: string;
}

const byGlm = (widthPx: number, heightPx: number) => Math.round(widthPx / 28) * Math.round(heightPx / 28) + 2;

async function startServer(t: TestContext, traits: Traits = {}): Promise<string> {
  const { model = 'zai-org/Glyph', contextTokens = 131_072, mostImages = 64, countImage = byGlm } = traits;
  const answer = traits.answer ?? canaryText(model);
  const server = createServer(async (request, response) => {
    const say = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (request.url === '/v1/models')
      return say(200, { data: [{ id: model, max_model_len: contextTokens }] });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { messages } = JSON.parse(Buffer.concat(chunks).toString());
    const parts = messages.flatMap((message: { content: string | object[] }) =>
      typeof message.content === 'string' ? [] : message.content,
    );
    const images: string[] = parts.flatMap(
      (part: { image_url?: { url: string } }) => part.image_url?.url ?? [],
    );
    if (images.length > mostImages)
      return say(400, {
        error: { message: `At most ${mostImages} image(s) may be provided in one prompt.` },
      });
    let tokens = 40;
    for (const url of images) {
      const { width, height } = decode(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'));
      tokens += countImage(width, height);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const events = [
      { model, choices: [{ index: 0, delta: { content: answer }, finish_reason: 'stop' }] },
      { choices: [], usage: { prompt_tokens: tokens, completion_tokens: 9 } },
    ];
    response.end(`${events.map(each => `data: ${JSON.stringify(each)}\n\n`).join('')}data: [DONE]\n\n`);
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const doctor = async (t: TestContext, traits: Traits = {}, ...more: readonly string[]) =>
  await runHere(['doctor', '--base-url', await startServer(t, traits), '--images', '8', ...more]);

test('a server in order is found so, at two sizes of a page', async t => {
  const { code, out, err } = await doctor(t);
  assert.equal(code, 0, err);
  assert.doesNotMatch(out, /wrong {3}|doubtful|skipped/);
  assert.match(out, /ok {8}server: it serves zai-org\/Glyph\n/);
  assert.match(out, /ok {8}reading: 0\.0 % of the characters/);
  assert.match(out, /ok {8}tokens: (\d+) tokens for a page of \d+ x \d+ px, as counted here\n/);
  assert.match(out, /ok {8}large-page: \d+ tokens for a page of \d+ x \d+ px, as counted here\n/);
  assert.match(out, /ok {8}images: 8 pages in a request\n/);
});

test('each thing that is wrong is named, with how to mend it', async t => {
  const cases: readonly (readonly [Traits, RegExp, (readonly string[])?])[] = [
    [{ model: 'other' }, /it serves other, not zai-org\/Glyph\n.*--model openai:other/, ['--model', 'glyph']],
    [
      { mostImages: 1 },
      /wrong {5}images: at most 1 pages a request\n.*--limit-mm-per-prompt '\{"image": 8\}'/,
    ],
    [{ answer: 'I see a picture of a document.' }, /wrong {5}reading: .* are wrong\n.*does not see the page/],
    [{ answer: '' }, /wrong {5}reading: an empty answer/],
    [
      { countImage: () => 66 },
      /wrong {5}tokens: 66 tokens for a page of .* by our count for .*\n.*(smaller|--family)/,
    ],
    [{ countImage: (w, h) => 4 * byGlm(w, h) }, /wrong {5}tokens: .*\n.*(larger|--family)/],
    [{ mostImages: 0 }, /wrong {5}images: a page was refused/],
  ];
  for (const [traits, expected, more = []] of cases) {
    const { code, out } = await doctor(t, traits, ...more);
    assert.equal(code, 1, out);
    assert.match(out, expected);
  }
  const doubtful = await doctor(t, {
    contextTokens: 8192,
    answer: `<think>hm</think>${canaryText('zai-org/Glyph')}`,
  });
  assert.equal(doubtful.code, 0);
  assert.match(doubtful.out, /doubtful {2}context: requests of up to 8192 tokens\n.*--max-model-len/);
  const unknown = await doctor(t, { model: 'my-model' });
  assert.match(unknown.out, /skipped {3}tokens: no rule for "my-model"\n.*--family glyph/);
  const known = await doctor(t, { model: 'my-model' }, '--family', 'glyph', '--json');
  const { findings } = JSON.parse(known.out) as { findings: { check: string; outcome: string }[] };
  assert.ok(findings.every(({ outcome }) => outcome === 'ok'));
});

test('no server, and no address, say how to get one', async () => {
  const nobody = await runHere(['doctor', '--base-url', 'http://127.0.0.1:9/v1']);
  assert.equal(nobody.code, 1);
  assert.match(nobody.err, /expected a server.*glyph deploy vllm/);
  assert.equal((await runHere(['doctor'])).code, 2);
});

test('deploy: a launch line, and files that shells and clusters read', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'glyph-deploy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const line = await runHere(['deploy', 'vllm', '--images', '9']);
  assert.match(line.out, /^vllm serve zai-org\/Glyph .*--limit-mm-per-prompt '\{"image":9,"video":0\}'/);
  for (const server of ['vllm', 'sglang']) {
    const out = join(folder, server);
    const { code, err } = await runHere([
      'deploy',
      server,
      '--model',
      './my model',
      '--gpus',
      '2',
      '-o',
      out,
    ]);
    assert.equal(code, 0, err);
    execFileSync('bash', ['-n', join(out, 'serve.sh')]);
    const compose = parseYaml(readFileSync(join(out, 'compose.yaml'), 'utf8'), { version: '1.1' });
    const { glyph } = compose.services;
    assert.ok(glyph.command.includes('{"image":64,"video":0}'));
    assert.ok(glyph.command.includes('/model') && glyph.volumes.includes('./my model:/model:ro'));
    const [deployment, service] = parseAllDocuments(readFileSync(join(out, 'kubernetes.yaml'), 'utf8')).map(
      each => each.toJS(),
    );
    assert.deepEqual([deployment.kind, service.kind], ['Deployment', 'Service']);
    const [container] = deployment.spec.template.spec.containers;
    assert.equal(container.resources.limits['nvidia.com/gpu'], 2);
    assert.deepEqual(container.args, glyph.command);
    for (const { name } of container.volumeMounts)
      assert.ok(
        deployment.spec.template.spec.volumes.some((volume: { name: string }) => volume.name === name),
      );
  }
  const typo = await runHere(['deploy', 'vlm']);
  assert.equal(typo.code, 2);
  assert.match(typo.err, /did you mean "vllm"/);
});
