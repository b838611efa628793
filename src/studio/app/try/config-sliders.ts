/** The panel's sliders as data: where each begins and ends, what may be typed beyond that, and what it sets. */
import type { RenderConfig } from '../../../config/index.ts';

type OwnKey = 'lineHeight' | 'horizontalScale' | 'dpi' | 'columns' | 'marginX' | 'marginY';

export interface ConfigSlider {
  /** Among the panel's words. */
  readonly name: OwnKey | 'fontSize' | 'pageWidth' | 'pageHeight';
  readonly ends: readonly [min: number, max: number];
  /** What is typed is brought within. */
  readonly typed: readonly [least: number, most: number];
  readonly step: number;
  /** e.g. "pt" */
  readonly unit: string;
  read(config: RenderConfig): number;
  patch(value: number, config: RenderConfig): Partial<RenderConfig>;
}

type Meaning = Pick<ConfigSlider, 'name' | 'read' | 'patch'>;

const own = (name: OwnKey): Meaning => ({
  name,
  read: config => config[name],
  patch: value => ({ [name]: value }),
});

const fontSize: Meaning = {
  name: 'fontSize',
  read: config => config.fontSize,
  // Lines stay as far apart as they were.
  patch: (value, { fontSize, lineHeight }) => ({
    fontSize: value,
    lineHeight: clamp(lineHeight + value - fontSize, lineHeights),
  }),
};

const pageWidth: Meaning = {
  name: 'pageWidth',
  read: ({ pageSize: [width] }) => width,
  patch: (value, { pageSize: [, height] }) => ({ pageSize: [value, height] }),
};

const pageHeight: Meaning = {
  name: 'pageHeight',
  read: ({ pageSize: [, height] }) => height,
  patch: (value, { pageSize: [width] }) => ({ pageSize: [width, value] }),
};

const wholeColumns: Meaning = { ...own('columns'), patch: value => ({ columns: Math.round(value) }) };

const lineHeights = [1, 400] as const;

export const typeSliders: readonly ConfigSlider[] = [
  { ...fontSize, ends: [5, 20], typed: [1, 200], step: 0.5, unit: 'pt' },
  { ...own('lineHeight'), ends: [5, 30], typed: lineHeights, step: 0.5, unit: 'pt' },
  { ...own('horizontalScale'), ends: [0.6, 1.2], typed: [0.1, 4], step: 0.01, unit: '×' },
];

export const pageSliders: readonly ConfigSlider[] = [
  { ...own('dpi'), ends: [48, 200], typed: [10, 400], step: 1, unit: 'dpi' },
  { ...pageWidth, ends: [200, 1200], typed: [60, 3000], step: 1, unit: 'pt' },
  { ...pageHeight, ends: [200, 1600], typed: [60, 3000], step: 1, unit: 'pt' },
  { ...wholeColumns, ends: [1, 4], typed: [1, 8], step: 1, unit: '' },
  { ...own('marginX'), ends: [0, 80], typed: [0, 400], step: 1, unit: 'pt' },
  { ...own('marginY'), ends: [0, 80], typed: [0, 400], step: 1, unit: 'pt' },
];

/** What a value, moved or typed, changes. */
export const patchOf = (slider: ConfigSlider, value: number, config: RenderConfig): Partial<RenderConfig> =>
  slider.patch(clamp(value, slider.typed), config);

const clamp = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, value));
