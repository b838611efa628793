/**
 * Memory that fades, for agents: recent turns stay text, older ones become pages that never change once written, the
 * oldest pages lose pixels tier by tier (arXiv 2510.18234), and `recall` brings any turn back sharp. The log of turns is
 * the only state; pages are derived from it.
 */
import { configHash, type RenderConfig } from '../../config/index.ts';
import type { Message } from '../../model/index.ts';
import { sum } from '../accounting.ts';
import { contentsOf } from '../build-request.ts';
import { pageConfigFor } from '../geometry.ts';
import { type Meter, openMeter } from '../meter.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { PageShelf } from './page-shelf.ts';
import { type RecalledTurn, recallTurns } from './recall.ts';
import { type MemoryOptions, readMemoryOptions } from './settings.ts';
import { planTiers } from './tiers.ts';
import { Transcript } from './transcript.ts';
import { openTurnLog } from './turn-log.ts';
import { createViewer, type MemoryView } from './viewer.ts';

export interface Memory {
  /** All turns as they were appended, oldest first. */
  readonly turns: readonly Message[];
  /**
   * Adds turns. Once it resolves they outlive a crash. Where it throws, none is added; only a crash right then, or a store
   * that fails twice, may leave some of them for the next time the memory is opened.
   * @throws GlyphError kind `input` for a turn that is no message of text and tool calls, `io` where it cannot be kept
   */
  append(turn: Message | readonly Message[]): Promise<void>;
  /**
   * The memory as messages of at most `budget.tokens`, to be put after the instructions. Pages that are due are
   * finished or moved now. While none is, and the budget has room, the messages of one call begin those of the next.
   * @throws GlyphError kind `tokens` where not even the last turn fits, `io` where pages cannot be kept
   */
  toMessages(budget: { readonly tokens: number }): Promise<MemoryView>;
  /** The turns that answer a query best, 3 unless told. */
  recall(query: string, options?: { readonly turns?: number }): Promise<readonly RecalledTurn[]>;
  /** Ends what is under way and lets another writer in. */
  close(): Promise<void>;
}

/** Raised when the same turns and config are to give other pages. */
const formatVersion = 1;

/**
 * Opens the memory of a store, empty where there is none: reads the log and draws pages that are lost or damaged.
 * @throws GlyphError kind `config` for a wrong option, `tokens` for an unknown model, `io` for a damaged log or a store
 *   that is open in another place
 */
export async function createMemory(options: MemoryOptions): Promise<Memory> {
  const settings = readMemoryOptions(options);
  const model = typeof options.model === 'string' ? options.model : options.model.family;
  const config = pageConfig(model, options.config);
  const meter = await openMeter(model, options);
  const unlock = await options.store.lock();
  try {
    const log = await openTurnLog(options.store);
    const transcript = new Transcript();
    for (const turn of log.turns) transcript.add(turn, turnTokens(turn, meter));
    const { recentTokens, tiers, batchPages } = settings;
    const { store, loadFont, onEvent } = options;
    const shelf = new PageShelf(transcript, {
      store,
      loadFont,
      onEvent,
      config,
      tiers: planTiers(tiers, batchPages, config, meter.countImage),
      key: JSON.stringify([formatVersion, configHash(config), tiers.map(tier => tier.dpiScale)]),
    });
    await shelf.open(transcript.recentStart(recentTokens));
    const view = createViewer({ options, settings, model, config, meter, transcript, shelf });
    const queue = oneAtATime('a memory');
    return {
      get turns() {
        return log.turns;
      },
      append: turn =>
        queue.run(async () => {
          const added = await log.append(isList(turn) ? turn : [turn]);
          for (const each of added) transcript.add(each, turnTokens(each, meter));
        }),
      toMessages: budget =>
        queue.run(async () => {
          await shelf.settle(transcript.recentStart(recentTokens));
          return view(log.turns, budget?.tokens);
        }),
      recall: (query, { turns = 3 } = {}) => queue.run(async () => recallTurns(log.turns, query, turns)),
      close: () => queue.close(unlock),
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

const isList = (turn: Message | readonly Message[]): turn is readonly Message[] => Array.isArray(turn);

/** What would make a page depend on more than its own text is off. */
function pageConfig(model: string, config: RenderConfig | undefined): RenderConfig {
  const given = pageConfigFor(model, config);
  return { ...given, reflow: 'off', autoCropLastPage: false, header: '', compat: 'none' };
}

const turnTokens = (turn: Message, meter: Meter): number =>
  sum(contentsOf([turn]).texts.map(text => meter.countText(text)));
