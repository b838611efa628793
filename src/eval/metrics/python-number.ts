/** Reading, rounding and measuring numbers as the published scorers do, which are Python programs. */
import { strip } from './python-text.ts';

const digits = '\\d+(?:_\\d+)*';
const finite = new RegExp(`^[+-]?(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:[eE][+-]?${digits})?$`);
const notFinite = /^([+-]?)(inf|infinity|nan)$/i;

/** As `float(text)`, for ASCII digits; undefined where that raises. */
export function parseNumber(text: string): number | undefined {
  const stripped = strip(text);
  if (finite.test(stripped)) return Number(stripped.replaceAll('_', ''));
  const [, sign, name] = notFinite.exec(stripped) ?? [];
  if (name === undefined) return undefined;
  if (name.toLowerCase() === 'nan') return Number.NaN;
  return sign === '-' ? -Infinity : Infinity;
}

/** As `round(x, places)`: to the nearest, and to the even one when the exact value lies in the middle. */
export function roundHalfEven(x: number, places = 0): number {
  const rounded = Number(x.toFixed(places));
  const exact = x.toFixed(100);
  const tail = exact.slice(exact.indexOf('.') + 1 + places);
  if (!/^50*$/.test(tail)) return rounded;
  // A tie: toFixed took the neighbour away from zero.
  const cut = exact.slice(0, exact.length - tail.length).replace(/\.$/, '');
  return /[02468]$/.test(cut) ? Number(cut) : rounded;
}

/** Characters after the point in `str(x)`; undefined where it has none. An exponent counts, as in "1.5e-05". */
export function decimalPlaces(x: number): number | undefined {
  if (!Number.isFinite(x)) return undefined;
  const [mantissa = '', exponentText = ''] = x.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 16) {
    return Number.isInteger(x) ? 1 : String(x).split('.')[1]?.length;
  }
  const fraction = mantissa.split('.')[1];
  if (fraction === undefined) return undefined;
  return fraction.length + 'e+'.length + Math.max(2, String(Math.abs(exponent)).length);
}
