/** For tests: a folder with the tiny reader that knows a few answers about one text. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCheckpoint } from '../../reader/index.ts';
import { text, trainAnswers } from '../../reader/test/train-answers.ts';

export interface EmbeddedModel {
  readonly folder: string;
  /** e.g. "embedded:/tmp/…" */
  readonly spec: string;
  /** The text it knows answers about. */
  readonly file: string;
  remove(): void;
}

export async function makeEmbeddedModel(): Promise<EmbeddedModel> {
  const folder = mkdtempSync(join(tmpdir(), 'glyph-reader-'));
  for (const [name, content] of Object.entries(writeCheckpoint(await trainAnswers())))
    writeFileSync(join(folder, name), content);
  const file = join(folder, 'cats.txt');
  writeFileSync(file, text);
  return { folder, spec: `embedded:${folder}`, file, remove: () => rmSync(folder, { recursive: true }) };
}
