/** Google's Gemini API, version v1beta: generateContent, whole and streamed. https://ai.google.dev/api/generate-content */
import type { Wire } from '../wire.ts';
import { readWhole, startReading } from './answer.ts';
import { generateContentBody } from './request.ts';
import { title } from './title.ts';

export const geminiWire: Wire = {
  title,
  request: (model, messages, options, mode) => ({
    path: `/v1beta/${pathOf(model)}:${mode === 'stream' ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
    body: generateContentBody(messages, options),
  }),
  startReading,
  readWhole,
  credentials: key => ({ 'x-goog-api-key': key }),
};

/** Of "gemini-2.5-pro", or of a name with its collection, e.g. "tunedModels/mine". */
function pathOf(model: string): string {
  const name = model.includes('/') ? model : `models/${model}`;
  return name.split('/').map(encodeURIComponent).join('/');
}
