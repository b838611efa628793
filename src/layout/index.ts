export { type LayoutOptions, layoutPages, type TextSource } from './layout.ts';
export type { Gap, GlyphBuffer, Line, PageBox, Rect } from './page-box.ts';
