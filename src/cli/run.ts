/** A command line from its words to its exit code: finds the command, parses, runs, and words what went wrong. */
import { GlyphError } from '../base/index.ts';
import { type Command, exitCodes, type Flag, hasFlag, type Terminal } from './command.ts';
import { about, commands, mainExamples } from './commands.ts';
import { commandHelp, mainHelp } from './help.ts';
import { parseArguments } from './parse-arguments.ts';
import { didYouMean, usageError } from './usage-error.ts';

const helpFlag: Flag = { name: 'help', short: 'h', about: 'This help' };
const versionFlag: Flag = { name: 'version', short: 'V', about: 'The version' };

/** Runs a command line, without the program's name. Never throws. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = words;
  try {
    const entry = commands.find(command => command.name === name);
    if (entry === undefined) return await runWithoutCommand(words, terminal);
    return await runCommand(await entry.load(), rest, terminal);
  } catch (error) {
    return report(error, name, terminal);
  }
}

async function runCommand(command: Command, words: readonly string[], terminal: Terminal): Promise<number> {
  const flags = [...command.groups.flatMap(group => group.flags), helpFlag];
  // Before the rest is looked at, so that help can be had on a line that is wrong otherwise.
  const beforeDashes = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  if (beforeDashes.some(word => word === '--help' || word === '-h')) {
    terminal.out(commandHelp(command, terminal.widthColumns));
    return exitCodes.ok;
  }
  return await command.run(parseArguments(words, flags), terminal);
}

async function runWithoutCommand(words: readonly string[], terminal: Terminal): Promise<number> {
  const help = () => mainHelp(about, commands, mainExamples, terminal.widthColumns);
  const [first] = words;
  if (first === undefined) {
    terminal.err(help());
    return exitCodes.usage;
  }
  if (first === 'help') return await runHelp(words[1], help(), terminal);
  if (!first.startsWith('-')) throw unknownCommand(first);
  const args = parseArguments(words, [helpFlag, versionFlag]);
  if (hasFlag(args, 'version')) {
    const { generator } = await import('../node/index.ts');
    terminal.out(`${generator().version}\n`);
    return exitCodes.ok;
  }
  if (hasFlag(args, 'help')) {
    terminal.out(help());
    return exitCodes.ok;
  }
  throw unknownCommand(args.positionals[0] ?? first);
}

async function runHelp(name: string | undefined, help: string, terminal: Terminal): Promise<number> {
  const entry = commands.find(command => command.name === name);
  if (name !== undefined && entry === undefined) throw unknownCommand(name);
  terminal.out(entry === undefined ? help : commandHelp(await entry.load(), terminal.widthColumns));
  return exitCodes.ok;
}

function unknownCommand(name: string): GlyphError {
  const names = commands.map(command => command.name);
  return usageError({
    operation: 'read the command line',
    expected: `a command (${names.join(', ')})`,
    actual: JSON.stringify(name),
    hint: didYouMean(name, names),
  });
}

function report(error: unknown, command: string, terminal: Terminal): number {
  if (!(error instanceof GlyphError)) {
    terminal.err(
      `glyph ${command}: a bug in glyph: ${error instanceof Error ? error.stack : String(error)}\n`,
    );
    return exitCodes.failure;
  }
  if (error.kind === 'aborted') return exitCodes.interrupted;
  terminal.err(`glyph: ${error.message}\n`);
  return error.kind === 'config' ? exitCodes.usage : exitCodes.failure;
}
