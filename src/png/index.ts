export { createPngEncoder, type PngEncoder } from './encoder.ts';
export type { PngFormat } from './format.ts';
export { preparePng } from './kernel.ts';
