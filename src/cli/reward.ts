/** `glyph reward`: the rewards of training over HTTP, for engines that run elsewhere. */
import { createJudge, createRewardServer, defaultRewardLimits, limitJudge } from '../train/index.ts';
import { choose } from './choose.ts';
import type { Arguments, Command, Terminal } from './command.ts';
import { clock } from './eval-effects.ts';
import { countFlag } from './input-flags.ts';
import { otherModelFromFlags } from './model-flags.ts';
import { placeFromFlags, serverFlags, serveUntilTold } from './run-server.ts';
import { usageError } from './usage-error.ts';

const defaultPort = 47_823;
const [defaultJobs, defaultRemembered] = [8, 100_000];

export const rewardCommand: Command = {
  name: 'reward',
  about: 'Serves the rewards of training over HTTP: rollouts in, scores out.',
  usage: 'serve [--port N] [--judge MODEL]',
  groups: [
    {
      title: 'Server',
      flags: [
        ...serverFlags(defaultPort, 'as authorization: Bearer TEXT'),
        {
          name: 'max-rows',
          value: 'N',
          about: `Rows under way at once, beyond which a batch gets 429 (${defaultRewardLimits.maxRows})`,
        },
      ],
    },
    {
      title: 'Judge',
      flags: [
        {
          name: 'judge',
          value: 'MODEL',
          about: 'Judges free answers that differ from the right one, e.g. openai:gpt-4.1-mini',
        },
        { name: 'judge-base-url', value: 'URL', about: 'Its server' },
        { name: 'judge-jobs', value: 'N', about: `Questions to it at once (${defaultJobs})` },
        { name: 'judge-rpm', value: 'N', about: 'Questions to it a minute, at most' },
        {
          name: 'judge-cache',
          value: 'N',
          about: `Verdicts remembered (${defaultRemembered}); errors never are`,
        },
        { name: 'timeout', value: 'SECONDS', about: 'Longest wait for a verdict; 600 unless given' },
      ],
    },
  ],
  notes: [
    'POST /rewards takes {"rows": [{"completion", "reward", "answer", "finished"}, …]}: what a model wrote and the columns of `glyph data rl`; finished is false where the model was cut off, other columns may come along. It answers {"rewards": [0 to 1, or null where a row cannot be scored], "details": [{"value", "format", "accuracy"} or {"value": null, "error"}, …]}. One bad row never fails a batch. When as much as fits is under way it answers 429: send the batch again a little later. GET /health says what it has done.',
    'The rewards are those of `glyph train rl`, by the same code: exact and extractive answers 1 where the answer thinks first and is right, transcriptions by characters alike.',
  ],
  examples: [
    ['glyph reward serve', 'on port 47823 of this machine'],
    ['glyph reward serve --judge openai:gpt-4.1-mini --judge-rpm 500', 'free answers judged by a model'],
    ['GLYPH_TOKEN=… glyph reward serve --host 0.0.0.0', 'for the machines of a cluster'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  choose('thing to do', ['serve'], args.positionals[0]);
  if (args.positionals.length > 1)
    throw usageError({
      operation: 'read the command line',
      expected: 'serve alone',
      actual: JSON.stringify(args.positionals[1]),
    });
  const place = placeFromFlags(args, terminal, defaultPort);
  const model = await otherModelFromFlags('judge', args, terminal);
  const limits = {
    concurrency: countFlag(args, 'judge-jobs', 1024) ?? defaultJobs,
    requestsPerMinute: countFlag(args, 'judge-rpm', 1_000_000),
    remembered: countFlag(args, 'judge-cache', 10_000_000) ?? defaultRemembered,
  };
  const judge = model === undefined ? undefined : limitJudge(createJudge(model), limits, clock);
  const maxRows = countFlag(args, 'max-rows', 1_000_000);
  const app = createRewardServer({
    judge,
    token: place.token,
    limits: maxRows === undefined ? undefined : { maxRows },
  });
  return await serveUntilTold(app, place, terminal);
}
