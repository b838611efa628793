/** Figures: amounts, long and grouped numbers, dates and times, versions, bank accounts. */
import { inCurrency, inHyphens, inOtherDigits, inWord } from './characters.ts';
import { type Form, wholeIf, wordEnd } from './form.ts';
import { ibanLength } from './iban.ts';

const raw = String.raw;
const currencyCodes = 'USD|EUR|GBP|CHF|CNY|RMB|JPY|INR|AUD|CAD|BRL|KRW|HKD|SEK|NOK|DKK|PLN|BTC|ETH';
const weekdays = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun';
const months = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec';

/** Words that may open a form although nothing in them is exact: `Jan  5 12:00:01`, `EUR 12.50`. */
export const openingWords: ReadonlySet<string> = new Set(`${currencyCodes}|${weekdays}|${months}`.split('|'));

const half = raw` ?[AaPp]\.?[Mm]\.?(?![A-Za-z])`;
const zone = raw` ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})${wordEnd}`;
const clock = raw`\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:${half})?(?:${zone})?`;
const times = [
  raw`\d{4}([-/.])\d{1,2}\1\d{1,2}(?:(?:T|,? )${clock})?${wordEnd}`,
  raw`\d{1,2}([-/.])\d{1,2}\2\d{4}(?:,? ${clock})?${wordEnd}`,
  raw`\d{1,2}/\d{1,2}/\d{2}(?:,? ${clock})?${wordEnd}`,
  raw`(?:19|20)\d\d-(?:0[1-9]|1[0-2])${wordEnd}`,
  raw`\d{1,2}[-/](?:${months})[-/]\d{2,4}(?:[ :T]${clock})?${wordEnd}`,
  raw`(?:(?:${weekdays}),? )?(?:\d{1,2} (?:${months}) \d{4}|(?:${months}) {1,2}\d{1,2}(?:,? \d{4})?),? ${clock}(?: (?:[A-Z]{3,4} )?\d{4})?${wordEnd}`,
  raw`\d{4}年\d{1,2}月\d{1,2}日(?: ?${clock})?`,
  clock + wordEnd,
];

const space = '[ \\u00a0\\u202f]';
const sign = raw`(?:(?<![${inWord}])[-+−])?(?:(?:[${inCurrency}]|US\$|HK\$|${currencyCodes})${space}?)?`;
const figures = [
  raw`\d{1,3}(?:,\d{3}){1,8}(?:\.\d{1,12})?`,
  raw`\d{1,3}(?:\.\d{3}){1,8}(?:,\d{1,4})?`,
  raw`\d{1,3}(?:[ \u00a0\u202f'’]\d{3}){1,8}(?:[.,]\d{1,4})?(?![-/.:,+@]?[\dA-Za-z])`,
  raw`\d+(?:[.,]\d{1,20})?(?:[eE][-+]?\d{1,3})?`,
].join('|');
/** A currency between two numbers belongs to either: both are taken. */
const currency = `${space}?[€£¥]|${space}(?:${currencyCodes})`;
const unit = raw`(?:${currency})(?:${space}?(?:${figures}))?|${space}?[%‰]|°[CF]?|[A-Za-zµ]{1,3}(?:/[a-z]{1,2})?`;

/** What makes a number more than an ordinary one: five digits, decimals, a currency, a unit set without a space. */
function isTellingAmount(match: string): boolean {
  if (/[$£€¥₹₽₩￥%‰°]|[A-Z]{3}/.test(match)) return true;
  if (/\d(?:st|nd|rd|th|ST|ND|RD|TH)$|(?:^|\D)\d{3}0s$/.test(match)) return false;
  if (/[A-Za-zµ]|^[-+−]?\d+\.\d+$/.test(match)) return true;
  const isList = /^\d+,\d{1,2}$/.test(match);
  return !isList && match.replace(/\D/g, '').length >= 5;
}

const grouped = [
  raw`\d{4}([ ${inHyphens}])\d{4}\1\d{4}(?:\1\d{1,7})?`,
  raw`\d{4}[ ${inHyphens}]\d{6}[ ${inHyphens}]\d{5}`,
  raw`\+\d(?:[\d()./${inHyphens}]| (?=[\d(])){5,22}\d`,
  raw`\(\+?\d{2,5}\)[ ${inHyphens}]?\d{2,5}(?:[ .${inHyphens}]\d{2,6}){0,4}`,
  raw`0\d{1,4}(?:[ /${inHyphens}]\d{2,8}){1,5}`,
  raw`\d{1,6}(?:[./${inHyphens}]\d{1,8}){1,6}`,
].join('|');

/** Cards, telephones, part numbers; not `1914-1918`. */
const isTellingGroup = (match: string): boolean =>
  match.replace(/\D/g, '').length >= 6 && !/^(?:1\d|20)\d\d[-\u2010\u2011/](?:\d\d|\d{4})$/.test(match);

export const numberForms: readonly Form[] = [
  {
    kind: 'iban',
    first: /[A-Z]/,
    needs: '0',
    pattern: `[A-Z]{2}\\d{2}(?:${space}?[A-Z0-9]{1,4}){3,9}`,
    lengthOf: ibanLength,
  },
  { kind: 'time', first: /[0-9A-Z]/, needs: '0', pattern: times.join('|') },
  {
    kind: 'version',
    first: /[0-9vV]/,
    needs: '0',
    pattern: raw`(?:[vV]\d{1,9}(?:\.\d{1,9}){0,6}|\d{1,9}(?:\.\d{1,9}){2,6})(?:[a-z]{1,8}\d{1,9})?(?:[-+][0-9A-Za-z]{1,40}(?:\.[0-9A-Za-z]{1,40}){0,4}){0,3}${wordEnd}`,
  },
  {
    kind: 'number',
    first: new RegExp(`[-+−0-9A-Z${inCurrency}]`),
    needs: '0',
    pattern: `${sign}(?:${figures})(?:${unit})?${wordEnd}`,
    lengthOf: wholeIf(isTellingAmount),
  },
  {
    kind: 'number',
    first: /[+(0-9]/,
    needs: '0',
    pattern: `(?:${grouped})${wordEnd}`,
    lengthOf: wholeIf(isTellingGroup),
  },
  {
    kind: 'number',
    first: new RegExp(`[${inOtherDigits}]`),
    needs: '0',
    pattern: `[${inOtherDigits}](?:[-.,:/ ٫٬]?[${inOtherDigits}]){4,}(?![${inWord}])`,
  },
];
