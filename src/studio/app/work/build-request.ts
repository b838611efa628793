/** The request that Glyph would send a model about a document, as its vendor spells it: to look at, or to send by hand. */
import { fetchFont } from '../../../browser.ts';
import { compress } from '../../../compress/index.ts';
import { anthropicWire, geminiWire, openaiChatWire, type Wire } from '../../../model/index.ts';
import type { DrawOrder } from './protocol.ts';

/** By how a model's name begins; most servers speak the last. */
const wires: readonly (readonly [start: string, wire: Wire])[] = [
  ['claude', anthropicWire],
  ['gemini', geminiWire],
  ['', openaiChatWire],
];

const question = 'What is this document about?';

export async function buildRequest(
  text: string,
  { model, config, title }: DrawOrder & { readonly model: string },
): Promise<string> {
  const document = { name: title, text };
  const options = { model, config, question, loadFont: fetchFont, zoom: 'off', pages: 'always' } as const;
  const { messages } = await compress([document], options);
  const [, wire] = wires.find(([start]) => model.startsWith(start))!;
  return JSON.stringify(wire.request(model, messages, { maxTokens: 1024 }, 'whole').body);
}
