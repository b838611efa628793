/**
 * `RenderConfig`: every choice the renderer has, as one flat, serialisable value. A preset is one, so is a search
 * candidate and the studio's panel. Keys are the published Glyph config's in camel case, so files of either spelling
 * read the same. Factors: paper, Table 8 and Figure 6 (arXiv 2510.17800). All lengths are points (1/72 inch).
 */

export type Alignment = 'left' | 'right' | 'center' | 'justify';
export type Reflow = 'auto' | 'on' | 'off';
export type BitDepth = 1 | 2 | 4 | 8;
/** `reference`: lay out exactly as the published renderer does, its defects included. */
export type Compat = 'none' | 'reference';

export interface RenderConfig {
  /** Page width and height in points before cropping, e.g. [595, 842] for A4. */
  readonly pageSize: readonly [number, number];
  /** Pixels per inch, e.g. 72 (1 pt = 1 px). */
  readonly dpi: number;
  /** Left and right margin, pt. */
  readonly marginX: number;
  /** Top and bottom margin, pt. */
  readonly marginY: number;
  /** Gap between margin and text on all four sides, pt; 6 is reportlab's frame padding, which the paper's pages have. */
  readonly framePadding: number;
  /** A built-in or installed family, e.g. "DejaVu Sans". */
  readonly fontFamily: string;
  /** A TTF, OTF or TTC file instead of a family; '' for none. */
  readonly fontPath: string;
  /** Face number inside a TTC collection. */
  readonly fontIndex: number;
  /** Axis values of a variable font, e.g. "wght=600,wdth=90"; '' for its default instance. */
  readonly fontVariations: string;
  /** Families or files asked in turn for characters the main font lacks; then the built-in chain. */
  readonly fontFallback: readonly string[];
  /** pt, e.g. 9. */
  readonly fontSize: number;
  /** Baseline to baseline, pt, e.g. 10. */
  readonly lineHeight: number;
  /** `left` and `right` are the start and end side: they swap in a right-to-left paragraph. */
  readonly alignment: Alignment;
  readonly firstLineIndent: number;
  readonly leftIndent: number;
  readonly rightIndent: number;
  /** Extra space above and below a paragraph, pt. */
  readonly spaceBefore: number;
  readonly spaceAfter: number;
  /** Horizontal scale of everything drawn, e.g. 0.85. */
  readonly horizontalScale: number;
  /** "#RRGGBB". */
  readonly pageBgColor: string;
  readonly paraBgColor: string;
  readonly fontColor: string;
  readonly paraBorderColor: string;
  /** Paragraph border, pt; 0 for none. */
  readonly borderWidth: number;
  readonly borderPadding: number;
  /** Drawn in place of a line break, e.g. " \\n "; '' for a real line break. */
  readonly newlineMark: string;
  readonly newlineMarkColor: string;
  /** Cut the empty right side of each page. */
  readonly autoCropWidth: boolean;
  /** Cut the empty lower part of the last page. */
  readonly autoCropLastPage: boolean;
  /** Join the lines of hard-wrapped text into paragraphs before laying them out. */
  readonly reflow: Reflow;
  /** Distance of tab stops in space widths, e.g. 4. */
  readonly tabWidth: number;
  /** Text columns side by side on a page. */
  readonly columns: number;
  readonly columnGap: number;
  /** Line at the top of each page with {title} {page} {firstLine} {lastLine} {checksum}; '' for none. */
  readonly header: string;
  /** Grey levels as bits a pixel: 4 = 16 levels. */
  readonly bitDepth: BitDepth;
  readonly compat: Compat;
}
