/** An adaptive preset: a config for each kind of content, as `glyph search --by content` finds them. */
import { GlyphError, nearestName, sha256Hex } from '../base/index.ts';
import {
  type ConfigReading,
  configHash,
  defaultConfig,
  type RenderConfig,
  readConfig,
} from '../config/index.ts';
import { type ContentKind, contentKinds } from '../text/index.ts';

/** `prose` stands in for a kind without a config. */
export type AdaptiveConfig = Readonly<
  Partial<Record<ContentKind, RenderConfig>> & { readonly prose: RenderConfig }
>;

/** How a document is drawn: all of it alike, or each kind of content with its own config. */
export type DocumentConfig = RenderConfig | AdaptiveConfig;

export interface AdaptiveReading extends Pick<ConfigReading, 'notes'> {
  readonly config: AdaptiveConfig;
}

/** Whether a value read from a file is meant as an adaptive preset: one kind's name is enough, also a misspelt one. */
export function isAdaptiveInput(input: unknown): input is object {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return false;
  return Object.entries(input).some(
    ([name, value]) =>
      isKind(name) || (typeof value === 'object' && nearestName(name, contentKinds) !== undefined),
  );
}

export const isAdaptive = (config: DocumentConfig): config is AdaptiveConfig => 'prose' in config;

/**
 * Reads `{ "prose": …, "code": …, "table": …, "chinese": … }`, each a config over `base`; without `prose` the first stands
 * in for it.
 * @throws GlyphError kind `config`
 */
export function readAdaptive(input: unknown, base: RenderConfig = defaultConfig): AdaptiveReading {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw notAdaptive(typeof input);
  const [first, ...others] = Object.entries(input);
  if (first === undefined) throw notAdaptive('none');
  const readings = [first, ...others].map(([kind, config]) => [kind, readKind(kind, config, base)] as const);
  const configs = Object.fromEntries(readings.map(([kind, { config }]) => [kind, config]));
  return {
    config: { prose: configs[first[0]]!, ...configs },
    notes: readings.flatMap(([kind, { notes }]) => notes.map(note => `${kind}: ${note}`)),
  };
}

/** `readAdaptive` without the notes. */
export const parseAdaptive = (input: unknown): AdaptiveConfig => readAdaptive(input).config;

function readKind(kind: string, config: unknown, base: RenderConfig): ConfigReading {
  if (!isKind(kind)) throw notAdaptive(JSON.stringify(kind), nearestName(kind, contentKinds));
  try {
    return readConfig(config, base);
  } catch (error) {
    if (!(error instanceof GlyphError)) throw error;
    const { kind: errorKind, operation, expected, actual, hint } = error;
    throw new GlyphError({
      kind: errorKind,
      operation: `${operation} of ${kind}`,
      expected,
      actual,
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    });
  }
}

/** The same change to the config of each kind. */
export function mapConfigs(
  config: DocumentConfig,
  change: (config: RenderConfig) => RenderConfig,
): DocumentConfig {
  if (!isAdaptive(config)) return change(config);
  const changed = Object.entries(config).map(([kind, each]) => [kind, change(each)]);
  return Object.fromEntries(changed) as AdaptiveConfig;
}

export const configsOf = (config: DocumentConfig): readonly RenderConfig[] =>
  isAdaptive(config) ? Object.values(config) : [config];

/** As `configHash`; adaptive presets that draw every kind alike hash alike. */
export function documentHash(config: DocumentConfig): string {
  if (!isAdaptive(config)) return configHash(config);
  const hashes = contentKinds.map(kind => [kind, configHash(config[kind] ?? config.prose)]);
  return sha256Hex(JSON.stringify(hashes)).slice(0, 16);
}

const isKind = (name: string): name is ContentKind => (contentKinds as readonly string[]).includes(name);

const notAdaptive = (actual: string, near?: string) =>
  new GlyphError({
    kind: 'config',
    operation: 'read an adaptive preset',
    expected: `configs under ${contentKinds.join(', ')}`,
    actual,
    ...(near === undefined ? {} : { hint: `did you mean "${near}"?` }),
  });
