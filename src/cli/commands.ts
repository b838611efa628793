/** The commands; each is loaded only when it is asked for, so that help stays quick. */
import type { Command, Example } from './command.ts';

export interface CommandEntry {
  readonly name: string;
  readonly about: string;
  load(): Promise<Command>;
}

export const about =
  'glyph turns long text into compact page images, and asks vision-language models about them.';

export const commands: readonly CommandEntry[] = [
  {
    name: 'ask',
    about: 'Ask a model about long documents; it reads them as pages',
    load: async () => (await import('./ask.ts')).askCommand,
  },
  {
    name: 'demo',
    about: 'Draw, count, read back and ask a made document, on this machine',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  {
    name: 'read',
    about: 'Transcribe page images with a model',
    load: async () => (await import('./read.ts')).readCommand,
  },
  {
    name: 'eval',
    about: 'Score a model on a benchmark, from pages against text, truncation and retrieval',
    load: async () => (await import('./eval.ts')).evalCommand,
  },
  {
    name: 'report',
    about: 'Write runs of eval as one HTML page',
    load: async () => (await import('./report.ts')).reportCommand,
  },
  {
    name: 'search',
    about: 'Find the rendering a model reads best per token',
    load: async () => (await import('./search.ts')).searchCommand,
  },
  {
    name: 'data',
    about: 'Build training examples from a corpus: pretrain, sft, rl',
    load: async () => (await import('./data.ts')).dataCommand,
  },
  {
    name: 'train',
    about: 'Train the embedded reader on such data: pretrain, sft, rl',
    load: async () => (await import('./train.ts')).trainCommand,
  },
  {
    name: 'reward',
    about: 'Serve the rewards of training over HTTP, for engines elsewhere',
    load: async () => (await import('./reward.ts')).rewardCommand,
  },
  {
    name: 'deploy',
    about: 'Write what starts vLLM or SGLang with Glyph or a model trained from it',
    load: async () => (await import('./deploy.ts')).deployCommand,
  },
  {
    name: 'doctor',
    about: 'Check a running server: model, images, token counts, whether it reads',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
  {
    name: 'serve',
    about: 'A proxy for OpenAI, Anthropic and Gemini clients that sends long material as pages',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    name: 'wrap',
    about: 'Run a program through such a proxy',
    load: async () => (await import('./wrap.ts')).wrapCommand,
  },
  {
    name: 'stats',
    about: 'What a proxy saved and lost, from its log',
    load: async () => (await import('./stats.ts')).statsCommand,
  },
  {
    name: 'mcp',
    about: 'Pages as tools for agents (Model Context Protocol)',
    load: async () => (await import('./mcp.ts')).mcpCommand,
  },
  {
    name: 'render',
    about: 'Turn files, folders, globs or standard input into page images',
    load: async () => (await import('./render.ts')).renderCommand,
  },
  {
    name: 'preview',
    about: 'Draw the first pages small, on one picture',
    load: async () => (await import('./preview.ts')).previewCommand,
  },
  {
    name: 'tokens',
    about: 'Count text tokens, and what pages cost each model',
    load: async () => (await import('./tokens.ts')).tokensCommand,
  },
  {
    name: 'config',
    about: 'Show the settings in force, all keys, or the presets',
    load: async () => (await import('./config.ts')).configCommand,
  },
];

export const mainExamples: readonly Example[] = [
  ['glyph demo', 'all of it in a minute, with the small reader of this package'],
  ['glyph ask book.txt "Who is Mrs Reed?" --model openai:gpt-4.1', 'an answer for a third of the tokens'],
  ['glyph render book.txt -o pages', 'page images and a manifest in pages/'],
  ['glyph render src --preset code -o pages', 'a code base, each file after its name'],
  ['glyph tokens book.txt', 'what it saves with each model'],
];
