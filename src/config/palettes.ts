/**
 * Coherent colour triplets (page, paragraph, font) of the five style themes: the first of each is the theme's own,
 * all are drawn from when sampling. The paper gives only #353031 as a code background; the other values are ours.
 */

export interface Palette {
  /** "#RRGGBB", as in `RenderConfig`. */
  readonly pageBgColor: string;
  readonly paraBgColor: string;
  readonly fontColor: string;
}

export type ThemeName = 'document' | 'web' | 'dark' | 'code' | 'pixel';

export const palettes: Readonly<Record<ThemeName, readonly Palette[]>> = {
  document: [
    triplet('#FFFFFF', '#FFFFFF', '#000000'),
    triplet('#FFFFFF', '#FFFFFF', '#1A1A1A'),
    triplet('#FBF6EA', '#FBF6EA', '#2B2116'),
    triplet('#F2F2F2', '#FFFFFF', '#000000'),
  ],
  web: [
    triplet('#F5F7FA', '#FFFFFF', '#24292F'),
    triplet('#FFFFFF', '#F6F8FA', '#1F2328'),
    triplet('#EEF2F7', '#FFFFFF', '#333333'),
  ],
  dark: [
    triplet('#121212', '#1E1E1E', '#E6E6E6'),
    triplet('#0D1117', '#161B22', '#C9D1D9'),
    triplet('#000000', '#000000', '#FFFFFF'),
  ],
  code: [
    triplet('#353031', '#353031', '#F2EDE4'),
    triplet('#1E1E1E', '#1E1E1E', '#D4D4D4'),
    triplet('#FDF6E3', '#FDF6E3', '#475B62'),
  ],
  pixel: [
    triplet('#0B0F0B', '#0B0F0B', '#5CFF5C'),
    triplet('#1B0F00', '#1B0F00', '#FFB347'),
    triplet('#FFFFFF', '#FFFFFF', '#000000'),
  ],
};

function triplet(pageBgColor: string, paraBgColor: string, fontColor: string): Palette {
  return { pageBgColor, paraBgColor, fontColor };
}
