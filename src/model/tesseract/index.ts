export type { PageImage } from './page-image.ts';
export { createTesseractModel, type Recognise, type TesseractOptions } from './tesseract.ts';
