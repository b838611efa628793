/**
 * The built web app and the package's fonts, as the browser asks for them. The policy lets the page load from here only,
 * run no inline script, and be framed by nobody.
 */
import { readFile } from 'node:fs/promises';
import { errorCode } from '../node/index.ts';
import { failure } from './failure.ts';

/** Two folders up both in the source tree and once built. */
const packageFile = (path: string) => new URL(`../../${path}`, import.meta.url);

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const safeHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
};

export const appPage = () => serve(packageFile('dist/studio/app/index.html'), 'no-cache');

/** Their names hold a hash of what is in them. @param name without a slash */
export const appAsset = (name: string) =>
  serve(packageFile(`dist/studio/app/assets/${name}`), 'public, max-age=31536000, immutable');

export const fontFile = (name: string) => serve(packageFile(`fonts/${name}`), 'public, max-age=86400');

/** One file of a folder: no name leads out of it. */
export const isFileName = (name: string): boolean =>
  /^[\w-]+(\.[\w-]+)*\.(js|css|svg|wasm|woff2|ttf)$/.test(name);

async function serve(file: URL, cacheControl: string): Promise<Response> {
  const extension = /\.(\w+)$/.exec(file.pathname)?.[1] ?? '';
  try {
    const bytes = new Uint8Array(await readFile(file));
    const headers = {
      ...safeHeaders,
      'content-security-policy': policy,
      'content-type': mediaTypes[extension] ?? 'application/octet-stream',
      'cache-control': cacheControl,
    };
    return new Response(bytes, { headers });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return failure(404, 'there is no such file', 'in a copy of the source, build the studio: npm run build');
  }
}
