/** Figures as people read them. */

const counts = new Intl.NumberFormat('en-US');

/** 1234511 → "1,234,511" */
export const countText = (count: number): string => counts.format(count);

/** 1 → "1 page", 3 → "3 pages" */
export const countOf = (count: number, noun: string): string =>
  `${countText(count)} ${noun}${count === 1 ? '' : 's'}`;

/** 0.312 → "0.31 s", 75 → "1 min 15 s", 4000 → "1 h 7 min" */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(seconds < 0.995 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(whole / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** 3.7321 → "3.73x"; unknown is said so. */
export const ratioText = (ratio: number | null): string =>
  ratio === null ? 'unknown' : `${ratio.toFixed(2)}x`;

/** Columns of text; those in `right` (by index) are aligned to the right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ');
  return `${rows.map(row => line(row).trimEnd()).join('\n')}\n`;
}
