/** International bank account numbers (ISO 13616): a country's length and the checksum of ISO 7064, mod 97-10. */

/** Country and length, as the registry of ISO 13616 gives them. */
const registry =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30';
const lengths: ReadonlyMap<string, number> = new Map(
  registry.match(/.{4}/g)!.map(entry => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** How many characters of `match`, spaces included, are an account number; 0 where its checksum is wrong. */
export function ibanLength(match: string): number {
  const wanted = lengths.get(match.slice(0, 2)) ?? Number.POSITIVE_INFINITY;
  let compact = '';
  let at = 0;
  for (; at < match.length && compact.length < wanted; at++) {
    if (/[A-Z0-9]/.test(match[at]!)) compact += match[at];
  }
  const isWhole = compact.length === wanted && !/[A-Z0-9]/.test(match[at] ?? '');
  return isWhole && remainder(compact.slice(4) + compact.slice(0, 4)) === 1 ? at : 0;
}

/** Letters count as two digits, A as 10. */
function remainder(compact: string): number {
  let rest = 0;
  for (const character of compact) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
