/** What the proxy itself has to say instead of an answer. */

/** In a shape that all three vendors' clients can read. */
export function failure(status: 401 | 421 | 502 | 504, message: string, hint?: string): Response {
  const text = `glyph proxy: ${message}${hint === undefined ? '' : ` (${hint})`}`;
  const error = { type: 'glyph_proxy_error', message: text, code: status, status: 'GLYPH_PROXY' };
  return Response.json({ type: 'error', error }, { status });
}
