/** Addresses of requests, and how they are shown: a query may hold what nobody else should see. */

/**
 * The base URL with a path added; queries of both are kept. A segment that ends the one and begins the other, such as a
 * version, is written once.
 */
export function joinUrl(baseUrl: string, path: string): string {
  const url = new URL(baseUrl);
  const [name = '', query = ''] = path.split('?', 2);
  const base = url.pathname.replace(/\/+$/, '');
  const first = /^\/[^/]+/.exec(name)?.[0] ?? '';
  const isShared = first !== '' && base.endsWith(first);
  url.pathname = `${base}${isShared ? name.slice(first.length) : name}`;
  for (const [key, value] of new URLSearchParams(query)) url.searchParams.set(key, value);
  return url.href;
}

/** Without query and fragment. */
export function publicUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
