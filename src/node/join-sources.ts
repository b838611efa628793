/**
 * Several sources as one: each after a line that names it, with an empty line between two, so that a reader of the
 * pages can tell the files apart.
 */
import { createHash } from 'node:crypto';
import type { Source, SourcePart, SourceReading } from './source.ts';

/** Its hash is that of the list `sha256sum` prints for its files; its length is the sum of theirs. */
export function joinSources(name: string, sources: readonly Source[]): Source {
  const [first] = sources;
  const list = sources.map(source => `${source.sha256}  ${source.name}\n`).join('');
  return {
    name,
    byteLength: sources.reduce((sum, source) => sum + source.byteLength, 0),
    sha256: createHash('sha256').update(list).digest('hex'),
    encoding: first?.encoding ?? 'none',
    invalid: first?.invalid ?? 'refuse',
    read: signal => readAll(sources, signal),
    async close() {
      await Promise.all(sources.map(source => source.close()));
    },
  };
}

function readAll(sources: readonly Source[], signal: AbortSignal | undefined): SourceReading {
  const parts: SourcePart[] = [];
  let bytesBefore = 0;
  let replacedBefore = 0;
  let current: SourceReading | undefined;
  async function* joined(): AsyncGenerator<string> {
    let offset = 0;
    let isLineOpen = false;
    for (const source of sources) {
      const heading = `${isLineOpen ? '\n' : ''}${offset === 0 ? '' : '\n'}=== ${source.name} ===\n`;
      yield heading;
      offset += heading.length;
      isLineOpen = false;
      const start = offset;
      current = source.read(signal);
      for await (const piece of current.pieces) {
        yield piece;
        offset += piece.length;
        isLineOpen = !piece.endsWith('\n');
      }
      const { name, byteLength, sha256 } = source;
      parts.push({ name, byteLength, sha256, start, end: offset });
      bytesBefore += current.bytesRead;
      replacedBefore += current.replaced;
      current = undefined;
    }
  }
  return {
    pieces: joined(),
    get bytesRead() {
      return bytesBefore + (current?.bytesRead ?? 0);
    },
    get replaced() {
      return replacedBefore + (current?.replaced ?? 0);
    },
    parts,
  };
}
