/** Pages for any agent that speaks the Model Context Protocol: `compress`, `read_page` and `expand`. */
export { createMcpServer, type McpServerOptions } from './server.ts';
