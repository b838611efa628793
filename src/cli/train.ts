/** `glyph train`: the embedded reader's three stages on this machine, as runs that go on after a kill. */
import { GlyphError } from '../base/index.ts';
import { loadOnnxRuntime, openRunFolder, readModelFolder } from '../node/index.ts';
import { train, trainPresets } from '../train/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { countFlag } from './input-flags.ts';
import { otherModelFromFlags } from './model-flags.ts';
import { jobGroup, writeJob } from './train-job.ts';
import { startTrainProgress } from './train-progress.ts';
import { presetFrom, presetNames, settingsFrom } from './train-settings.ts';
import { usageError } from './usage-error.ts';

export const trainCommand: Command = {
  name: 'train',
  about: 'Trains on data of `glyph data`: the embedded reader here, or large models with existing engines.',
  usage: 'pretrain|sft|rl --data DIR -o RUN [flags]',
  groups: [
    {
      title: 'Training',
      flags: [
        { name: 'data', value: 'DIR', about: 'A finished data set of the same stage' },
        {
          name: 'from',
          value: 'DIR',
          about: 'A run, or the folder of a reader, to begin with; sft and rl need one',
        },
        { name: 'preset', value: 'NAME', about: `Sizes and schedule: ${presetNames.join(', ')} (reader)` },
        { name: 'steps', value: 'N', about: 'Steps, in place of the preset’s' },
        { name: 'seed', value: 'TEXT', about: 'The same seed, the same reader (42)' },
        { name: 'ocr', value: 'with|without', about: 'sft, rl: keep rows that write out pages (with)' },
        {
          name: 'set',
          value: 'KEY=VALUE,…',
          about: 'Any other setting of the stage, e.g. peakRate=1e-3,near.samples=8',
        },
        {
          name: 'judge',
          value: 'MODEL',
          about: 'rl: a model that judges free answers, e.g. openai:gpt-4.1-mini',
        },
      ],
    },
    {
      title: 'Machine',
      flags: [
        {
          name: 'threads',
          short: 'j',
          value: 'N',
          about: 'CPU threads (1, with which equal runs are equal bit for bit)',
        },
        {
          name: 'provider',
          value: 'NAME',
          about: 'Execution provider of ONNX Runtime: cpu, webgpu, cuda (cpu)',
        },
        { name: 'checkpoint-every', value: 'STEPS', about: 'Steps from one checkpoint to the next (100)' },
      ],
    },
    jobGroup,
    {
      title: 'Output',
      flags: [
        { name: 'out', short: 'o', value: 'RUN', about: 'The folder of the run, or of the job' },
        { name: 'json', about: 'Print the result as JSON' },
        { name: 'quiet', short: 'q', about: 'Print nothing but errors' },
      ],
    },
  ],
  notes: [
    'RUN gets config.json, metrics.jsonl (a line a step), curves.svg, state.safetensors (the last checkpoint), and at the end model/ (a reader that --model embedded:RUN/model and --from RUN take) and manifest.json. After Ctrl-C or a kill the same command goes on from the last checkpoint.',
    'With --engine nothing is trained here: RUN becomes a folder with data, config of the paper’s values, launch scripts and a README with the commands and what they will cost. swift: every stage; verl: rl; llamafactory: sft. Rewards of rl come from `glyph reward serve`.',
    'pretrain takes data of `glyph data pretrain --model embedded --preset embedded --max-pages 1 --ocr-marks lines`; sft and rl any questions over pages of the reader’s own kind.',
  ],
  examples: [
    ['glyph train pretrain --data data/pretrain -o runs/pretrain -j 2', 'a new reader'],
    ['glyph train sft --data data/sft --from runs/pretrain -o runs/sft', 'learns to answer'],
    ['glyph train rl --data data/rl --from runs/sft -o runs/rl --steps 50', 'GRPO'],
    ['glyph train pretrain --data data/pretrain -o runs/try --preset tiny', 'whether it runs at all'],
    [
      'glyph train pretrain --data data/pretrain --engine swift --nodes 2 -o job',
      'the paper’s model, on 16 GPUs',
    ],
    [
      'glyph train rl --data data/rl --engine swift --from zai-org/Glyph -o job',
      'GRPO with the reward server',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  if (textFlag(args, 'engine') !== undefined) {
    return await writeJob(args, terminal, required(args, 'data'), required(args, 'out'));
  }
  const settings = settingsFrom(args);
  const [data, out] = [required(args, 'data'), required(args, 'out')];
  const fromPath = textFlag(args, 'from');
  const from = fromPath === undefined ? undefined : await readModelFolder(fromPath);
  const compute = await computeFrom(args);
  const judge = await otherModelFromFlags('judge', args, terminal);
  const checkpointEvery = countFlag(args, 'checkpoint-every', 1_000_000) ?? 100;
  const isQuiet = hasFlag(args, 'quiet') || hasFlag(args, 'json');
  const progress = startTrainProgress(terminal, isQuiet ? 'quiet' : 'shown');
  const files = await openRunFolder(data, 'read');
  const store = await openRunFolder(out, 'create');
  try {
    const steps = await train({
      settings,
      preset: trainPresets[presetFrom(args)],
      data: files,
      store,
      from,
      judge,
      compute,
      checkpointEvery,
      now: () => performance.now(),
      signal: terminal.signal,
      onEvent: event => progress.show(event),
    });
    progress.clear();
    report(args, terminal, steps);
    return exitCodes.ok;
  } catch (error) {
    progress.clear();
    if (error instanceof GlyphError && error.kind === 'aborted' && !isQuiet)
      terminal.err(`interrupted: the checkpoint is in ${out}; run the same command again to go on\n`);
    throw error;
  } finally {
    await store.close();
    await files.close();
  }
}

async function computeFrom(args: Arguments) {
  const provider = textFlag(args, 'provider');
  return {
    runtime: await loadOnnxRuntime(),
    threads: countFlag(args, 'threads', 256) ?? 1,
    executionProviders: provider === undefined ? undefined : [provider],
  };
}

function report(args: Arguments, terminal: Terminal, steps: number): void {
  const run = required(args, 'out').replace(/(?<=.)\/+$/, '');
  const model = `${run}/model`;
  if (hasFlag(args, 'json')) terminal.out(`${JSON.stringify({ run, steps, model }, undefined, 2)}\n`);
  else if (!hasFlag(args, 'quiet'))
    terminal.out(`${steps} steps done: ${model} is the reader, ${run}/curves.svg its course\n`);
}

function required(args: Arguments, name: string): string {
  const text = textFlag(args, name);
  if (text !== undefined) return text;
  throw usageError({
    operation: 'read the command line',
    expected: name === 'data' ? 'a data set' : 'a folder for the run',
    actual: 'none',
    hint: name === 'data' ? '--data DIR' : '-o RUN',
  });
}
