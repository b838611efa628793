/**
 * Anthropic's Messages API, version 2023-06-01: the last one that takes `temperature`, `top_p` and `top_k`, which newer
 * models refuse. https://platform.claude.com/docs/en/api/messages
 */
import type { Wire } from '../wire.ts';
import { readWhole, startReading } from './answer.ts';
import { messagesBody } from './request.ts';
import { title } from './title.ts';

export const anthropicWire: Wire = {
  title,
  request: (model, messages, options, mode) => ({
    path: '/v1/messages',
    headers: { 'anthropic-version': '2023-06-01' },
    body: messagesBody(model, messages, options, mode),
  }),
  startReading,
  readWhole,
  credentials: key => ({ 'x-api-key': key }),
};
