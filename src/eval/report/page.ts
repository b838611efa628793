/** The page around a report: one file without scripts that asks the network for nothing, in light and dark. */
import { sha256Hex } from '../../base/index.ts';
import { toBase64 } from './base64.ts';
import { type Html, html, styleElement } from './html.ts';

const css = `
:root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#5b6470;--line:#d5dae0;--head:#f3f5f7;
--c0:#2557c7;--c1:#c2410c;--c2:#15803d;--c3:#a21caf;--c4:#0e7490;--c5:#b91c1c;--c6:#6d5a00;--c7:#475569}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--paper:#14171b;--soft:#9aa4b0;--line:#343b44;--head:#1e232a;
--c0:#7aa2ff;--c1:#fb923c;--c2:#4ade80;--c3:#e879f9;--c4:#22d3ee;--c5:#f87171;--c6:#facc15;--c7:#94a3b8}}
body{margin:0 auto;padding:1.5rem;max-width:76rem;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
h1{font-size:1.6rem}h2{margin-top:2.5rem;border-top:1px solid var(--line);padding-top:1rem}
.wide{overflow-x:auto;margin:1rem 0}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
caption{text-align:left;font-weight:600;padding-bottom:.4rem}
th,td{border-bottom:1px solid var(--line);padding:.3rem .7rem;text-align:right;vertical-align:top}
th[scope=row],th:first-child{text-align:left;font-weight:500}
thead th{background:var(--head);font-weight:600}
td,th[scope=row]{white-space:nowrap}
small{color:var(--soft)}td small,th small{display:block}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,30rem),1fr));gap:1rem}
figure{margin:1rem 0}figcaption{color:var(--soft);font-size:.875rem}
svg{width:100%;max-width:720px;height:auto;font-size:12px;fill:var(--ink)}
.wide svg{max-width:none;min-width:60rem}
.grid{stroke:var(--line)}polyline{fill:none;stroke-width:2}.bar{stroke-width:1.5}.leader{stroke-width:.5;opacity:.5}
${[0, 1, 2, 3, 4, 5, 6, 7].map(i => `.c${i} line,.c${i} polyline{stroke:var(--c${i})}.c${i} circle,.c${i} text{fill:var(--c${i})}`).join('\n')}
details{border:1px solid var(--line);border-radius:6px;padding:.5rem .8rem;margin:.6rem 0}
summary{cursor:pointer}details td,details th{text-align:left;white-space:pre-wrap;overflow-wrap:anywhere;min-width:4rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.3rem 1rem}dd{margin:0}
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:plaintext;font:13px/1.45 ui-monospace,monospace}
.page{display:grid;grid-template-columns:minmax(12rem,1fr) 1fr;gap:1rem;margin:1rem 0;align-items:start}
.page img{width:100%;border:1px solid var(--line);background:#fff}.page pre{max-height:40rem;overflow:auto}
.thumbs{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:1.5rem}.thumbs figure{margin:0}
.thumbs img{width:100%;border:1px solid var(--line);background:#fff}
@media(max-width:40rem){.page{grid-template-columns:1fr}}
`;

export function pageHtml(title: string, body: Html): string {
  const policy = `default-src 'none'; img-src data:; style-src '${hashOf(css)}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
${styleElement(css)}
</head>
<body>
<main>
<h1>${title}</h1>
${body}</main>
</body>
</html>
`.markup;
}

/** As Content Security Policy names a style sheet. */
function hashOf(text: string): string {
  const bytes = sha256Hex(text)
    .match(/../g)!
    .map(pair => Number.parseInt(pair, 16));
  return `sha256-${toBase64(Uint8Array.from(bytes))}`;
}
