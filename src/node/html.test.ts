import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeHtml, htmlToText } from './html.ts';

test('headings, paragraphs, lists and tables are lines of text', () => {
  const html = `<!doctype html><html><head><title>T</title><style>p { x: y }</style></head><body>
    <h1>A Heading</h1><p>One
    paragraph &amp; an&nbsp;entity.<br>New line</p>
    <ul><li>one</li><li>two<ol><li>inner</li></ol></li></ul>
    <table><thead><tr><th>Name</th><th>Age</th></tr></thead>
    <tbody><tr><td>Ann</td><td> <p>5</p> </td></tr><tr><td>Bob</td><td></td></tr></tbody></table>
    <pre>  as
   is</pre></body></html>`;
  const lines = htmlToText(html).split('\n');
  assert.deepEqual(lines, [
    'A Heading',
    '',
    'One paragraph & an\u00a0entity.',
    'New line',
    '',
    ' * one',
    ' * two',
    '   1. inner',
    '',
    'Name | Age',
    'Ann | 5',
    'Bob |',
    '',
    '  as',
    '   is',
  ]);
});

test('what is not to be read is left out', () => {
  const hidden = '<script>alert(1)</script><style>a</style><noscript>b</noscript><template>c</template>';
  const drawn = '<svg><text>d</text></svg><iframe>e</iframe><!-- f -->';
  assert.equal(
    htmlToText(`<p>seen${hidden}${drawn}</p><img src="data:image/png;base64,AAAA" alt="a cat">`),
    'seen\n\na cat',
  );
});

test('links show their address once, if it means something outside of the page', () => {
  const link = (address: string, text: string) => htmlToText(`<a href="${address}">${text}</a>`);
  assert.equal(link('https://a.org/b', 'there'), 'there [https://a.org/b]');
  assert.equal(link('https://a.org', 'https://a.org'), 'https://a.org');
  assert.equal(link('mailto:ann@a.org', 'Ann'), 'Ann [ann@a.org]');
  for (const address of ['#top', '/b', 'b.html', 'javascript:alert(1)', 'data:text/html,x'])
    assert.equal(link(address, 'there'), 'there', address);
});

test('a page nested more deeply than any should be is read without its structure', () => {
  const nested = (depth: number) => `${'<div>'.repeat(depth)}a &lt; <b>b</b>${'</div>'.repeat(depth)}<p>end`;
  for (const depth of [10, 1000, 100_000]) assert.match(htmlToText(nested(depth)), /^a < b\n+end$/);
  assert.equal(htmlToText(`${'<font color="red">word '.repeat(50_000)}`).length, 50_000 * 5 - 1);
  const scripts = `${'<div>'.repeat(1000)}<script>if (a < b) x()</script><STYLE>y</STYLE>seen`;
  assert.equal(htmlToText(scripts), 'seen');
});

test('many short elements are no depth', () => {
  const rows = htmlToText(`<table>${'<tr><td>a<br></td><td>b</td></tr>'.repeat(30_000)}</table>`);
  assert.ok(rows.startsWith('a\n| b\na\n| b\n'));
  assert.ok(htmlToText(`<ul><li>x</li></ul>${'a<br>'.repeat(30_000)}`).startsWith(' * x\n\na\na\n'));
});

test('any markup gives some text', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '/',
    '<p>',
    '</p>',
    '<a href="',
    '"',
    '<!--',
    '-->',
    '<script>',
    '&',
    '&#',
    ';',
    'x',
  );
  fc.assert(
    fc.property(fc.array(piece), pieces => {
      assert.equal(typeof htmlToText(pieces.join('')), 'string');
    }),
  );
  assert.equal(htmlToText(''), '');
});

test('more than a page ever holds is refused', () => {
  assert.throws(() => htmlToText(' '.repeat(2 ** 25 + 1)), {
    kind: 'input',
    expected: 'at most 32 million characters',
  });
});

test('the encoding a file declares is used, and its mark before that', () => {
  const latin1 = (text: string) => Buffer.from(text, 'latin1');
  assert.match(decodeHtml(latin1('<meta charset="windows-1252"><p>caf\xe9')), /café/);
  assert.match(
    decodeHtml(latin1('<META http-equiv="Content-Type" content="text/html; charset=iso-8859-1">\xe9')),
    /é/,
  );
  assert.match(decodeHtml(latin1('<?xml version="1.0" encoding="iso-8859-1"?><p>\xe9</p>')), /é/);
  assert.match(decodeHtml(Buffer.from('\ufeff<meta charset="windows-1252"><p>é')), /é/);
  assert.match(decodeHtml(Buffer.from('<meta charset="utf-16"><p>é')), /é/);
  assert.match(decodeHtml(Buffer.from('<meta charset="no-such"><p>é')), /é/);
  assert.match(decodeHtml(latin1('<meta charset="utf-8"><p>\xe9'), { encoding: 'latin1' }), /é/);
  assert.throws(() => decodeHtml(latin1('<p>\xe9')), { kind: 'input' });
  assert.match(decodeHtml(latin1('<p>\xe9'), { invalid: 'replace' }), /\ufffd/);
});
