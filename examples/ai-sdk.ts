/** The AI SDK: a middleware for any of its models. It reads OPENAI_API_KEY. */
import { readFile } from 'node:fs/promises';
import { openai } from '@ai-sdk/openai';
import { generateText, wrapLanguageModel } from 'ai';
import { glyphMiddleware } from 'glyph/clients';

const model = wrapLanguageModel({ model: openai.chat('gpt-4.1'), middleware: glyphMiddleware() });
const texts = [await readFile('book.txt', 'utf8'), 'Who tells the story?'];
const content = texts.map(text => ({ type: 'text' as const, text }));
const { text } = await generateText({ model, messages: [{ role: 'user', content }] });
console.log(text);
