/**
 * The models that can be asked from the studio: the embedded reader, the one the server was started with, and those of
 * vendors whose key the server's environment holds. Keys stay here; the browser names a model and nothing else.
 */
import { GlyphError } from '../base/index.ts';
import { type Model, openModel, profiles } from '../model/index.ts';
import { openReader } from '../node/index.ts';
import { type Reader, readerFamily } from '../reader/index.ts';
import type { AskableModel } from './api.ts';

export interface StudioModels {
  readonly list: readonly AskableModel[];
  /** Calls with the reader one after the other: it has the machine to itself, so its times mean something. */
  withReader<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** @throws GlyphError kind `config` for a model that is not to be asked from here */
  open(spec: string): Model;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Shown where a vendor's key is set; others of that vendor are asked by name. */
const suggested: Readonly<Record<string, readonly string[]>> = {
  openai: ['gpt-4.1', 'gpt-4.1-mini', 'gpt-5', 'gpt-5-mini'],
  anthropic: ['claude-sonnet-4-5', 'claude-haiku-4-5', 'claude-opus-4-5'],
  gemini: ['gemini-2.5-flash', 'gemini-2.5-pro'],
};

/** @param extra the spec of a model the server was started with */
export function openStudioModels(env: Environment, extra: string | undefined): StudioModels {
  const vendors = Object.keys(suggested).filter(vendor => hasKey(vendor, env));
  const served = new Set([
    ...(extra === undefined || isEmbedded(extra) ? [] : [extra]),
    ...vendors.flatMap(vendor => suggested[vendor]!.map(name => `${vendor}:${name}`)),
  ]);
  let reader: Promise<Reader> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    list: [
      { spec: readerFamily, family: readerFamily, kind: 'embedded' },
      ...[...served].flatMap(spec => askable(spec, env)),
    ],
    withReader(work) {
      const turn = last.then(async () => {
        reader ??= openReader(extra !== undefined && isEmbedded(extra) ? folderOf(extra) : undefined);
        try {
          return await work(await reader);
        } catch (error) {
          await reader.catch(() => {
            reader = undefined; // the next call tries again
          });
          throw error;
        }
      });
      last = turn.catch(() => {});
      return turn;
    },
    open(spec) {
      const vendor = spec.slice(0, Math.max(0, spec.indexOf(':')));
      if (served.has(spec) || vendors.includes(vendor)) return openModel(spec, { env });
      throw new GlyphError({
        kind: 'config',
        operation: `ask ${JSON.stringify(spec)}`,
        expected: 'a model of the studio’s list',
        actual: 'one whose key is not set on the server',
      });
    },
    async close() {
      await last;
      await (await reader?.catch(() => undefined))?.close();
    },
  };
}

/** None where it cannot be opened: an environment made for other commands must not keep the proxy from starting. */
function askable(spec: string, env: Environment): readonly AskableModel[] {
  try {
    const { family, abilities } = openModel(spec, { env });
    return abilities.task === 'answer' ? [{ spec, family, kind: 'served' }] : [];
  } catch (error) {
    if (error instanceof GlyphError) return [];
    throw error;
  }
}

const isEmbedded = (spec: string): boolean => spec === readerFamily || spec.startsWith(`${readerFamily}:`);

const folderOf = (spec: string): string | undefined => spec.slice(readerFamily.length + 1) || undefined;

const hasKey = (vendor: string, env: Environment): boolean =>
  profiles.get(vendor)!.keyVariables.some(name => (env[name] ?? '').trim() !== '');
