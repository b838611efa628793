import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../base/index.ts';
import { findExact } from './find-exact.ts';
import type { ExactKind } from './form.ts';
import { kinds, makeExact } from './test/planted.ts';

const stringsOf = (text: string) => findExact(text).map(({ start, end }) => text.slice(start, end));

/** Text, then the strings found in it. */
const found: Readonly<Record<ExactKind, readonly (readonly [text: string, ...strings: string[]])[]>> = {
  uuid: [
    ['request 550e8400-e29b-41d4-a716-446655440000 failed', '550e8400-e29b-41d4-a716-446655440000'],
    ['{550E8400-E29B-41D4-A716-446655440000}', '550E8400-E29B-41D4-A716-446655440000'],
    ['请求550e8400-e29b-41d4-a716-446655440000失败', '550e8400-e29b-41d4-a716-446655440000'],
  ],
  key: [
    ['use sk-proj-Ab12Cd34Ef56Gh78_x-Y, please', 'sk-proj-Ab12Cd34Ef56Gh78_x-Y'],
    ['token ghp_0123456789abcdefghijABCDEFGHIJ012345.', 'ghp_0123456789abcdefghijABCDEFGHIJ012345'],
    ['key AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    [
      'jwt=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
      'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P',
    ],
  ],
  hash: [
    ['at commit a1b2c3d of main', 'a1b2c3d'],
    ['address 0x7ffe and 0xDEADBEEF', '0x7ffe', '0xDEADBEEF'],
    ['image@sha256:9f86d081884c7d65', 'sha256:9f86d081884c7d65'],
    [
      '"integrity": "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="',
      'sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
    ],
  ],
  base64: [
    ['body: aGVsbG8gd29ybGQhMTIz==', 'aGVsbG8gd29ybGQhMTIz=='],
    [
      'data:image/png;base64,iVBORw0KGgo+AAANSUhEUgAA/AEAAAAB==',
      'iVBORw0KGgo+AAANSUhEUgAA/AEAAAAB==',
      'base64',
    ],
  ],
  email: [
    ['mail bob.smith+tag@example.co.uk.', 'bob.smith+tag@example.co.uk'],
    ['联系邮箱support@example.com，谢谢', 'support@example.com'],
    ['<josé@exämple.de>', 'josé@exämple.de'],
  ],
  url: [
    ['see https://example.com/a_(b)?q=1#x.', 'https://example.com/a_(b)?q=1#x'],
    ['[docs](https://example.com/docs)', 'https://example.com/docs'],
    ['[![x](https://a.io/b.svg)](https://a.io/c)', 'https://a.io/b.svg', 'https://a.io/c'],
    ['请访问https://example.com/路径。', 'https://example.com/'],
    ['on localhost:3000/health and db-1.internal:5432', 'localhost:3000/health', 'db-1.internal:5432'],
    ['www.example.org, docs.example.com/x', 'www.example.org', 'docs.example.com/x'],
    ['arn:aws:s3:::bucket-1/key', 'arn:aws:s3:::bucket-1/key'],
  ],
  iban: [
    ['IBAN DE89 3704 0044 0532 0130 00, BIC', 'DE89 3704 0044 0532 0130 00'],
    ['to GB82WEST12345698765432.', 'GB82WEST12345698765432'],
  ],
  number: [
    ['card 4111 1111 1111 1111 of', '4111 1111 1111 1111'],
    ['call +49 (0)30 1234567 or (555) 123-4567', '+49 (0)30 1234567', '(555) 123-4567'],
    ['ISBN 978-3-16-148410-0', '978-3-16-148410-0'],
    ['paid $1,234.56, 1.234,56 € and EUR 12', '$1,234.56', '1.234,56 €', 'EUR 12'],
    ['£5 or ¥ 300 or 12 USD', '£5', '¥ 300', '12 USD'],
    ['3.14159 of 10,000, 12%, 0.5 ‰, -40.5', '3.14159', '10,000', '12%', '0.5 ‰', '-40.5'],
    ['100px, 16GB, 6.02e23, 37°C, 120km/h', '100px', '16GB', '6.02e23', '37°C', '120km/h'],
    ['电话０１２３４５６７和٠١٢٣٤٥', '０１２３４５６７', '٠١٢٣٤٥'],
    ['单号12345，金额￥128', '12345', '￥128'],
  ],
  time: [
    ['at 2024-01-15T12:30:00.123Z and 2024-01-15 12:30', '2024-01-15T12:30:00.123Z', '2024-01-15 12:30'],
    ['15.01.2024, then 1/15/24, 3:05 pm', '15.01.2024', '1/15/24, 3:05 pm'],
    ['Jan  5 12:00:01 host', 'Jan  5 12:00:01'],
    ['Date: Mon, 02 Jan 2006 15:04:05 GMT', 'Mon, 02 Jan 2006 15:04:05 GMT'],
    ['[10/Oct/2000:13:55:36 -0700]', '10/Oct/2000:13:55:36 -0700'],
    ['于2024年1月15日 12:30到达', '2024年1月15日 12:30'],
    ['since 2024-07', '2024-07'],
  ],
  version: [
    ['v1.2.3, 1.2.3-rc.1 and ^4.17.21', 'v1.2.3', '1.2.3-rc.1', '4.17.21'],
    ['python 3.11.4b2 on v8', '3.11.4b2', 'v8'],
  ],
  ip: [
    ['from 192.168.0.1:8080 to 10.0.0.0/8', '192.168.0.1:8080', '10.0.0.0/8'],
    ['ping 2001:db8::1 via [::1]:443 fe80::1%eth0', '2001:db8::1', '[::1]:443', 'fe80::1%eth0'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
  ],
  mac: [
    ['eth0 aa:bb:cc:0d:ee:ff up', 'eth0', 'aa:bb:cc:0d:ee:ff'],
    ['00-1A-2B-3C-4D-5E / 001a.2b3c.4d5e', '00-1A-2B-3C-4D-5E', '001a.2b3c.4d5e'],
  ],
  path: [
    ['in /var/log/app.log:12:7, line', '/var/log/app.log:12:7'],
    ['保存在/var/log/app.log中', '/var/log/app.log'],
    ["import './base/error.ts'", './base/error.ts'],
    ['open C:\\Program Files\\Git\\bin\\git.exe now', 'C:\\Program Files\\Git\\bin\\git.exe'],
    ['"D:\\\\data\\\\x.csv", \\\\nas\\share\\a.txt', 'D:\\\\data\\\\x.csv', '\\\\nas\\share\\a.txt'],
    ['~/.ssh/config and src/compress/exact', '~/.ssh/config', 'src/compress/exact'],
    ['at C:/Users/me/a.txt', 'C:/Users/me/a.txt'],
    ['README.md, package.json and report_final.pdf', 'README.md', 'package.json', 'report_final.pdf'],
    ['/home/用户/文档/报告.pdf 已保存', '/home/用户/文档/报告.pdf'],
  ],
  identifier: [
    ['code err_4021 (ticket ABC-123)', 'err_4021', 'ABC-123'],
    ['订单号ABC-12345。', 'ABC-12345'],
    ['주문번호AB12CD입니다', 'AB12CD'],
    ['gpt-4.1-mini, qwen2.5-vl, x86_64', 'gpt-4.1-mini', 'qwen2.5-vl', 'x86_64'],
    ['naïve2 and Überweisung7', 'naïve2', 'Überweisung7'],
    ['run --max-tokens 5 with `--json`, fixes #4021', '--max-tokens', '--json', '#4021'],
    ['ticket ABC\u2011123, tel. 555\u2011123\u20114567', 'ABC\u2011123', '555\u2011123\u20114567'],
    ['call parseV2(input) then x1', 'parseV2', 'x1'],
  ],
};

/** Nothing in these is exact. */
const ordinary = [
  'In 1984, chapter 12 of the 3 books cost 1,200 and was read by 40 people.',
  'A twenty-one-year-old, a 20-year-old, well-known facts; it’s don’t, O’Brien—and so on...',
  'From 1914-1918, and 1914–18; the 1840s, mid-1840s, the 1st, 2nd, 3rd and 19th centuries, 19th-century art.',
  'and/or, he/she, either/or, TCP/IP, 1/2, 24/7, w/o, km/h, U.S.A., e.g. this, i.e. that, etc.',
  'word--word and --said he; “quoted,” she said; _italic_ *bold* [12] (see p. 7) 5:1? no 6 3 0',
  'const total = values.map(value => value.length).filter(Boolean); console.log(total, this.app, a.b);',
  '</div><p>Text</p> if (a < b && c > d) return foo[i] / 2; // comment',
  '第12章 于1984年出版，共300页。你好，世界！',
  'std::vector, Foo::Bar, a ? b : c, x = y * 2 + 10 - 3, 5 %d, #include, @author, C++, C#',
  '',
  '\ud800 \udc00 \u0000 \ufeff',
];

describe('exact strings', () => {
  for (const kind of kinds) {
    it(`of kind ${kind}`, () => {
      for (const [text, ...strings] of found[kind]) {
        assert.deepEqual(stringsOf(text).sort(), [...strings].sort(), text);
        assert.ok(
          findExact(text).some(span => span.kind === kind),
          `${kind}: ${text}`,
        );
      }
    });
  }

  it('are not found in ordinary text', () => {
    for (const text of ordinary) assert.deepEqual(stringsOf(text), [], text);
  });

  it('with a wrong checksum are no bank accounts, though still exact', () => {
    const [span, ...others] = findExact('DE89370400440532013001');
    assert.deepEqual([span?.kind, span?.end, others.length], ['hash', 22, 0]);
  });
});

/** What may stand around an exact string. */
const surroundings = [
  ['', ''],
  ['see ', ', and 12 more'],
  ['订单号', '。'],
  ['编号：', '，请查收'],
  ['값은 ', '입니다'],
  ['значение ', ' и'],
  ['(', ')'],
  ['[', '] done'],
  ['“', '”'],
  ['{"a":"', '","b":1}'],
  ['| ', ' |'],
  ['key=', '\r\n'],
  ['`', '`'],
  ['page 33 ', ' of 40'],
  ['1,"', '",2'],
  ['<b>', '</b>'],
  ['\t', '\n'],
] as const;

/** Text near what the forms look for. */
const nearExact = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'aAfF19-_./\\@:+=%$~()[]€ ,#中é'.split(''),
        '//',
        '--',
        'http://',
        'C:\\',
        'eyJ',
        'Mon, ',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 60 },
  )
  .map(parts => parts.join(''));

describe('findExact', () => {
  it('gives spans in order, inside the text, none over another, none over a line end', () => {
    fc.assert(
      fc.property(nearExact, text => {
        let last = 0;
        for (const { start, end } of findExact(text)) {
          assert.ok(start >= last && end > start && end <= text.length);
          assert.doesNotMatch(text.slice(start, end), /[\r\n]/);
          last = end;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('finds a planted string whole, whatever its kind and whatever stands around it', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(...kinds),
        fc.constantFrom(...surroundings),
        (seed, kind, [before, after]) => {
          const string = makeExact(createRandom(seed), kind);
          const end = before.length + string.length;
          const spans = findExact(before + string + after);
          assert.ok(
            spans.some(span => span.start <= before.length && span.end >= end),
            `${kind} in ${before + string + after}: ${JSON.stringify(spans)}`,
          );
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('reads a megabyte of anything in linear time', () => {
    // Each of these made an earlier pattern read what it had read before; quadratic time would be hours.
    const seeds = [
      'a-',
      '1.',
      '1,',
      '1 ',
      'a.b@',
      '用户/',
      '--.',
      ')http://',
      'eyJ-',
      'C:\\a ',
      '/a中',
      '00',
      'aA1+',
      ':1',
      '€1',
    ];
    for (const seed of seeds) {
      const text = `${seed.repeat(1_000_000 / seed.length)}é_`;
      for (const { end } of findExact(text)) assert.ok(end <= text.length);
    }
  });
});
