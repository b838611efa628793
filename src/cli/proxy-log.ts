/** Records of the proxy as lines: JSON in a file, for `glyph stats`, or short ones for people. */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { ioError } from '../node/index.ts';
import type { RequestRecord } from '../proxy/index.ts';
import type { Terminal } from './command.ts';
import { countOf, countText } from './figures.ts';

export interface ProxyLog {
  write(record: RequestRecord): void;
  /** Resolves when all is written. */
  close(): Promise<void>;
}

/** Appends to `file`; without one, short lines go to standard error. @throws GlyphError kind `io` */
export async function openProxyLog(file: string | undefined, terminal: Terminal): Promise<ProxyLog> {
  if (file === undefined) {
    return { write: record => terminal.err(`${lineOf(record)}\n`), close: async () => {} };
  }
  const stream = createWriteStream(file, { flags: 'a' });
  const isTorn = await new Promise<boolean>((resolve, reject) => {
    stream.once('open', () => resolve(endsWithin(file)));
    stream.once('error', error =>
      reject(ioError(`write ${JSON.stringify(file)}`, 'a file to append to', error)),
    );
  });
  if (isTorn) stream.write('\n');
  // A full disk must not end the proxy.
  stream.on('error', error => terminal.err(`glyph: the log ${file} cannot be written: ${error.message}\n`));
  return {
    write: record => void stream.write(`${JSON.stringify(record)}\n`),
    close: () => new Promise(resolve => stream.end(() => resolve())),
  };
}

/** Whether the last line was cut by a crash: what comes next must not become part of it. */
async function endsWithin(file: string): Promise<boolean> {
  const opened = await open(file);
  try {
    const { size } = await opened.stat();
    if (size === 0) return false;
    const { buffer } = await opened.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] !== 0x0a;
  } finally {
    await opened.close();
  }
}

/** e.g. "200 /v1/messages imaged: 55 parts on 58 pages, 213,829 tokens → 137,019, 21 ms" */
function lineOf(record: RequestRecord): string {
  const { route, upstreamStatus, decision, reason, parts, pages, textTokens, sentTokens, transformMs } =
    record;
  const start = `${upstreamStatus ?? 'no answer'} ${route} ${decision}`;
  if (decision === 'passed') return `${start}: ${reason}`;
  const tokens = `${countText(textTokens)} tokens → ${countText(sentTokens)}`;
  return `${start}: ${countOf(parts, 'part')} on ${countOf(pages, 'page')}, ${tokens}, ${transformMs.toFixed(0)} ms`;
}
