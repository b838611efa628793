/** The official OpenAI client: one line makes long documents and old turns go as pages. It reads OPENAI_API_KEY. */
import { readFile } from 'node:fs/promises';
import { withGlyph } from 'glyph/clients';
import OpenAI from 'openai';

const client = withGlyph(new OpenAI());
const texts = [await readFile('book.txt', 'utf8'), 'Who tells the story?'];
const content = texts.map(text => ({ type: 'text' as const, text }));
const messages = [{ role: 'user' as const, content }];
const answer = await client.chat.completions.create({ model: 'gpt-4.1', messages });
console.log(answer.choices[0]?.message.content);
