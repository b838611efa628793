/** An agent's side of `glyph mcp`: a document as pages, then the exact text of its first lines. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const client = new Client({ name: 'example', version: '1.0.0' });
await client.connect(new StdioClientTransport({ command: 'npx', args: ['glyph', 'mcp', '.'] }));
const call = (name: string, args: object) => client.callTool({ name, arguments: { ...args } });
console.log(await call('compress', { path: 'book.txt' }));
console.log(await call('expand', { document: 'd1', page: 1, firstLine: 1, lastLine: 2 }));
await client.close();
