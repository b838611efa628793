/** The tools as a server of the Model Context Protocol (2025-11-25), by its official SDK; a transport is connected outside. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { GlyphError } from '../base/index.ts';
import type { DrawEffects } from '../compress/index.ts';
import { createLibrary } from './library.ts';
import { mcpTools, type ToolAnswer, type ToolWorld } from './tools.ts';

export interface McpServerOptions extends Pick<ToolWorld, 'readFile'> {
  readonly effects: DrawEffects;
  readonly version: string;
}

export function createMcpServer({ effects, version, readFile }: McpServerOptions): Server {
  const server = new Server({ name: 'glyph', version }, { capabilities: { tools: {} } });
  const world = { library: createLibrary(effects), readFile };
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: mcpTools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => ({
    ...(await answer(params.name, params.arguments ?? {}, world, signal)),
  }));
  return server;
}

async function answer(
  name: string,
  args: unknown,
  world: ToolWorld,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const tool = mcpTools.find(each => each.name === name);
  const told = (text: string): ToolAnswer => ({ content: [{ type: 'text', text }], isError: true });
  if (tool === undefined) return told(`There is no tool "${name}".`);
  try {
    return await tool.answer(args, world, signal);
  } catch (error) {
    if (error instanceof GlyphError) return told(error.message);
    throw error;
  }
}
