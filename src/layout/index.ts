export { countLineEnds } from './header.ts';
export { type LayoutOptions, layoutPages, type Preceding, type TextSource } from './layout.ts';
export type { Gap, GlyphBuffer, Line, PageBox, Rect } from './page-box.ts';
