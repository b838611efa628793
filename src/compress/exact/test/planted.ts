/** Exact strings of every kind, made at random, and texts of many sorts to plant them in. */
import type { Random } from '../../../base/index.ts';
import type { ExactKind } from '../form.ts';

const digits = '0123456789';
const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const alphanumeric = lower + upper + digits;

export const characters = (random: Random, alphabet: string, length: number): string =>
  Array.from({ length }, () => random.pick([...alphabet])).join('');

/** With a digit, a small and, where the alphabet has them, a large letter among them. */
function mixed(random: Random, alphabet: string, length: number): string {
  const needed = [digits, 'abcdef', ...(alphabet.includes('G') ? ['ABCDEF'] : [])];
  const drawn = [...characters(random, alphabet, length)];
  const offset = random.integer(0, length - needed.length);
  for (const [i, set] of needed.entries()) drawn[offset + i] = random.pick([...set]);
  return drawn.join('');
}

const digitRun = (random: Random, length: number) =>
  characters(random, '123456789', 1) + characters(random, digits, length - 1);
const hex = (random: Random, length: number) => mixed(random, '0123456789abcdef', length);
const two = (random: Random, max: number) => String(random.integer(1, max)).padStart(2, '0');
const name = (random: Random) =>
  random.pick(['report', 'build', 'invoice', 'worker', 'Main', 'données', 'x']);
const domain = (random: Random) =>
  random.pick(['example.com', 'api.shop-7.io', 'mail.uni-koeln.de', 'files.intra.example.org', 'a.co.uk']);

function iban(random: Random): string {
  const [country, length] = random.pick([
    ['DE', 22],
    ['FR', 27],
    ['GB', 22],
    ['NL', 18],
    ['BE', 16],
  ] as const);
  const account = characters(random, digits, length - 4);
  const number = `${account}${country}00`.replace(/[A-Z]/g, letter => String(letter.charCodeAt(0) - 55));
  const check = String(98n - (BigInt(number) % 97n)).padStart(2, '0');
  const compact = `${country}${check}${account}`;
  return random.next() < 0.5 ? compact : compact.match(/.{1,4}/g)!.join(' ');
}

const date = (random: Random) => `20${two(random, 30)}-${two(random, 12)}-${two(random, 28)}`;
const clock = (random: Random) => `${two(random, 23)}:${two(random, 59)}:${two(random, 59)}`;
const ipv4 = (random: Random) => Array.from({ length: 4 }, () => random.integer(0, 255)).join('.');

export const makers: Readonly<Record<ExactKind, readonly ((random: Random) => string)[]>> = {
  uuid: [
    r => [8, 4, 4, 4, 12].map(length => hex(r, length)).join('-'),
    r =>
      [8, 4, 4, 4, 12]
        .map(length => hex(r, length))
        .join('-')
        .toUpperCase(),
  ],
  key: [
    r => `sk-proj-${mixed(r, `${alphanumeric}_-`, 48)}`,
    r => `sk-ant-api03-${mixed(r, `${alphanumeric}_-`, 80)}`,
    r => `ghp_${mixed(r, alphanumeric, 36)}`,
    r => `AKIA${mixed(r, upper + digits, 16).toUpperCase()}`,
    r => `eyJ${mixed(r, alphanumeric, 30)}.eyJ${mixed(r, alphanumeric, 60)}.${mixed(r, alphanumeric, 43)}`,
  ],
  url: [
    r => `https://${domain(r)}/${name(r)}/${digitRun(r, 4)}?id=${hex(r, 8)}&q=a%20b#top`,
    r => `http://localhost:${digitRun(r, 4)}/v1/${name(r)}`,
    r => `www.${domain(r)}/${name(r)}`,
    r => `s3://bucket-${digitRun(r, 3)}/${name(r)}.parquet`,
    r => `db-${digitRun(r, 1)}.intra:${digitRun(r, 4)}`,
  ],
  email: [
    r => `${name(r)}.${digitRun(r, 2)}+tag@${domain(r)}`,
    r => `${name(r)}@${domain(r)}`,
    r => `${name(r)}_${name(r)}@${domain(r)}`,
  ],
  iban: [iban],
  mac: [
    r => Array.from({ length: 6 }, () => hex(r, 3).slice(0, 2)).join(':'),
    r => Array.from({ length: 6 }, () => hex(r, 3).slice(0, 2).toUpperCase()).join('-'),
  ],
  ip: [
    ipv4,
    r => `${ipv4(r)}:${digitRun(r, 4)}`,
    r => `${ipv4(r)}/24`,
    r => `2001:db8::${hex(r, 4)}:${hex(r, 3)}`,
    r => `[fe80::${hex(r, 4)}]:8443`,
    r => Array.from({ length: 8 }, () => hex(r, 4)).join(':'),
  ],
  time: [
    r => `${date(r)}T${clock(r)}Z`,
    r => `${date(r)} ${clock(r)},${digitRun(r, 3)}`,
    date,
    clock,
    r => `${two(r, 28)}.${two(r, 12)}.2024`,
    r => `${two(r, 12)}/${two(r, 28)}/2023 ${two(r, 12)}:${two(r, 59)} pm`,
    r => `Mon, ${two(r, 28)} Jan 2025 ${clock(r)} GMT`,
    r => `Feb  ${digitRun(r, 1)} ${clock(r)}`,
    r => `${two(r, 28)}/Mar/2025:${clock(r)} +0100`,
    r => `2024年${r.integer(1, 12)}月${r.integer(1, 28)}日`,
  ],
  version: [
    r => `v${digitRun(r, 1)}.${digitRun(r, 2)}.${digitRun(r, 1)}`,
    r => `${digitRun(r, 1)}.${digitRun(r, 1)}.${digitRun(r, 2)}-rc.${digitRun(r, 1)}`,
    r => `${digitRun(r, 1)}.0.${digitRun(r, 1)}+build.${digitRun(r, 2)}`,
  ],
  number: [
    r => digitRun(r, r.integer(5, 30)),
    r => Array.from({ length: 4 }, () => digitRun(r, 4)).join(r.pick([' ', '-'])),
    r => `+49 ${digitRun(r, 2)} ${digitRun(r, 7)}`,
    r => `(${digitRun(r, 3)}) ${digitRun(r, 3)}-${digitRun(r, 4)}`,
    r => `${digitRun(r, 3)}-${digitRun(r, 3)}-${digitRun(r, 4)}`,
    r => `$${digitRun(r, 1)},${digitRun(r, 3)}.${digitRun(r, 2)}`,
    r => `€ ${digitRun(r, 2)}.${digitRun(r, 2)}`,
    r => `EUR ${digitRun(r, 3)},${digitRun(r, 2)}`,
    r => `${digitRun(r, 1)}.${digitRun(r, 3)}.${digitRun(r, 3)},${digitRun(r, 2)} €`,
    r => `-${digitRun(r, 2)}.${digitRun(r, 3)}`,
    r => `${digitRun(r, 2)}%`,
    r => `${digitRun(r, 3)}px`,
    r => `1.${digitRun(r, 2)}e-${digitRun(r, 1)}`,
    r => `978-3-16-${digitRun(r, 6)}-0`,
  ],
  hash: [
    r => hex(r, r.integer(7, 64)),
    r => `0x${hex(r, r.integer(4, 16))}`,
    r => `sha256:${hex(r, 64)}`,
    r => `sha512-${mixed(r, alphanumeric, 86)}==`,
  ],
  path: [
    r => `/var/log/${name(r)}/${name(r)}-${digitRun(r, 2)}.log`,
    r => `./src/${name(r)}.ts:${digitRun(r, 2)}:7`,
    r => `~/${name(r)}/.config`,
    r => `../${name(r)}/${name(r)}`,
    r => `C:\\Program Files\\${name(r)}\\${name(r)}.exe`,
    r => `\\\\server\\share\\${name(r)}.docx`,
    r => `${name(r)}_${digitRun(r, 2)}.pdf`,
    r => `packages/core/src/${name(r)}.test.ts`,
    r => `/home/用户/文档/${name(r)}.txt`,
  ],
  identifier: [
    r => `err_${digitRun(r, 4)}`,
    r => `${characters(r, upper, 3)}-${digitRun(r, 3)}`,
    r => `${name(r)}-${digitRun(r, 2)}`,
    r => `MAX_SIZE_${digitRun(r, 2)}`,
    r => `handleV${digitRun(r, 1)}Request`,
    r => `${characters(r, lower, 2)}${digitRun(r, 3)}${characters(r, lower, 1)}`,
    r => `--max-${name(r).normalize('NFD').replace(/\W/g, '').toLowerCase()}-size`,
    r => `#${digitRun(r, 4)}`,
    r => `gpt-${digitRun(r, 1)}.${digitRun(r, 1)}-mini`,
    r => `CVE-2024-${digitRun(r, 5)}`,
  ],
  base64: [
    r => mixed(r, `${alphanumeric}+/`, r.integer(16, 80)),
    r => `${mixed(r, alphanumeric, 22)}==`,
    r => mixed(r, `${alphanumeric}_-`, 43),
  ],
};

export const kinds = Object.keys(makers) as ExactKind[];

export const makeExact = (random: Random, kind: ExactKind): string => random.pick(makers[kind])(random);
