/**
 * OpenAI Chat Completions, the format that vLLM, SGLang, llama.cpp, Ollama and most other servers speak too.
 * https://platform.openai.com/docs/api-reference/chat
 */
import type { Wire } from '../wire.ts';
import { readWholeChat, startReadingChat } from './chat-answer.ts';
import { type ChatSettings, chatBody, chatTitle } from './chat-request.ts';
import { bearer } from './shared.ts';

export function createOpenaiChatWire(settings: Partial<ChatSettings> = {}): Wire {
  const settled: ChatSettings = { maxTokensField: 'max_tokens', ...settings };
  return {
    title: chatTitle,
    request: (model, messages, options, mode) => ({
      path: '/chat/completions',
      body: chatBody(model, messages, options, mode, settled),
    }),
    startReading: startReadingChat,
    readWhole: readWholeChat,
    credentials: bearer,
  };
}

/** As compatible servers want it. */
export const openaiChatWire: Wire = createOpenaiChatWire();
