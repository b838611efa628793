/** OpenAI's Responses API. https://platform.openai.com/docs/api-reference/responses */
import type { Wire } from '../wire.ts';
import { readWholeResponse, startReadingResponses } from './responses-answer.ts';
import { responsesBody, responsesTitle } from './responses-request.ts';
import { bearer, type ImageDetail } from './shared.ts';

export function createOpenaiResponsesWire(settings: { readonly imageDetail?: ImageDetail } = {}): Wire {
  const { imageDetail = 'auto' } = settings;
  return {
    title: responsesTitle,
    request: (model, messages, options, mode) => ({
      path: '/responses',
      body: responsesBody(model, messages, options, mode, imageDetail),
    }),
    startReading: startReadingResponses,
    readWhole: readWholeResponse,
    credentials: bearer,
  };
}

export const openaiResponsesWire: Wire = createOpenaiResponsesWire();
