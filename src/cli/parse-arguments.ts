/**
 * Words of a command line → positionals and flags, by Node's own parser, with what it leaves out: an unknown flag is
 * refused with the nearest known one, and a yes-no flag may be told `true` or `false`.
 */
import { parseArgs } from 'node:util';
import type { Arguments, Flag } from './command.ts';
import { didYouMean, usageError } from './usage-error.ts';

/** @throws GlyphError kind `config` for an unknown flag, a missing or an unwanted value. */
export function parseArguments(words: readonly string[], flags: readonly Flag[]): Arguments {
  const known = new Map(flags.map(flag => [flag.name, flag]));
  const options = Object.fromEntries(
    flags.map(({ name, short, value }) => {
      const type = value === undefined ? ('boolean' as const) : ('string' as const);
      return [name, short === undefined ? { type } : { type, short }];
    }),
  );
  const args = joinYesNo(words, known);
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const positionals: string[] = [];
  const values: Record<string, string | boolean> = {};
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const negated = token.name.startsWith('no-') ? known.get(token.name.slice(3)) : undefined;
    if (negated?.kind === 'yes-no' && token.value === undefined) {
      values[negated.name] = false;
      continue;
    }
    const flag = known.get(token.name);
    if (flag === undefined) throw unknownFlag(token.rawName, token.name, flags);
    values[flag.name] = flagValue(flag, token.rawName, token.value, token.inlineValue ?? false);
  }
  return { positionals, flags: values };
}

const yesNo = new Set(['true', 'false', 'yes', 'no', 'on', 'off']);

/** `--flag false` → `--flag=false`, since the parser takes a boolean flag's next word for a positional. */
function joinYesNo(words: readonly string[], known: ReadonlyMap<string, Flag>): string[] {
  const joined: string[] = [];
  const end = words.includes('--') ? words.indexOf('--') : words.length;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const next = words[i + 1];
    const isYesNo = i + 1 < end && word.startsWith('--') && known.get(word.slice(2))?.kind === 'yes-no';
    if (isYesNo && next !== undefined && yesNo.has(next.toLowerCase())) {
      joined.push(`${word}=${next}`);
      i++;
    } else joined.push(word);
  }
  return joined;
}

function flagValue(
  flag: Flag,
  typed: string,
  value: string | undefined,
  isInline: boolean,
): string | boolean {
  const operation = `read flag "${typed}"`;
  if (flag.value === undefined) {
    if (value === undefined || flag.kind === 'yes-no') return value ?? true;
    throw usageError({ operation, expected: 'no value', actual: JSON.stringify(value) });
  }
  const isFlagInstead = value !== undefined && !isInline && /^--?[a-z]/i.test(value);
  if (value !== undefined && !isFlagInstead) return value;
  throw usageError({
    operation,
    expected: `a value: ${typed} ${flag.value}`,
    actual: value === undefined ? 'the end of the line' : `the next flag ${JSON.stringify(value)}`,
    hint:
      typed.startsWith('--') && value !== undefined
        ? `write ${typed}=${value} if that is the value`
        : undefined,
  });
}

function unknownFlag(typed: string, name: string, flags: readonly Flag[]) {
  const names = flags.flatMap(flag =>
    flag.kind === 'yes-no' ? [flag.name, `no-${flag.name}`] : [flag.name],
  );
  return usageError({
    operation: 'read the command line',
    expected: 'a known flag',
    actual: JSON.stringify(typed),
    hint: didYouMean(name, names, '--') ?? 'see --help',
  });
}
