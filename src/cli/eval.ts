/** `glyph eval`: a benchmark's questions to a model, from text and from pages, with cost and time beside the scores. */
import { GlyphError } from '../base/index.ts';
import {
  builtInTasks,
  createMemoryStore,
  type EvaluateOptions,
  evaluate,
  findTask,
  planRun,
  type RunFile,
  type RunStore,
  readRun,
  rescoreRun,
  startRun,
} from '../eval/index.ts';
import type { Model } from '../model/index.ts';
import { openRunFolder } from '../node/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { configGroups } from './config-flags.ts';
import { evalEffects } from './eval-effects.ts';
import { startEvalProgress } from './eval-progress.ts';
import { amountFlag, givenSettings, sameSettings, settingsForNew, settingsGroup } from './eval-settings.ts';
import { runSpeed, speedGroup, speedTask } from './eval-speed.ts';
import { endText, estimateText, summaryText, taskList } from './eval-text.ts';
import { countFlag } from './input-flags.ts';
import {
  judgeFlags,
  modelFromFlags,
  modelGroup,
  otherModelFromFlags,
  rateFlags,
  ratesFromFlags,
} from './model-flags.ts';
import { usageError } from './usage-error.ts';

export const evalCommand: Command = {
  name: 'eval',
  about: 'Measures what a model answers from pages against plain text, a truncated text and retrieval.',
  usage: 'TASK|speed --model PROVIDER:NAME -o RUN, or --resume|--rescore RUN, or --list',
  groups: [
    modelGroup,
    settingsGroup,
    {
      title: 'Running',
      flags: [
        { name: 'out', short: 'o', value: 'RUN', about: 'The folder of the run' },
        { name: 'jobs', short: 'j', value: 'N', about: 'Samples under way at once (4)' },
        ...rateFlags,
        { name: 'max-cost', value: 'USD', about: 'Stop before the run, judge included, costs more' },
        ...judgeFlags,
        { name: 'resume', about: 'Go on with the run in the folder' },
        { name: 'retry-failed', about: 'Go on, and ask again what failed' },
        { name: 'rescore', about: 'Score the recorded answers again; asks no model' },
        { name: 'dry-run', about: 'Print what the requests would come to; send nothing' },
        { name: 'list', about: 'The tasks, and what to download for them' },
        { name: 'json', about: 'Print the summary as JSON' },
        { name: 'quiet', short: 'q', about: 'Print nothing but the summary and errors' },
      ],
    },
    speedGroup,
    ...configGroups,
  ],
  notes: [
    'Arms: text; truncate (head and tail) and rag (passages by BM25), both with the tokens pages take; pages; with +zoom the pages a question is about are sharpened, with +exact ids and amounts also travel as text, with @96 they are drawn at that dpi. All arms see the same samples.',
    'Ctrl-C waits for the answers under way and records them; a second one does not wait. `glyph report RUN` makes a page of the results.',
  ],
  examples: [
    [
      'glyph eval ruler --model openai:gpt-4.1 --lengths 4k --limit 10 -o runs/ruler',
      'with OPENAI_API_KEY set',
    ],
    [
      'glyph eval longbench --data LongBench --model glyph --arms text,rag,pages,pages@96 -o runs/lb',
      'a served Glyph at localhost:8000',
    ],
    ['glyph eval --resume runs/ruler', 'goes on where it was'],
    [
      'glyph eval speed --model glyph --base-url http://gpu:8000/v1 --lengths 4k,32k',
      'time to first token, tokens a second',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  if (hasFlag(args, 'list')) {
    terminal.out(taskList(builtInTasks, terminal.widthColumns));
    return exitCodes.ok;
  }
  const { taskName, folder } = namesOf(args);
  if (taskName === speedTask) return await runSpeed(args, terminal);
  if (hasFlag(args, 'dry-run')) return await dryRun(taskName, args, terminal);
  if (folder === undefined) throw noFolder();
  if (hasFlag(args, 'rescore')) return await rescore(folder, taskName, args, terminal);
  const isGoingOn = hasFlag(args, 'resume') || hasFlag(args, 'retry-failed');
  return isGoingOn
    ? await goOn(folder, taskName, args, terminal)
    : await begin(folder, taskName, args, terminal);
}

/** With -o, the word is the task; without, it is the folder of a run that is there. */
function namesOf(args: Arguments): {
  readonly taskName: string | undefined;
  readonly folder: string | undefined;
} {
  const [word, more] = args.positionals;
  if (more !== undefined) {
    const actual = JSON.stringify(more);
    throw usageError({ operation: 'read the command line', expected: 'one task', actual });
  }
  const out = textFlag(args, 'out');
  const isThere = ['resume', 'retry-failed', 'rescore'].some(flag => hasFlag(args, flag));
  return isThere && out === undefined
    ? { taskName: undefined, folder: word }
    : { taskName: word, folder: out };
}

/** Whatever may be wrong with the command line is found out before there is a folder. */
async function begin(
  folder: string,
  taskName: string | undefined,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const task = findTask(taskName ?? '');
  const model = await modelFromFlags(args, terminal);
  const settings = await settingsForNew(task, model, args, terminal);
  const limits = await limitFlags(args, terminal);
  return await withFolder(folder, 'create', async store => {
    const run = await startRun(store, settings);
    return await evaluateRun({ store, folder, run, model }, limits, args, terminal);
  });
}

async function goOn(
  folder: string,
  taskName: string | undefined,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const limits = await limitFlags(args, terminal);
  return await withFolder(folder, 'write', async store => {
    const run = await readRun(store);
    sameSettings(run, await givenSettings(args, terminal), taskName);
    const spec = textFlag(args, 'model') ?? run.model.id;
    const model = await modelFromFlags({ ...args, flags: { ...args.flags, model: spec } }, terminal);
    if (model.id !== run.model.id) {
      const expected = `its model, ${run.model.id}`;
      throw usageError({ operation: 'go on with a run', expected, actual: model.id });
    }
    return await evaluateRun({ store, folder, run, model }, limits, args, terminal);
  });
}

async function withFolder<T>(
  folder: string,
  access: 'create' | 'write',
  work: (store: RunStore) => Promise<T>,
): Promise<T> {
  const store = await openRunFolder(folder, access);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

type Limits = Pick<
  EvaluateOptions,
  'judge' | 'jobs' | 'requestsPerMinute' | 'tokensPerMinute' | 'maxCostUsd' | 'retry'
>;

async function limitFlags(args: Arguments, terminal: Terminal): Promise<Limits> {
  return {
    judge: await otherModelFromFlags('judge', args, terminal),
    jobs: countFlag(args, 'jobs', 1000),
    ...ratesFromFlags(args),
    maxCostUsd: amountFlag(args, 'max-cost'),
    retry: hasFlag(args, 'retry-failed') ? 'failed' : 'none',
  };
}

interface OpenRun {
  readonly store: RunStore;
  readonly folder: string;
  readonly run: RunFile;
  readonly model: Model;
}

async function evaluateRun(
  { store, folder, run, model }: OpenRun,
  limits: Limits,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const task = findTask(run.task);
  const mode = hasFlag(args, 'quiet') || hasFlag(args, 'json') ? 'brief' : 'full';
  const say = mode === 'brief' ? () => {} : (text: string) => terminal.err(text);
  if (task.scorer.judge !== undefined && limits.judge === undefined) {
    say('note: this task needs --judge; answers stay unscored until the run goes on with one\n');
  }
  const progress = startEvalProgress(terminal, say);
  const { signal } = terminal;
  try {
    const { state, summary } = await evaluate({
      task,
      run,
      store,
      model,
      signal,
      onEvent: progress.show,
      ...limits,
      ...evalEffects,
    });
    progress.clear();
    terminal.out(hasFlag(args, 'json') ? json(summary) : summaryText(summary));
    terminal.err(endText(state, summary, folder, mode));
    if (state === 'interrupted') return exitCodes.interrupted;
    return state === 'complete' ? exitCodes.ok : exitCodes.failure;
  } catch (error) {
    progress.clear();
    if (!(error instanceof GlyphError) || error.kind !== 'aborted') throw error;
    terminal.err('interrupted before the first request: run the same command again\n');
    return exitCodes.interrupted;
  } finally {
    progress.clear();
  }
}

async function dryRun(taskName: string | undefined, args: Arguments, terminal: Terminal): Promise<number> {
  const task = findTask(taskName ?? '');
  const model = await modelFromFlags(args, terminal);
  const store = createMemoryStore();
  const run = await startRun(store, await settingsForNew(task, model, args, terminal));
  const plan = await planRun({ task, run, store, model, signal: terminal.signal, ...evalEffects });
  terminal.out(hasFlag(args, 'json') ? json({ ...plan, samples: plan.samples.length }) : estimateText(plan));
  return exitCodes.ok;
}

async function rescore(
  folder: string,
  taskName: string | undefined,
  args: Arguments,
  terminal: Terminal,
): Promise<number> {
  const { compat, ...given } = await givenSettings(args, terminal);
  return await withFolder(folder, 'write', async store => {
    const recorded = await readRun(store);
    sameSettings(recorded, given, taskName);
    const run = compat === undefined ? recorded : { ...recorded, compat };
    const summary = await rescoreRun({ task: findTask(run.task), run, store, ...evalEffects });
    terminal.out(hasFlag(args, 'json') ? json(summary) : summaryText(summary));
    return exitCodes.ok;
  });
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

const noFolder = () =>
  usageError({
    operation: 'read the command line',
    expected: 'a folder for the run',
    actual: 'none',
    hint: 'name one with -o, or ask for the cost alone with --dry-run',
  });
