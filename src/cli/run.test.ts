import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configKeys, presetNames } from '../config/index.ts';
import { commands } from './commands.ts';
import { runHere } from './test/fake-terminal.ts';

test('help names every command; a command’s own names its flags and has examples', async () => {
  for (const words of [['--help'], ['-h'], ['help']]) {
    const { code, out } = await runHere(words);
    assert.equal(code, 0);
    for (const { name } of commands) assert.match(out, new RegExp(`^  ${name} `, 'm'));
  }
  for (const entry of commands) {
    const command = await entry.load();
    assert.equal(command.name, entry.name);
    for (const words of [
      [entry.name, '--help'],
      ['help', entry.name],
      [entry.name, '--wrong', '-h'],
    ]) {
      const { code, out, err } = await runHere(words);
      assert.deepEqual([code, err], [0, '']);
      for (const { flags } of command.groups)
        for (const flag of flags) assert.ok(out.includes(flag.name), flag.name);
      assert.ok(out.includes(`Examples:\n  ${command.examples[0]![0]}`));
      assert.ok(
        out.split('\n').every(line => line.length <= 100 || !line.includes(' ', 40)),
        'wraps',
      );
    }
  }
});

test('no command shows the help as an error; an unknown one names the nearest', async () => {
  const none = await runHere([]);
  assert.deepEqual([none.code, none.out], [2, '']);
  assert.match(none.err, /^Commands:/m);
  const typo = await runHere(['rendr', 'x']);
  assert.equal(typo.code, 2);
  assert.match(typo.err, /got "rendr" \(did you mean "render"\?\)/);
  assert.equal((await runHere(['help', 'tokns'])).code, 2);
  assert.equal((await runHere(['--verbose'])).code, 2);
});

test('the version', async () => {
  const { code, out } = await runHere(['--version']);
  assert.equal(code, 0);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
});

test('config shows what is in force, and its JSON reads back', async () => {
  const words = [
    'config',
    '--preset',
    'code',
    '--dpi',
    '96',
    '--no-auto-crop-width',
    '--first-line-indent',
    '-0',
  ];
  const shown = await runHere(words);
  assert.equal(shown.code, 0, shown.err);
  assert.match(shown.out, /^\* {2}dpi +96$/m);
  assert.match(shown.out, /^\* {2}fontFamily +"DejaVu Sans Mono"$/m);
  const config = JSON.parse((await runHere([...words, '--json'])).out);
  assert.deepEqual([config.dpi, config.autoCropWidth, config.reflow], [96, false, 'off']);
});

test('config lists every key and every preset', async () => {
  const list = (await runHere(['config', '--list'])).out;
  for (const { name, flag } of configKeys) {
    assert.match(list, new RegExp(`^${name}$`, 'm'));
    assert.match(list, new RegExp(`--${flag}\\s`));
  }
  assert.equal(JSON.parse((await runHere(['config', '--list', '--json'])).out).length, configKeys.length);
  const presets = JSON.parse((await runHere(['config', '--presets', '--json'])).out) as { name: string }[];
  assert.deepEqual(
    presets.map(({ name }) => name),
    presetNames,
  );
});

test('wrong settings are refused with what was expected and the nearest name', async () => {
  const refused = async (words: string[], message: RegExp) => {
    const { code, err } = await runHere(['config', ...words]);
    assert.equal(code, 2);
    assert.match(err, message);
  };
  await refused(['--font-sizee', '9'], /did you mean "--font-size"\?/);
  await refused(['--fontSize', '9'], /did you mean "--font-size"\?/);
  await refused(
    ['--dpi', 'high'],
    /read flag "--dpi": expected a number of pixels per inch from 10 to 1200, got "high"/,
  );
  await refused(['--line-height', '0'], /read flag "--line-height": expected a number of pt from 1/);
  await refused(['--alignment', 'centre'], /did you mean "center"\?/);
  await refused(['--preset', 'cod'], /did you mean "code"\?/);
  await refused(['--font-size', '800'], /expected room for at least one character/);
  await refused(['extra'], /expected flags only, got "extra"/);
});
