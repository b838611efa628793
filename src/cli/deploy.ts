/** `glyph deploy`: what starts a server for Glyph, or for a model trained from it, on machines with GPUs. */
import { openRunFolder } from '../node/index.ts';
import { type DeployWish, deployFiles, launchLine, serverNames } from '../train/index.ts';
import { choose } from './choose.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { countFlag } from './input-flags.ts';
import { usageError } from './usage-error.ts';

const defaults = { model: 'zai-org/Glyph', images: 64, contextTokens: 131_072, gpus: 1, port: 8000 };

export const deployCommand: Command = {
  name: 'deploy',
  about: 'Writes what starts a server of Glyph or your model: launch line, compose file, Kubernetes.',
  usage: `${serverNames.join('|')} [-o DIR] [flags]`,
  groups: [
    {
      title: 'Server',
      flags: [
        {
          name: 'model',
          short: 'm',
          value: 'NAME|FOLDER',
          about: `On the model hub, or a checkpoint, as seen from DIR (${defaults.model})`,
        },
        { name: 'images', value: 'N', about: `Pages of a request (${defaults.images})` },
        {
          name: 'max-tokens',
          value: 'N',
          about: `Of a request, answer included (${defaults.contextTokens})`,
        },
        { name: 'gpus', value: 'N', about: `That share the model (${defaults.gpus})` },
        { name: 'port', value: 'N', about: `${defaults.port} unless given` },
      ],
    },
    {
      title: 'Output',
      flags: [
        { name: 'out', short: 'o', value: 'DIR', about: 'Gets serve.sh, compose.yaml, kubernetes.yaml' },
        { name: 'json', about: 'Print the wish and the launch line as JSON' },
      ],
    },
  ],
  notes: [
    'Without -o the launch line alone is printed. Whatever model is served, clients ask for zai-org/Glyph, so `--model glyph --base-url URL` finds it. Then `glyph doctor --base-url URL` says whether all is well.',
  ],
  examples: [
    ['glyph deploy vllm', 'the launch line'],
    ['glyph deploy vllm --gpus 2 --images 128 -o server', 'files for a machine with two GPUs'],
    ['glyph deploy sglang --model ./out/checkpoint-500 -o server', 'a model of `glyph train --engine`'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  if (args.positionals.length > 1)
    throw usageError({
      operation: 'read the command line',
      expected: 'one server',
      actual: JSON.stringify(args.positionals[1]),
    });
  const wish: DeployWish = {
    server: choose('server', serverNames, args.positionals[0]),
    model: textFlag(args, 'model') ?? defaults.model,
    images: countFlag(args, 'images', 10_000) ?? defaults.images,
    contextTokens: countFlag(args, 'max-tokens', 10_000_000) ?? defaults.contextTokens,
    gpus: countFlag(args, 'gpus', 64) ?? defaults.gpus,
    port: countFlag(args, 'port', 65_535) ?? defaults.port,
  };
  const out = textFlag(args, 'out');
  const line = launchLine(wish);
  if (out !== undefined) {
    const folder = await openRunFolder(out, 'create');
    try {
      for (const [path, { content }] of Object.entries(deployFiles(wish))) await folder.write(path, content);
    } finally {
      await folder.close();
    }
  }
  if (hasFlag(args, 'json'))
    terminal.out(`${JSON.stringify({ ...wish, out: out ?? null, line }, undefined, 2)}\n`);
  else
    terminal.out(
      out === undefined ? `${line}\n` : `serve.sh, compose.yaml and kubernetes.yaml are in ${out}\n`,
    );
  return exitCodes.ok;
}
