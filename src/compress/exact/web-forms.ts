/** Addresses: URLs, bare domains, host and port, e-mail, IP and hardware addresses. */
import { inLetters, inWord } from './characters.ts';
import { type Form, hexDigit, lengthWithout, wholeIf, wordEnd } from './form.ts';

const raw = String.raw;
const inUrl = raw`${inWord}!#$%&'*+,\-./:;=?@~`;
/** Brackets in pairs: one that was opened before the URL is not part of it. */
const urlPart = raw`(?:[${inUrl}]+|\([${inUrl}]*\)|\[[${inUrl}]*\])`;
const label = raw`[A-Za-z0-9][A-Za-z0-9_-]{0,62}`;
const afterHost = raw`(?::\d{1,5})?(?:[/?#]${urlPart}*)?`;
/** Few, because code is full of members: `response.data`, `this.app`. */
const topLevel = raw`(?:com|org|net|edu|gov|io|dev)(?:\.[a-z]{2})?|(?:co|ac|gov)\.[a-z]{2}`;

/** Without the sentence's own marks behind it. */
const urlLength = (match: string): number => lengthWithout(".,:;!?'*", match);

/** IPv4 of four bytes, or what is left of an IPv6 address's rules once the pattern has matched. */
function isIp(match: string): boolean {
  if (!match.includes(':') || /^\d+\.\d+\.\d+\.\d+/.test(match)) {
    return match
      .split(/[:/]/, 1)[0]!
      .split('.')
      .every(byte => Number(byte) < 256);
  }
  const [address = ''] = match.replace('[', '').split(/[\]%/]/, 1);
  const groups = address.split(':');
  const isShort = address.includes('::');
  return (
    /\d/.test(address) &&
    groups.length >= 3 &&
    groups.length <= 8 + (isShort ? 1 : 0) &&
    (isShort || groups.length === 8 || address.includes('.')) &&
    groups.every(group => group.length <= 4 || group.includes('.'))
  );
}

export const webForms: readonly Form[] = [
  {
    kind: 'url',
    first: /[A-Za-z]/,
    needs: ':',
    pattern: [
      raw`[A-Za-z][A-Za-z0-9+.-]{1,20}://${urlPart}+`,
      raw`(?:urn|arn|doi|mailto|magnet):(?=[^\s]{3})${urlPart}+`,
      raw`(?:localhost|[A-Za-z]\w{0,40}(?:[.-]\w{1,40}){1,6}):\d{2,5}${wordEnd}(?:/${urlPart}*)?`,
    ].join('|'),
    lengthOf: urlLength,
  },
  {
    kind: 'url',
    first: /[A-Za-z0-9]/,
    needs: '.',
    pattern: raw`(?<![${inWord}.@-])(?:www\.${urlPart}+|(?:${label}\.){1,6}(?:${topLevel})(?!\.?[${inWord}(-])${afterHost})`,
    lengthOf: urlLength,
  },
  {
    kind: 'email',
    first: new RegExp(`[${inWord}]`),
    needs: '@.',
    pattern: raw`(?<![${inWord}.+%-])[${inWord}.+%-]{1,64}@(?:[${inLetters}0-9-]{1,63}\.){1,8}[${inLetters}]{2,24}${wordEnd}`,
  },
  {
    kind: 'mac',
    first: /[0-9a-f]/i,
    needs: '0',
    pattern: `${hexDigit}{2}([:-])(?:${hexDigit}{2}\\1){4}${hexDigit}{2}(?![${inWord}:-])|(?:${hexDigit}{4}\\.){2}${hexDigit}{4}${wordEnd}`,
  },
  {
    kind: 'ip',
    first: /[0-9]/,
    needs: '0.',
    pattern: raw`(?:\d{1,3}\.){3}\d{1,3}(?:/\d{1,2})?(?::\d{1,5})?(?!\.?[${inWord}])`,
    lengthOf: wholeIf(isIp),
  },
  {
    kind: 'ip',
    first: /[0-9a-f:[]/i,
    needs: '0:',
    pattern: raw`(?<![${inWord}:.])\[?[0-9a-fA-F:]{2,39}(?:(?:\.\d{1,3}){3})?(?:%\w{1,16})?(?:/\d{1,3})?(?:\]:\d{1,5})?${wordEnd}`,
    lengthOf: wholeIf(isIp),
  },
];
