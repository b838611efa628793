/** Figures as a report shows them; unknown ones are a dash. */

const counts = new Intl.NumberFormat('en-US');

export const dash = '–';

export const countText = (count: number | null): string =>
  count === null ? dash : counts.format(Math.round(count));

/** 0.931 → "93.1" */
export const percentText = (share: number | null): string =>
  share === null ? dash : (100 * share).toFixed(1);

/** "93.1 ± 0.8" */
export const scoreText = (mean: number | null, stderr: number | null): string =>
  stderr === null ? percentText(mean) : `${percentText(mean)} ± ${percentText(stderr)}`;

/** "3.1×" */
export const ratioText = (ratio: number | null): string => (ratio === null ? dash : `${ratio.toFixed(1)}×`);

export const usdText = (usd: number | null): string =>
  usd === null ? 'unknown' : `$${usd > 0 && usd < 0.01 ? usd.toFixed(4) : usd.toFixed(2)}`;

/** "820 ms", "4.2 s" */
export const timeText = (ms: number | null): string => {
  if (ms === null) return dash;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
};

/** "+1.2", "−0.4" */
export const pointsText = (difference: number): string => {
  const points = (100 * Math.abs(difference)).toFixed(1);
  return points === '0.0' ? points : `${difference < 0 ? '−' : '+'}${points}`;
};
