export { prepareRaster } from './blit.ts';
export { pageGeometry } from './geometry.ts';
export { type DrawablePage, type InkBox, type PaintedPage, Painter } from './painter.ts';
