/** `glyph mcp`: the tools for agents on standard input and output, for files of one folder. */
import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { GlyphError } from '../base/index.ts';
import { createMcpServer } from '../mcp/index.ts';
import { closeDocuments, generator, ioError, loadFont, openDocuments, spawnWorker } from '../node/index.ts';
import { type Arguments, type Command, exitCodes, type Terminal } from './command.ts';
import { usageError } from './usage-error.ts';

export const mcpCommand: Command = {
  name: 'mcp',
  about: 'Serves pages to agents over the Model Context Protocol, on standard input and output.',
  usage: '[FOLDER]',
  groups: [],
  notes: [
    'Tools: compress gives a text or a file as pages with the exact strings beside them, read_page gives one page, expand the exact text of lines. Only files of FOLDER are read, of the one it is started in unless given.',
  ],
  examples: [
    ['claude mcp add glyph -- npx glyph mcp .', 'for an agent'],
    ['glyph mcp docs', 'only what is in docs/'],
  ],
  run,
};

async function run({ positionals }: Arguments, terminal: Terminal): Promise<number> {
  const [folder = '.', more] = positionals;
  if (more !== undefined) {
    throw usageError({
      operation: 'read the command line',
      expected: 'one folder',
      actual: `${positionals.length}`,
    });
  }
  const root = await realpath(folder).catch(error => {
    throw ioError(`open ${JSON.stringify(folder)}`, 'a folder', error);
  });
  const { StdioServerTransport } = await import('@modelcontextprotocol/sdk/server/stdio.js');
  const server = createMcpServer({
    effects: { loadFont, spawnWorker },
    version: generator().version,
    readFile: (path, signal) => readWithin(root, path, signal),
  });
  const ended = new Promise<void>(done => {
    process.stdin.once('end', done);
    terminal.signal.addEventListener('abort', () => done(), { once: true });
    server.onclose = done;
  });
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
  return exitCodes.ok;
}

/** @throws GlyphError kind `input` for what is elsewhere, also by a link, or no file of text; `io` */
export async function readWithin(root: string, path: string, signal: AbortSignal): Promise<string> {
  const file = await realpath(resolve(root, path)).catch(error => {
    throw ioError(`read ${JSON.stringify(path)}`, 'a file', error);
  });
  const within = relative(root, file);
  // A folder may hold links to elsewhere.
  if (within.startsWith('..') || isAbsolute(within) || !(await stat(file)).isFile()) {
    throw new GlyphError({
      kind: 'input',
      operation: `read ${JSON.stringify(path)}`,
      expected: 'a file of the folder that is served',
      actual: 'something else',
      hint: 'start the server in another folder: glyph mcp FOLDER',
    });
  }
  const documents = await openDocuments([file], { signal, pdf: 'text' });
  try {
    return documents.flatMap(each => (each.kind === 'text' ? [each.text] : [])).join('\n\n');
  } finally {
    await closeDocuments(documents);
  }
}
