import assert from 'node:assert/strict';
import { type IncomingMessage, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { json } from '../model/test/loopback.ts';
import { listen, type NamedServer } from './index.ts';
import { startProxy, startUpstream } from './test/harness.ts';

/** As a browser asks after DNS was made to point here: `fetch` would not send another name. */
async function ask(origin: string, path: string, host: string, method = 'GET') {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asking = send(`${origin}${path}`, { method, headers: { host }, agent: false }, resolve);
    asking.once('error', reject).end(method === 'POST' ? '{}' : undefined);
  });
  return { status: answer.statusCode, body: await text(answer) };
}

test('a name that DNS points here is refused on every route, and nothing goes on', async t => {
  const upstream = await startUpstream(t);
  upstream.answerWith(json({}));
  const { origin } = await startProxy(t, upstream);
  const { port } = new URL(origin);
  const routes = [
    ['GET', '/metrics'],
    ['GET', '/v1/models'],
    ['POST', '/v1/messages'],
    ['POST', '/v1/chat/completions'],
  ] as const;
  for (const [method, path] of routes) {
    const { status, body } = await ask(origin, path, `evil.example:${port}`, method);
    assert.equal(status, 421, path);
    assert.match(body, /a name of this machine in Host.*evil\.example.*--allow-host evil\.example/, path);
  }
  assert.equal(upstream.received.length, 0);
  for (const name of [`127.0.0.1:${port}`, `LocalHost:${port}`, 'localhost', `[::1]:${port}`, '127.8.0.1']) {
    assert.equal((await ask(origin, '/metrics', name)).status, 200, name);
  }
  const odd = ['localhost.evil.example', '127.0.0.1.evil.example', 'evil.example@localhost', '0.0.0.0'];
  for (const name of odd) assert.notEqual((await ask(origin, '/metrics', name)).status, 200, name);
});

async function answering(t: TestContext, server: NamedServer): Promise<string> {
  const { origin, closeNow, close } = await listen(() => new Response('here'), { ...server, port: 0 });
  t.after(async () => {
    closeNow();
    await close();
  });
  return origin;
}

test('names that were allowed are answered, all of them where a token is asked for or others reach it', async t => {
  const named = await answering(t, { host: '127.0.0.1', allowHosts: ['Host.Docker.internal'] });
  assert.equal((await ask(named, '/', 'host.docker.internal:80')).status, 200);
  assert.equal((await ask(named, '/', 'docker.internal')).status, 421);
  const withToken = await answering(t, { host: '127.0.0.1', allowHosts: 'any' });
  assert.equal((await ask(withToken, '/', 'my-machine')).status, 200);
  const reached = await answering(t, { host: '0.0.0.0' });
  assert.equal((await ask(reached, '/', 'my-machine')).status, 200);
});
