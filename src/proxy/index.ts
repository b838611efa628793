/**
 * OpenAI-, Anthropic- and Gemini-shaped `Request → Response`: long material in a request becomes pages, the rest passes
 * untouched. The proxy edits, it does not translate, and it is never the reason a request fails.
 */
export { createProxy } from './create-proxy.ts';
export type { HttpFetch } from './http-fetch.ts';
export { type Listening, listen } from './listen.ts';
export { createModelServer, type ModelServerOptions } from './model-server.ts';
export { isLoopback, type NamedServer, wrongName } from './own-names.ts';
export type { RequestRecord } from './record.ts';
export { formatOf } from './routes.ts';
export {
  defaultSettings,
  officialUpstreams,
  type PagedPart,
  type ProxyOptions,
  type Settings,
  type Upstreams,
} from './settings.ts';
export { warmUp } from './warm-up.ts';
