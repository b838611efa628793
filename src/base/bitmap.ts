/**
 * An 8-bit picture in memory, between the raster step that fills it and the PNG step that packs it. One byte a pixel;
 * what the byte means (ink coverage or a palette index) is the producer's and the encoder's agreement.
 */
export interface Bitmap {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bytes from one row to the next; at least `widthPx`. */
  readonly stride: number;
  /** Row `y` starts at `offset + y * stride`. Bytes beyond a row's width may hold anything. */
  readonly data: Uint8Array;
  readonly offset: number;
}
