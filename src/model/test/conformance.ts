/**
 * What every wire must do with the engine, shown against a real server: the same answer whole and streamed however it
 * is cut, figures, errors by kind, retries, bounds, cancellation, and no key in any error.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { GlyphError } from '../../base/index.ts';
import { createHttpModel, type HttpModelSettings } from '../http-model.ts';
import type { Completion, Delta, Generation, Model } from '../model.ts';
import { ModelError, type ModelFailure } from '../model-error.ts';
import type { Exchange, WireExchanges } from './exchange.ts';
import { type Answer, flood, hang, json, type Loopback, silence, startLoopback, stream } from './loopback.ts';

/** Spelled otherwise in JSON and in URLs. */
const key = 'sk-v3ry/s3cret+"0123456789';
const keyTrace = /v3ry|s3cret/;

export function testWire(name: string, exchanges: WireExchanges): void {
  describe(`${name} over HTTP`, () => {
    let server: Loopback;
    const sleeps: number[] = [];
    before(async () => {
      server = await startLoopback();
    });
    after(() => server.close());

    const modelWith = (settings: Partial<HttpModelSettings> = {}): Model =>
      createHttpModel({
        wire: exchanges.wire,
        id: `${name}:${exchanges.model}`,
        family: exchanges.model,
        model: exchanges.model,
        baseUrl: server.origin,
        key,
        abilities: { task: 'answer', tools: 'yes', partOrder: 'as-given' },
        ...settings,
        effects: {
          random: () => 0.5,
          sleep: async ms => {
            sleeps.push(ms);
          },
          ...settings.effects,
        },
      });
    const ask = (exchange: Exchange, settings: Partial<HttpModelSettings> = {}): Generation =>
      modelWith(settings).generate(exchange.messages, exchange.options);
    const answers = (...list: readonly Answer[]) => {
      sleeps.length = 0;
      server.answerWith(...list);
    };
    const { answer } = exchanges;
    const streamLength = Buffer.byteLength(answer.stream);

    for (const title of ['answer', 'toolCall', 'reasoning', 'length'] as const) {
      const exchange = exchanges[title];

      test(`${title}: streamed in pieces of a few bytes`, async () => {
        for (const sizes of [[1, 7, 2, 5, 3, 6, 4], [1_000_000]]) {
          answers(stream(exchange.stream, { sizes }));
          const completion = await ask(exchange);
          assert.deepEqual(withoutTiming(completion), exchange.expected);
        }
        const [request] = server.received;
        assert.equal(request?.method, 'POST');
        assert.equal(request?.url, exchange.request.stream.path);
        assert.deepEqual(request?.body, exchange.request.stream.body);
        for (const [header, value] of Object.entries(exchange.request.stream.headers ?? {})) {
          assert.equal(request?.headers[header.toLowerCase()], value);
        }
        assert.ok(
          Object.values(request?.headers ?? {}).some(value => value?.includes(key)),
          'the key is sent',
        );
      });

      test(`${title}: whole`, async () => {
        answers(json(exchange.whole));
        const completion = await ask(exchange, { mode: 'whole' });
        assert.deepEqual(withoutTiming(completion), exchange.expected);
        assert.equal(server.received[0]?.url, exchange.request.whole.path);
        assert.deepEqual(server.received[0]?.body, exchange.request.whole.body);
      });

      test(`${title}: the pieces are the completion`, async () => {
        answers(stream(exchange.stream));
        const { deltas, completion } = await iterate(ask(exchange));
        assert.equal(joined(deltas, 'text'), completion.text);
        assert.equal(joined(deltas, 'reasoning'), completion.reasoning.map(part => part.text).join(''));
        assert.deepEqual(
          deltas.flatMap(delta => (delta.type === 'tool-call' ? [delta.call] : [])),
          completion.toolCalls,
        );
        assert.deepEqual(withoutTiming(completion), exchange.expected);
        assert.equal(server.received.length, 1, 'awaiting after iterating sends nothing');
      });
    }

    test('the text comes in several pieces, as it is written', async () => {
      answers(stream(answer.stream));
      const { deltas } = await iterate(ask(answer));
      assert.ok(deltas.length > 1, `${deltas.length}`);
    });

    test('a server that cannot stream is read whole, one that cannot but stream is read as it comes', async () => {
      answers(json(answer.whole));
      assert.deepEqual(withoutTiming(await ask(answer)), answer.expected);
      answers(stream(answer.stream));
      assert.deepEqual(withoutTiming(await ask(answer, { mode: 'whole' })), answer.expected);
    });

    test('timing', async () => {
      let now = 1000;
      answers(json({ error: { message: 'Later.' } }, 503), stream(answer.stream));
      const { timing } = await ask(answer, {
        effects: {
          now: () => now++,
          sleep: async ms => {
            now += ms;
          },
        },
      });
      assert.equal(timing.attempts, 2);
      assert.ok(timing.firstTokenMs !== undefined && timing.firstTokenMs >= 375, 'the wait counts');
      assert.ok(timing.totalMs > timing.firstTokenMs);
    });

    for (const bad of exchanges.badWhole) {
      test(`whole answer that is bad: ${bad.title}`, async () => {
        answers(json(bad.body));
        await assertFails(ask(answer, { mode: 'whole', retries: { attempts: 1 } }), bad.expected);
      });
    }

    for (const bad of exchanges.badStreams) {
      test(`stream that is bad: ${bad.title}`, async () => {
        answers(stream(bad.body));
        await assertFails(ask(answer, { retries: { attempts: 1 } }), bad.expected);
      });
    }

    for (const { title, status, headers, body, expected } of exchanges.errors) {
      test(`status ${status}: ${title}`, async () => {
        answers(json(body, status, headers));
        const error = await assertFails(
          ask(answer, { retries: { attempts: 1 }, keyVariable: 'THE_KEY' }),
          expected,
        );
        assert.equal(error.status, status);
        assert.ok(error.bodyExcerpt);
        if (expected === 'credentials') assert.match(error.message, /THE_KEY/);
        if (expected === 'rate-limit') assert.ok(error.retryAfterMs);
      });
    }

    test('malformed JSON and an empty body', async () => {
      for (const body of ['{"a":', '', 'nonsense']) {
        answers(json(body));
        await assertFails(ask(answer, { mode: 'whole', retries: { attempts: 1 } }), 'malformed-response');
      }
      answers(stream('<html>log in</html>', { contentType: 'text/html' }));
      const error = await assertFails(ask(answer, { retries: { attempts: 1 } }), 'malformed-response');
      assert.match(error.message, /base URL/);
    });

    test('a refusal with Retry-After is repeated after that time', async () => {
      const refusal = json({ error: { message: 'Slow down.' } }, 429, { 'retry-after': '3' });
      answers(refusal, stream(answer.stream));
      const completion = await ask(answer);
      assert.deepEqual(withoutTiming(completion), answer.expected);
      assert.equal(completion.timing.attempts, 2);
      assert.deepEqual(sleeps, [3000]);
    });

    test('a wait longer than the limit is not waited for', async () => {
      answers(json({ error: { message: 'Tomorrow.' } }, 429, { 'retry-after': '86400' }));
      const error = await assertFails(ask(answer), 'rate-limit');
      assert.equal(error.retryAfterMs, 86_400_000);
      assert.deepEqual(sleeps, []);
    });

    test('a failing server is asked again, with growing waits, and not for ever', async () => {
      const failure = json({ error: { message: 'Oops.' } }, 500);
      answers(failure, stream(answer.stream));
      assert.equal((await ask(answer)).text, answer.expected.text);
      assert.deepEqual(sleeps, [375]); // 500 ms × (0.5 + 0.5 / 2)
      answers(failure);
      await assertFails(ask(answer), 'server');
      assert.equal(server.received.length, 4);
      assert.deepEqual(sleeps, [375, 750, 1500]);
    });

    test('a wrong request is not repeated', async () => {
      answers(json({ error: { message: 'No such field.' } }, 400));
      await assertFails(ask(answer), 'request');
      assert.equal(server.received.length, 1);
    });

    test('a stream cut before its first piece, or awaited, is asked for again', async () => {
      answers(stream(answer.stream, { breakAfter: 3 }), stream(answer.stream));
      assert.equal((await iterate(ask(answer))).completion.timing.attempts, 2);
      answers(stream(answer.stream, { breakAfter: streamLength - 20 }), stream(answer.stream));
      const completion = await ask(answer);
      assert.deepEqual(withoutTiming(completion), answer.expected);
      assert.equal(completion.timing.attempts, 2);
    });

    test('the pieces of an attempt that failed are forgotten, unless they were given', async () => {
      const cut = stream(answer.stream, { breakAfter: streamLength - 20, sizes: [64] });
      answers(cut, stream(answer.stream));
      const awaited = ask(answer);
      await awaited;
      assert.equal(joined((await iterate(awaited)).deltas, 'text'), answer.expected.text);
      answers(cut, stream(answer.stream));
      await assert.rejects(iterate(ask(answer)), ModelError);
      assert.equal(server.received.length, 1);
    });

    test('a stream cut anywhere after pieces were given throws, with the text so far', async () => {
      for (let breakAfter = 1; breakAfter < streamLength; breakAfter += 13) {
        answers(stream(answer.stream, { breakAfter, sizes: [64] }));
        const deltas: Delta[] = [];
        const generation = ask(answer, { retries: { attempts: 1 } });
        try {
          for await (const delta of generation) deltas.push(delta);
          assert.equal(joined(deltas, 'text'), answer.expected.text, `cut at ${breakAfter}`);
        } catch (error) {
          assert.ok(error instanceof ModelError, String(error));
          assert.ok(['network', 'malformed-response'].includes(error.failure), error.message);
          assert.equal(error.partialText ?? '', joined(deltas, 'text'));
          assert.ok(answer.expected.text.startsWith(joined(deltas, 'text')));
          await assert.rejects(Promise.resolve(generation), (again: unknown) => again === error);
        }
      }
    });

    test('a body without end is stopped early', { timeout: 120_000 }, async () => {
      for (const status of [200, 400]) {
        let sentBytes = 0;
        let closing: Promise<void> | undefined;
        answers((response, closed) => {
          closing = closed;
          return flood(status, byteLength => {
            sentBytes += byteLength;
          })(response, closed);
        });
        const expected = status === 200 ? 'oversized-response' : 'request';
        const error = await assertFails(ask(answer, { maxAnswerBytes: 1_000_000 }), expected);
        assert.ok((error.bodyExcerpt ?? '').length <= 300);
        await closing;
        assert.equal(server.received.length, 1);
        assert.ok(sentBytes < 20_000_000, `${sentBytes} bytes sent`);
      }
    });

    test('an event without end is stopped early', async () => {
      answers(stream(`data: ${'x'.repeat(5_000_000)}`, { sizes: [65_536] }));
      await assertFails(ask(answer), 'oversized-response');
    });

    test('a server that hangs', async () => {
      const quick = { retries: { attempts: 1 } };
      answers(silence);
      await assertFails(ask(answer, { ...quick, timeouts: { connectMs: 20 } }), 'timeout');
      answers(hang());
      await assertFails(ask(answer, { ...quick, timeouts: { idleMs: 20 } }), 'timeout');
      answers(hang(answer.stream.slice(0, Math.floor(answer.stream.length / 2))));
      await assertFails(ask(answer, { timeouts: { totalMs: 40 } }), 'timeout');
      assert.deepEqual(sleeps, [], 'no time is left to wait');
    });

    test('the whole time counts over all attempts', async () => {
      answers(silence);
      const timeouts = { connectMs: 5, totalMs: 40 };
      const error = await assertFails(ask(answer, { timeouts, retries: { attempts: 1000 } }), 'timeout');
      assert.match(error.message, /40 ms/);
    });

    test('a server that stays open after the last piece', async () => {
      answers(hang(answer.stream));
      // On a loaded machine the limit may run out before that piece too, and then it is asked again.
      const settings = { timeouts: { idleMs: 100 }, retries: { attempts: 100 } };
      assert.equal((await ask(answer, settings)).text, answer.expected.text);
    });

    test('no server', async () => {
      const gone = await startLoopback();
      await gone.close();
      const error = await assertFails(ask(answer, { baseUrl: gone.origin }), 'network');
      assert.deepEqual(sleeps.length > 0, true);
      assert.match(error.message, /ECONNREFUSED/);
    });

    test('cancelled before, while waiting, while reading and while pausing', async () => {
      const before = new AbortController();
      before.abort();
      answers(stream(answer.stream));
      await assertAborted(modelWith().generate(answer.messages, { signal: before.signal }));
      assert.equal(server.received.length, 0);

      const waiting = new AbortController();
      answers(async (_, closed) => {
        waiting.abort();
        await closed;
      });
      await assertAborted(modelWith().generate(answer.messages, { signal: waiting.signal }));

      const reading = new AbortController();
      answers(hang(answer.stream.slice(0, -20)));
      const generation = modelWith().generate(answer.messages, { signal: reading.signal });
      await assert.rejects(async () => {
        for await (const _ of generation) reading.abort();
      }, isAborted);

      const pausing = new AbortController();
      answers(json({}, 500));
      const sleep = () => {
        pausing.abort();
        return new Promise<void>(() => {});
      };
      await assertAborted(
        modelWith({ effects: { sleep } }).generate(answer.messages, { signal: pausing.signal }),
      );
    });

    test('leaving the iteration closes the connection', { timeout: 120_000 }, async () => {
      let closing: Promise<void> | undefined;
      answers((response, closed) => {
        closing = closed;
        return hang(answer.stream.slice(0, -20))(response, closed);
      });
      const generation = ask(answer);
      for await (const _ of generation) break;
      await closing;
      await assertAborted(generation);
      assert.equal(server.received.length, 1);
    });

    test('leaving while a piece is awaited closes the connection', { timeout: 120_000 }, async () => {
      let arrived = () => {};
      const arrival = new Promise<void>(resolve => {
        arrived = resolve;
      });
      let closing: Promise<void> | undefined;
      answers((_, closed) => {
        closing = closed;
        arrived();
      });
      const iterator = ask(answer)[Symbol.asyncIterator]();
      const next = iterator.next();
      await arrival;
      await iterator.return?.();
      await assert.rejects(next, isAborted);
      await closing;
    });

    test('a connection serves again', async () => {
      const fresh = await startLoopback();
      fresh.answerWith(stream(answer.stream));
      try {
        for (let call = 0; call < 5; call++) await ask(answer, { baseUrl: fresh.origin });
        assert.ok(fresh.connections < 5, `${fresh.connections}`);
      } finally {
        await fresh.close();
      }
    });

    test('nothing is sent before it is asked for, and once only', async () => {
      answers(stream(answer.stream));
      const generation = ask(answer);
      await new Promise(resolve => setImmediate(resolve));
      assert.equal(server.received.length, 0);
      const [first, second, iterated] = await Promise.all([generation, generation, iterate(generation)]);
      assert.deepEqual(first, second);
      assert.equal(joined(iterated.deltas, 'text'), answer.expected.text);
      assert.equal(joined((await iterate(generation)).deltas, 'text'), answer.expected.text);
      assert.equal(server.received.length, 1);
    });

    test('no key in any error, whatever the server repeats', async () => {
      const echo = {
        error: { message: `wrong key ${key}, ${encodeURIComponent(key)}`, type: key, code: key },
      };
      const failures: Answer[] = [
        json(echo, 401),
        json(`plain ${key}`, 500),
        json(echo),
        stream(`data: ${JSON.stringify(echo)}\n\n`),
        stream(`data: {"${key}\n\n`),
        json(`{"${key}`),
      ];
      for (const failure of failures) {
        answers(failure);
        const error = await assertFails(ask(answer, { retries: { attempts: 1 } }));
        assertNoKey(error);
      }
      const leaky = Object.assign(new TypeError(`fetch failed with Bearer ${key}`), { request: { key } });
      const broken = { fetch: () => Promise.reject(leaky) };
      assertNoKey(await assertFails(ask(answer, { effects: broken }), 'network'));
    });

    test('a redirect does not carry the key away', async () => {
      const elsewhere = await startLoopback();
      elsewhere.answerWith(stream(answer.stream));
      answers((response, closed) => json({}, 307, { location: elsewhere.origin })(response, closed));
      const error = await assertFails(ask(answer), 'request');
      assert.match(error.message, /redirect/);
      assert.equal(elsewhere.received.length, 0);
      await elsewhere.close();
    });
  });
}

const withoutTiming = ({ timing: _, ...rest }: Completion) => rest;

const joined = (deltas: readonly Delta[], type: 'text' | 'reasoning') =>
  deltas.map(delta => (delta.type === type ? delta.text : '')).join('');

async function iterate(generation: Generation): Promise<{ deltas: Delta[]; completion: Completion }> {
  const deltas: Delta[] = [];
  for await (const delta of generation) deltas.push(delta);
  return { deltas, completion: await generation };
}

async function assertFails(generation: Generation, failure?: ModelFailure): Promise<ModelError> {
  let caught: unknown;
  try {
    await generation;
  } catch (error) {
    caught = error;
  }
  assert.ok(caught instanceof ModelError, `a ModelError, not ${String(caught)}`);
  if (failure !== undefined) assert.equal(caught.failure, failure, caught.message);
  assert.ok(caught.url?.startsWith('http://127.0.0.1'));
  return caught;
}

const isAborted = (error: unknown) => error instanceof GlyphError && error.kind === 'aborted';

const assertAborted = (generation: Generation) => assert.rejects(Promise.resolve(generation), isAborted);

function assertNoKey(error: unknown): void {
  for (let next = error, depth = 0; next instanceof Error && depth < 8; depth++) {
    const { message, stack = '', cause } = next;
    assert.doesNotMatch(`${message}${stack}${JSON.stringify(next)}`, keyTrace);
    next = cause;
  }
}
