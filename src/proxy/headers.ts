/** Which header fields go on, and which end here (RFC 9110 §7.6.1). */
import { tokenHeader } from './entry.ts';
import type { UpstreamName } from './settings.ts';

const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Where each format carries its key; those of the others are not its business. */
const credentialsOf: Readonly<Record<UpstreamName, readonly string[]>> = {
  openai: ['authorization', 'api-key'],
  anthropic: ['authorization', 'x-api-key'],
  gemini: ['authorization', 'x-goog-api-key'],
};
const allCredentials = new Set([...Object.values(credentialsOf).flat(), 'cookie']);

export const decisionHeader = 'x-glyph-decision';

/**
 * @param upstream whose credentials go on
 * @param length bytes of the body where it is another than came
 */
export function requestHeaders(given: Headers, upstream: UpstreamName | 'any', length?: number): Headers {
  const headers = withoutHops(given);
  for (const name of ['host', 'expect', tokenHeader]) headers.delete(name);
  for (const name of allCredentials) {
    if (upstream !== 'any' && !credentialsOf[upstream].includes(name)) headers.delete(name);
  }
  if (length !== undefined) headers.set('content-length', String(length));
  return headers;
}

export const responseHeaders = (given: Headers): Headers => withoutHops(given);

function withoutHops(given: Headers): Headers {
  const headers = new Headers(given);
  const named = (given.get('connection') ?? '').split(',').map(name => name.trim().toLowerCase());
  for (const name of [...hopByHop, ...named]) if (/^[\w-]+$/.test(name)) headers.delete(name);
  return headers;
}
