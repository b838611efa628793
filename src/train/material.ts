/** What a stage learns from: rows, their pages, and the reader that makes tokens of them. */
import type { ReaderCheckpoint } from '../reader/index.ts';
import type { Row } from './data-set.ts';
import type { LoadPage } from './page-shelf.ts';

/** What makes the same tokens of the same text: the reader's sizes and its vocabulary. */
export type ReaderKind = Pick<ReaderCheckpoint, 'config' | 'vocabulary'>;

export interface Material {
  readonly rows: readonly Row[];
  readonly kind: ReaderKind;
  readonly loadPage: LoadPage;
}
