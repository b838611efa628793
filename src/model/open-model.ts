/** Opens a model by its spec, e.g. "openai:gpt-4.1", "glyph" or "deepseek-ocr:base". */
import { GlyphError, nearestName } from '../base/index.ts';
import { mergeFields } from './http/merge-fields.ts';
import { createHttpModel, type HttpModelSettings } from './http-model.ts';
import { createMockModel } from './mock/mock-model.ts';
import type { Model } from './model.ts';
import { present } from './present.ts';
import { type Profile, profiles } from './profiles.ts';

export interface OpenModelOptions
  extends Pick<
    HttpModelSettings,
    'headers' | 'defaults' | 'extraBody' | 'mode' | 'timeouts' | 'retries' | 'maxAnswerBytes' | 'effects'
  > {
  /** Where keys and base URLs are looked up. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Instead of the environment's or the provider's own; see `openModel`. */
  readonly baseUrl?: string | undefined;
  /** Instead of the environment's. */
  readonly key?: string | undefined;
}

const mockName = 'mock';

/** What may stand before the colon. */
export const providerNames: readonly string[] = [...profiles.keys(), mockName];

/**
 * @param spec `PROVIDER:NAME`, split at the first colon. `glyph` and `deepseek-ocr` need no name; after `deepseek-ocr`
 *   a resolution mode may stand instead. `mock:TEXT` answers TEXT, without a server.
 *
 * A base URL is `http` or `https` without user and password. Slashes at its end do not matter. For the OpenAI formats it
 * includes the version, as OpenAI's own clients want it: `/v1` is added only where it is a host alone. For Anthropic and
 * Gemini it is without the version, which is not repeated if it is there. The key is sent to whatever base URL is set,
 * and asked for only where that is the vendor's own.
 *
 * @throws GlyphError kind `config` for an unknown provider, a missing name or key, a wrong base URL
 */
export function openModel(spec: string, options: OpenModelOptions): Model {
  const colon = spec.indexOf(':');
  const provider = colon < 0 ? spec : spec.slice(0, colon);
  const name = colon < 0 ? '' : spec.slice(colon + 1).trim();
  if (provider === mockName) return createMockModel(name, { id: mockName });
  const profile = profiles.get(provider);
  if (profile === undefined) throw unknownProvider(spec, provider);
  const { mode, model } = nameOf(provider, name, profile);
  const { url, host } = baseUrlOf(provider, profile, options);
  const { env: _, ...settings } = options;
  return createHttpModel({
    ...settings,
    wire: host === 'vendor' ? profile.wire : (profile.compatibleWire ?? profile.wire),
    id: mode === undefined && model === profile.model ? provider : `${provider}:${mode ?? model}`,
    family: profile.family ?? model,
    model,
    baseUrl: url,
    key: keyOf(provider, profile, host, options),
    keyVariable: profile.keyVariables[0],
    abilities: profile.abilities,
    defaults: { ...profile.defaults, ...present(options.defaults ?? {}) },
    extraBody: mergeFields(profile.extraBody ?? {}, options.extraBody ?? {}),
  });
}

function nameOf(
  provider: string,
  name: string,
  { model, modes = [] }: Profile,
): { readonly model: string; readonly mode: string | undefined } {
  if (model === undefined) {
    if (name !== '') return { model: name, mode: undefined };
    throw specError(
      provider,
      `"${provider}:NAME"`,
      JSON.stringify(provider),
      'name the model as the vendor does',
    );
  }
  if (name === '') return { model, mode: undefined };
  if (modes.includes(name)) return { model, mode: name };
  if (modes.length === 0 || name.includes('/')) return { model: name, mode: undefined };
  const near = nearestName(name, modes);
  throw specError(
    provider,
    `one of ${modes.join(', ')}, or a model's name with a slash`,
    JSON.stringify(name),
    near === undefined ? undefined : `did you mean "${near}"?`,
  );
}

interface BaseUrl {
  readonly url: string;
  readonly host: 'vendor' | 'other';
}

function baseUrlOf(provider: string, profile: Profile, { baseUrl, env }: OpenModelOptions): BaseUrl {
  const { baseUrlVariable, basePath = '' } = profile;
  const fromEnv = baseUrlVariable === undefined ? undefined : env[baseUrlVariable]?.trim();
  const text = baseUrl ?? (fromEnv || profile.baseUrl);
  const place = baseUrl === undefined && fromEnv ? `${baseUrlVariable}` : `the base URL of "${provider}"`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const shown = text.replace(/\/\/[^/]*@/, '//…@').replace(/\?.*/, '?…');
    throw baseUrlError(place, 'an http or https URL', JSON.stringify(shown));
  }
  if (url.username !== '' || url.password !== '') {
    throw baseUrlError(
      place,
      'a URL without user and password',
      'one with them',
      'set the key in its variable',
    );
  }
  url.hash = '';
  if (url.pathname === '/' && basePath !== '') url.pathname = basePath;
  const isVendors = profile.keyAt === 'vendor' && url.origin === new URL(profile.baseUrl).origin;
  return { url: url.href, host: isVendors ? 'vendor' : 'other' };
}

function keyOf(
  provider: string,
  { keyVariables }: Profile,
  host: BaseUrl['host'],
  { key, env }: OpenModelOptions,
): string | undefined {
  const found = [key, ...keyVariables.map(variable => env[variable])].map(text => text?.trim()).find(Boolean);
  if (found !== undefined || host !== 'vendor') return found;
  throw new GlyphError({
    kind: 'config',
    operation: `open a model of "${provider}"`,
    expected: 'a key',
    actual: 'none',
    hint: `set ${keyVariables.join(' or ')}`,
  });
}

function unknownProvider(spec: string, provider: string): GlyphError {
  const near = nearestName(provider, providerNames);
  return specError(
    spec,
    'a known provider',
    JSON.stringify(provider),
    near === undefined ? `one of ${providerNames.join(', ')}` : `did you mean "${near}"?`,
  );
}

const specError = (spec: string, expected: string, actual: string, hint: string | undefined) =>
  new GlyphError({
    kind: 'config',
    operation: `open model ${JSON.stringify(spec)}`,
    expected,
    actual,
    ...(hint === undefined ? {} : { hint }),
  });

const baseUrlError = (place: string, expected: string, actual: string, hint?: string) =>
  new GlyphError({
    kind: 'config',
    operation: `read ${place}`,
    expected,
    actual,
    ...(hint === undefined ? {} : { hint }),
  });
