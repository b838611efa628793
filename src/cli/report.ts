/** `glyph report`: what runs came to, side by side on one HTML page. Reads their folders and asks no model. */
import { basename, join, resolve } from 'node:path';
import { differencesOf, type ReportRun, readReportRun, reportHtml, settingsOf } from '../eval/index.ts';
import { openRunFolder, writeWhole } from '../node/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { usageError } from './usage-error.ts';

export const reportCommand: Command = {
  name: 'report',
  about: 'Shows what runs of `glyph eval` came to, side by side on one HTML page.',
  usage: 'RUN… [-o report.html]',
  groups: [
    {
      title: 'Output',
      flags: [
        {
          name: 'out',
          short: 'o',
          value: 'FILE',
          about: 'The page; report.html in the first folder unless given',
        },
        { name: 'json', about: 'Print the figures as JSON instead' },
      ],
    },
  ],
  notes: [
    'The page is one file without scripts: tables, differences with intervals, plots, the worst answers with their pages.',
  ],
  examples: [
    ['glyph report runs/ruler', 'runs/ruler/report.html'],
    ['glyph report runs/ruler-a runs/ruler-b -o both.html', 'two runs compared'],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const { positionals } = args;
  const [first] = positionals;
  if (first === undefined) {
    throw usageError({ operation: 'read the command line', expected: 'the folder of a run', actual: 'none' });
  }
  const runs: ReportRun[] = [];
  for (const folder of positionals) {
    const store = await openRunFolder(folder, 'read');
    runs.push(await readReportRun(shownName(folder, positionals), store));
  }
  if (hasFlag(args, 'json')) {
    const summaries = runs.map(({ name, run: file, summary }) => ({ folder: name, run: file, summary }));
    const differences = differencesOf(settingsOf(runs));
    terminal.out(`${JSON.stringify({ runs: summaries, differences }, undefined, 2)}\n`);
    return exitCodes.ok;
  }
  const file = textFlag(args, 'out') ?? join(first, 'report.html');
  await writeWhole(file, reportHtml(runs));
  terminal.out(`${file}\n`);
  return exitCodes.ok;
}

/** A folder's own name, unless another folder has it too. */
function shownName(folder: string, folders: readonly string[]): string {
  const nameOf = (path: string) => basename(resolve(path));
  return folders.filter(each => nameOf(each) === nameOf(folder)).length === 1 ? nameOf(folder) : folder;
}
