import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createRandom, GlyphError } from '../../base/index.ts';
import { redactSecrets, type SecretKind } from './redact.ts';
import { secretMakers } from './test/planted-secrets.ts';

const redacted = (text: string) => redactSecrets(text).text;

/** Nothing in these is secret. */
const harmless = [
  'password=\u0024{DB_PASSWORD} password=$PASSWORD password=<your password> PASSWORD=changeme password=xxxxxxxx',
  'api_key: "YOUR_API_KEY" api_key: "your-api-key-here" api_key="<key>" token: "{{ token }}" secret=example',
  'password: string; password?: string | undefined; private readonly token: Token;',
  'const token = nextToken(text); const password = await readPassword(); secret = config.secret;',
  'if (password === undefined) return; connect(user=user, password=password) { token, secret }',
  'tokens: 5, maxTokens: 1000, the token is cheap, his secret is safe, the password is required.',
  'label: { password: "Password", secret: "Enter your secret" }, type: "password"',
  'PWD=/home/me; PASSWORD= ; "password": "", "password": null, password = process.env.PASSWORD',
  'a risk-assessment-of-the-whole-2024 task-force, ask-me-anything; https://host:8080/path@x; me@example.com',
  'Authorization: Bearer \u0024{token} and Authorization: Bearer <token>, the bearer of bad news',
  '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----',
  'We kept the secret: he was the thief. Token gestures; a passkey; compass: north. 密码学是一门学问。',
  '',
];

describe('secrets', () => {
  for (const [kind, makers] of Object.entries(secretMakers)) {
    it(`of kind ${kind} are taken out whole`, () => {
      for (const [i, make] of makers.entries()) {
        for (let seed = 0; seed < 30; seed++) {
          const { secret, context } = make(createRandom(`${kind} ${i} ${seed}`));
          const { text, secrets } = redactSecrets(context);
          const at = context.indexOf(secret);
          assert.equal(secrets.length, 1, `${context} → ${text}`);
          assert.ok(secrets[0]!.start <= at && secrets[0]!.end >= at + secret.length, `${context} → ${text}`);
          assert.equal(secrets[0]!.kind, kind satisfies string as SecretKind, context);
        }
      }
    });
  }

  it('are replaced by their kind, and what stands around them stays', () => {
    assert.equal(
      redacted('curl -H "Authorization: Bearer abc123def456" https://me:s3cret@example.com/x'),
      'curl -H "Authorization: Bearer [redacted authorization]" https://me:[redacted password]@example.com/x',
    );
    assert.equal(redacted('PASSWORD="a \\" b"\nNEXT=1'), 'PASSWORD="[redacted password]"\nNEXT=1');
    assert.equal(
      redacted('password: Tr0ub4dor & 3 # old\nuser: me'),
      'password: [redacted password] # old\nuser: me',
    );
    assert.equal(redacted('令牌：abcdefgh12345678。完'), '令牌：[redacted secret]。完');
    assert.equal(
      redacted('a\n-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\nb'),
      'a\n[redacted private-key]\nb',
    );
  });

  it('in JSON within JSON and after escapes are found', () => {
    assert.equal(redacted('"{\\"token\\":\\"abcd1234efgh\\"}"'), '"{\\"token\\":\\"[redacted secret]\\"}"');
    assert.equal(
      redacted('log: \\nghp_0123456789abcdefghijABCDEFGHIJ0123456789'),
      'log: \\n[redacted github-token]',
    );
  });

  it('are one where two forms meet', () => {
    const { secrets } = redactSecrets('OPENAI_API_KEY="sk-proj-abcdefghij0123456789ABCD and more 1"');
    assert.deepEqual(secrets, [{ kind: 'secret', start: 16, end: 59 }]);
  });

  it('are not found in harmless text', () => {
    for (const text of harmless) assert.equal(redacted(text), text);
  });
});

const planted = fc
  .tuple(fc.constantFrom(...Object.values(secretMakers).flat()), fc.integer())
  .map(([make, seed]) => make(createRandom(seed)));
const document = fc.array(
  fc.tuple(
    fc.constantFrom('Some words, ', '设置：', '\n', '  - ', '# ', '{"a": 1} ', '> ', '\t'),
    planted,
    fc.constantFrom('\n', '\nThe end.\n', '\r\n\r\n# next\n'),
  ),
  { maxLength: 8 },
);

describe('redaction', () => {
  it('leaves no planted secret and no part of one', () => {
    fc.assert(
      fc.property(document, parts => {
        const text = redacted(parts.map(([before, { context }, after]) => before + context + after).join(''));
        for (const [, { secret }] of parts) {
          for (let at = 0; at + 8 <= secret.length; at += 4) {
            const part = secret.slice(at, at + 8);
            const isRandom = /\d/.test(part) && !/^[A-Z0-9 -]*$/.test(part);
            if (isRandom) assert.ok(!text.includes(part), `${part} of ${secret} in ${text}`);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds nothing more in what it has redacted', () => {
    fc.assert(
      fc.property(document, parts => {
        const text = redacted(parts.map(([before, { context }, after]) => before + context + after).join(''));
        assert.deepEqual(redactSecrets(text).secrets, []);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps a way back: offsets grow with offsets, and text that stays is where it was', () => {
    fc.assert(
      fc.property(document, parts => {
        const source = parts.map(([before, { context }, after]) => before + context + after).join('');
        const { text, secrets, toSource } = redactSecrets(source);
        let last = 0;
        let secret = 0;
        for (let at = 0; at < text.length; at++) {
          const from = toSource(at);
          assert.ok(from >= last);
          last = from;
          while (secret < secrets.length && secrets[secret]!.end <= from) secret++;
          const isSecret = secret < secrets.length && from >= secrets[secret]!.start;
          assert.ok(isSecret || source[from] === text[at]);
        }
        assert.equal(toSource(text.length), source.length);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses offsets outside the text', () => {
    const { toSource } = redactSecrets('abc');
    for (const offset of [-1, 4, Number.NaN]) {
      assert.throws(
        () => toSource(offset),
        (error: unknown) => error instanceof GlyphError && error.kind === 'input',
      );
    }
  });

  it('reads a megabyte of anything in linear time', () => {
    const seeds = [
      'sk-',
      'eyJ-',
      '://a:',
      '-----BEGIN ',
      'password=',
      'token: ',
      'SG.',
      'secret="',
      'pass',
      '--password ',
      'Bearer ',
    ];
    for (const seed of seeds) {
      const text = seed.repeat(1_000_000 / seed.length);
      assert.ok(redactSecrets(text).text.length > 0);
    }
  });
});
