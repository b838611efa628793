/** The flags of commands that run the proxy, and the proxy they ask for. */
import { loadFont } from '../node/index.ts';
import {
  createProxy,
  officialUpstreams,
  type ProxyOptions,
  type RequestRecord,
  type Upstreams,
  warmUp,
} from '../proxy/index.ts';
import { type Arguments, type FlagGroup, type Terminal, textFlag } from './command.ts';
import { configFromFlags, hasConfigFlags } from './config-flags.ts';
import { usageError } from './usage-error.ts';

const upstreamNames = ['openai', 'anthropic', 'gemini'] as const;

/** Where clients look for another address. */
export const baseUrlVariables = {
  openai: 'OPENAI_BASE_URL',
  anthropic: 'ANTHROPIC_BASE_URL',
  gemini: 'GOOGLE_GEMINI_BASE_URL',
} as const satisfies Readonly<Record<keyof Upstreams, string>>;

export const upstreamGroup: FlagGroup = {
  title: 'Upstream',
  flags: [
    { name: 'upstream', value: 'URL', about: 'Where requests of all formats go, e.g. a gateway of your own' },
    ...upstreamNames.map(name => ({
      name: `upstream-${name}`,
      value: 'URL',
      about: `Where ${name} requests go; --upstream, ${baseUrlVariables[name]} or ${officialUpstreams[name]} unless given`,
    })),
  ],
};

/** @throws GlyphError kind `config` for what is no address of HTTP */
export function upstreamsFrom(args: Arguments, { env }: Terminal): Upstreams {
  const urlOf = (name: keyof Upstreams): string => {
    const flagName = textFlag(args, `upstream-${name}`) === undefined ? 'upstream' : `upstream-${name}`;
    const flag = textFlag(args, flagName);
    const variable = baseUrlVariables[name];
    const given = flag ?? (env[variable] || undefined);
    if (given === undefined) return officialUpstreams[name];
    if (/^https?:$/.test(URL.canParse(given) ? new URL(given).protocol : '')) return given;
    throw usageError({
      operation: flag === undefined ? `read ${variable}` : `read flag "--${flagName}"`,
      expected: 'an address such as https://api.example.com',
      actual: JSON.stringify(given),
    });
  };
  return { openai: urlOf('openai'), anthropic: urlOf('anthropic'), gemini: urlOf('gemini') };
}

export interface ProxyWish extends Pick<ProxyOptions, 'token' | 'compression' | 'onPages'> {
  onRecord(record: RequestRecord): void;
}

/** @throws GlyphError as `upstreamsFrom` and `configFromFlags` */
export async function proxyFromFlags(args: Arguments, terminal: Terminal, wish: ProxyWish) {
  const config = hasConfigFlags(args) ? await configFromFlags(args, terminal) : undefined;
  const upstreams = upstreamsFrom(args, terminal);
  void warmUp({ loadFont, config });
  return createProxy({ upstreams, loadFont, config, ...wish });
}
