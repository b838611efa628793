/** `glyph wrap -- COMMAND…`: a program with the proxy between it and its model, for as long as it runs. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { GlyphError } from '../base/index.ts';
import { listen } from '../proxy/index.ts';
import { type Arguments, type Command, exitCodes, type Terminal, textFlag } from './command.ts';
import { configGroups } from './config-flags.ts';
import { baseUrlVariables, proxyFromFlags, upstreamGroup } from './proxy-flags.ts';
import { openProxyLog, type ProxyLog } from './proxy-log.ts';
import { usageError } from './usage-error.ts';

export const wrapCommand: Command = {
  name: 'wrap',
  about: 'Runs a program with the proxy between it and its model.',
  usage: '[--log FILE] -- COMMAND…',
  groups: [
    {
      title: 'Log',
      flags: [{ name: 'log', value: 'FILE', about: 'Append a JSON line a request, for `glyph stats`' }],
    },
    upstreamGroup,
    ...configGroups,
  ],
  notes: [
    `The program finds the proxy in ${Object.values(baseUrlVariables).join(', ')}; what these said before is where requests go on to. Its exit code is the command's.`,
  ],
  examples: [
    ['glyph wrap -- claude', 'an agent whose long history goes as pages'],
    ['glyph wrap --log agent.jsonl -- python agent.py', 'the same for a program of your own'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const [command, ...words] = args.positionals;
  if (command === undefined) {
    throw usageError({
      operation: 'read the command line',
      expected: 'a command after --',
      actual: 'none',
      hint: 'glyph wrap -- claude',
    });
  }
  const file = textFlag(args, 'log');
  // Without a log nothing is written: the screen is the program's.
  const log: ProxyLog | undefined = file === undefined ? undefined : await openProxyLog(file, terminal);
  try {
    const app = await proxyFromFlags(args, terminal, { onRecord: record => log?.write(record) });
    const server = await listen(app.fetch, { host: '127.0.0.1', port: 0 });
    const env = {
      ...terminal.env,
      [baseUrlVariables.openai]: `${server.origin}/v1`,
      [baseUrlVariables.anthropic]: server.origin,
      [baseUrlVariables.gemini]: server.origin,
    };
    try {
      return await runProgram(command, words, env, terminal);
    } finally {
      server.closeNow();
      await server.close();
    }
  } finally {
    await log?.close();
  }
}

/** Ctrl-C at a terminal reaches the program by itself. */
const forwarded = ['SIGTERM', 'SIGHUP'] as const;

function runProgram(
  command: string,
  words: readonly string[],
  env: Terminal['env'],
  terminal: Terminal,
): Promise<number> {
  const program = spawn(command, words, { stdio: 'inherit', env: { ...env } });
  const handlers = forwarded.map(name => [name, () => void program.kill(name)] as const);
  const interrupt = () => {
    if (!terminal.isStdinTerminal) program.kill('SIGINT');
  };
  for (const [name, handler] of handlers) process.on(name, handler);
  terminal.signal.addEventListener('abort', interrupt, { once: true });
  return new Promise<number>((resolve, reject) => {
    program.once('error', cause => reject(cannotRun(command, cause)));
    program.once('exit', (code, signal) => {
      resolve(code ?? (signal === null ? exitCodes.failure : 128 + constants.signals[signal]));
    });
  }).finally(() => {
    for (const [name, handler] of handlers) process.off(name, handler);
    terminal.signal.removeEventListener('abort', interrupt);
  });
}

function cannotRun(command: string, cause: Error): GlyphError {
  return new GlyphError({
    kind: 'io',
    operation: `run ${JSON.stringify(command)}`,
    expected: 'a program',
    actual: cause.message,
    cause,
  });
}
