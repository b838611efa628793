/** Help texts: usage, flags in columns, examples. */
import type { Command, Example, Flag, FlagGroup } from './command.ts';

/** Lines of text no longer than `width`, broken at spaces and indented. */
export function wrapText(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map(each => indent + each).join('\n');
}

/** Two columns: a name and a text that wraps beside it. */
export function twoColumns(rows: readonly (readonly [string, string])[], width: number): string {
  const left = Math.min(34, Math.max(...rows.map(([name]) => name.length)));
  const gap = ' '.repeat(left + 4);
  return rows
    .map(([name, about]) => {
      const text = wrapText(about, width, gap);
      return name.length > left ? `  ${name}\n${text}` : `  ${name.padEnd(left)}  ${text.slice(gap.length)}`;
    })
    .join('\n');
}

function flagLabel({ name, short, value, kind }: Flag): string {
  const long = kind === 'yes-no' ? `--[no-]${name}` : `--${name}`;
  return `${short === undefined ? '' : `-${short}, `}${long}${value === undefined ? '' : ` ${value}`}`;
}

function groupHelp({ title, flags, summary }: FlagGroup, width: number): string {
  const body =
    summary === undefined
      ? twoColumns(
          flags.map(flag => [flagLabel(flag), flag.about]),
          width,
        )
      : wrapText(summary, width, '  ');
  return `${title}:\n${body}`;
}

const examplesHelp = (examples: readonly Example[]) =>
  `Examples:\n${examples.map(([line, effect]) => `  ${line}\n      ${effect}`).join('\n')}`;

export function commandHelp(command: Command, width: number): string {
  const parts = [
    `${command.about}\n\nUsage: glyph ${command.name} ${command.usage}`,
    ...command.groups.map(group => groupHelp(group, width)),
    ...(command.notes ?? []).map(note => wrapText(note, width)),
    examplesHelp(command.examples),
  ];
  return `${parts.join('\n\n')}\n`;
}

export function mainHelp(
  about: string,
  commands: readonly { readonly name: string; readonly about: string }[],
  examples: readonly Example[],
  width: number,
): string {
  const rows = commands.map(({ name, about: does }) => [name, does] as const);
  return [
    `${about}\n\nUsage: glyph COMMAND …`,
    `Commands:\n${twoColumns(rows, width)}`,
    'Flags:\n  -h, --help     this help; `glyph COMMAND --help` for a command’s own\n  -V, --version  the version',
    examplesHelp(examples),
    'Exit codes: 0 success, 1 failure, 2 a wrong command line, 130 interrupted.\n',
  ].join('\n\n');
}
