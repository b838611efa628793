/** The official Anthropic client, likewise, with a streamed answer. It reads ANTHROPIC_API_KEY. */
import { readFile } from 'node:fs/promises';
import Anthropic from '@anthropic-ai/sdk';
import { withGlyph } from 'glyph/clients';

const client = withGlyph(new Anthropic());
const texts = [await readFile('book.txt', 'utf8'), 'Who tells the story?'];
const content = texts.map(text => ({ type: 'text' as const, text }));
const messages = [{ role: 'user' as const, content }];
const stream = client.messages.stream({ model: 'claude-sonnet-4-5', max_tokens: 1024, messages });
console.log(await stream.finalText());
