/** MRCR's subsets: how many like pieces are hidden. */
export const mrcrNeedles: ReadonlyMap<string, number> = new Map([
  ['2needle', 2],
  ['4needle', 4],
  ['8needle', 8],
]);
