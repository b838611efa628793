/** What the page and its workers say to each other. A document is sent once and named by its number after that. */
import type { RenderConfig } from '../../../config/index.ts';
import type { Line } from '../../../layout/index.ts';
import type { Failure } from '../../api.ts';

export interface PageLine extends Pick<Line, 'start' | 'end' | 'xPt' | 'baselinePt' | 'gap'> {}

export interface StudioPage {
  /** From 1. */
  readonly number: number;
  readonly png: Uint8Array<ArrayBuffer>;
  readonly widthPx: number;
  readonly heightPx: number;
  /** UTF-16 code units of the document. */
  readonly span: { readonly start: number; readonly end: number };
  readonly lines: readonly PageLine[];
  /** Code points that no font has, with how often. */
  readonly missing: ReadonlyMap<number, number>;
}

export interface ExactString {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** What is known of a document whatever its pages look like. */
export interface DocumentFacts {
  readonly tokens: number;
  readonly tokenizer: string;
  readonly exact: readonly ExactString[];
}

export interface DrawOrder {
  readonly document: number;
  readonly title: string;
  readonly config: RenderConfig;
}

export type ToWorker =
  | { readonly type: 'document'; readonly document: number; readonly text: string }
  /** Ends the drawing before it. */
  | ({ readonly type: 'draw'; readonly job: number } & DrawOrder)
  | { readonly type: 'facts'; readonly call: number; readonly document: number }
  /** The page on which this character of the document stands. */
  | ({ readonly type: 'page-at'; readonly call: number; readonly offset: number } & DrawOrder)
  | ({ readonly type: 'request'; readonly call: number; readonly model: string } & DrawOrder);

export type FromWorker =
  | { readonly type: 'page'; readonly job: number; readonly page: StudioPage }
  | { readonly type: 'drawn'; readonly job: number; readonly pages: number; readonly pageMs: number }
  | { readonly type: 'draw-failed'; readonly job: number; readonly failure: Failure }
  | { readonly type: 'result'; readonly call: number; readonly value: unknown }
  | { readonly type: 'failed'; readonly call: number; readonly failure: Failure };
