/**
 * What the vendors' references say of a request, as far as the proxy may touch it: Messages API ("Messages", "Vision", "Tool
 * use", "Prompt caching"), OpenAI's "Chat" and "Responses", Gemini's "Content". No vendor publishes its request schema
 * as an npm package, so these rules are written by hand, as known in November 2026; what the proxy never edits is only looked over.
 */
import * as v from 'valibot';

const json = v.record(v.string(), v.unknown());
const filled = v.pipe(v.string(), v.nonEmpty());
/** Whitespace alone is refused by Anthropic; nobody wants to send it to others. */
const someText = v.pipe(v.string(), v.regex(/\S/));
const png = v.pipe(v.string(), v.base64(), v.startsWith('iVBORw0KGgo'), v.maxLength(5_000_000));
const some = <Item extends v.GenericSchema>(item: Item) => v.pipe(v.array(item), v.minLength(1));

/** Of the types named each as it says; other types may be anything. */
function blocks(known: Readonly<Record<string, v.GenericSchema>>, others: readonly string[] = []) {
  return some(
    v.lazy(block => {
      const type = (block as { type?: unknown } | null)?.type;
      return known[String(type)] ?? v.looseObject({ type: v.picklist(others) });
    }),
  );
}

const mark = {
  cache_control: v.optional(
    v.strictObject({ type: v.literal('ephemeral'), ttl: v.optional(v.picklist(['5m', '1h'])) }),
  ),
};
const imageTypes = v.picklist(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
const text = v.strictObject({
  type: v.literal('text'),
  text: someText,
  ...mark,
  citations: v.optional(v.unknown()),
});
const image = v.strictObject({
  type: v.literal('image'),
  source: v.strictObject({ type: v.literal('base64'), media_type: imageTypes, data: png }),
  ...mark,
});
const toolUse = v.strictObject({
  type: v.literal('tool_use'),
  id: filled,
  name: filled,
  input: json,
  ...mark,
});
const toolResult = v.strictObject({
  type: v.literal('tool_result'),
  tool_use_id: filled,
  content: v.optional(v.union([v.string(), blocks({ text, image }, ['document', 'search_result'])])),
  is_error: v.optional(v.boolean()),
  ...mark,
});
const inUser = blocks({ text, image, tool_result: toolResult }, ['document', 'search_result']);
const inAssistant = blocks({ text, tool_use: toolUse }, ['thinking', 'redacted_thinking', 'server_tool_use']);
const anthropicMessage = v.variant('role', [
  v.strictObject({ role: v.literal('user'), content: v.union([someText, inUser]) }),
  v.strictObject({ role: v.literal('assistant'), content: v.union([someText, inAssistant]) }),
]);

const anthropicTools = v.optional(v.array(v.looseObject({ name: filled })));
const countBody = v.looseObject({
  model: filled,
  system: v.optional(v.union([v.string(), blocks({ text })])),
  tools: anthropicTools,
  messages: some(anthropicMessage),
});
const messagesBody = v.looseObject({
  ...countBody.entries,
  max_tokens: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

interface Block {
  readonly type: string;
  readonly id?: string;
  readonly tool_use_id?: string;
}

/** Rules over blocks, which no schema can say. */
function anthropicFaults(body: v.InferOutput<typeof countBody>): string[] {
  const faults: string[] = [];
  const whole = JSON.stringify(body);
  if (whole.split('"cache_control":{').length - 1 > 4) faults.push('more than 4 cache marks');
  if (whole.split('"type":"image"').length - 1 > 600) faults.push('more than 600 images');
  const contents = body.messages.map(({ content }) =>
    typeof content === 'string' ? [] : (content as Block[]),
  );
  for (const [i, content] of contents.entries()) {
    const calls = content.flatMap(({ type, id }) => (type === 'tool_use' ? [id] : []));
    const next = contents[i + 1] ?? [];
    const results = next.slice(0, calls.length);
    const answered = results.map(({ type, tool_use_id: id }) => (type === 'tool_result' ? id : undefined));
    if (i + 1 < contents.length && calls.some(id => !answered.includes(id))) {
      faults.push(`message ${i + 1}: results of the calls before must come first, one each`);
    }
    const before = contents[i - 1] ?? [];
    for (const { type, tool_use_id: id } of content) {
      if (type !== 'tool_result') continue;
      if (!before.some(call => call.type === 'tool_use' && call.id === id))
        faults.push(`message ${i}: a result without a call`);
    }
  }
  return faults;
}

const dataUrl = v.pipe(v.string(), v.regex(/^data:image\/png;base64,iVBORw0KGgo[A-Za-z0-9+/]+=*$/));
const chatText = v.strictObject({ type: v.literal('text'), text: v.string() });
const chatImage = v.strictObject({
  type: v.literal('image_url'),
  image_url: v.strictObject({
    url: dataUrl,
    detail: v.optional(v.picklist(['auto', 'low', 'high', 'original'])),
  }),
});
const onlyTexts = v.union([v.string(), blocks({ text: chatText })]);
const chatMessage = v.variant('role', [
  v.looseObject({ role: v.picklist(['system', 'developer']), content: onlyTexts }),
  v.looseObject({
    role: v.literal('user'),
    content: v.union([v.string(), blocks({ text: chatText, image_url: chatImage }, ['file', 'input_audio'])]),
  }),
  v.looseObject({
    role: v.literal('assistant'),
    content: v.nullish(onlyTexts),
    tool_calls: v.optional(v.array(v.looseObject({ id: filled }))),
  }),
  v.looseObject({ role: v.literal('tool'), tool_call_id: filled, content: onlyTexts }),
]);
const chatBody = v.looseObject({ model: filled, messages: some(chatMessage) });

function chatFaults({ messages }: v.InferOutput<typeof chatBody>): string[] {
  let open: readonly string[] = [];
  return messages.flatMap((message, i) => {
    if (message.role === 'assistant') open = (message.tool_calls ?? []).map(({ id }) => id);
    if (message.role !== 'tool') return [];
    return open.includes(message.tool_call_id) ? [] : [`message ${i}: a result that follows no call`];
  });
}

const inputText = v.strictObject({ type: v.literal('input_text'), text: v.string() });
const inputImage = v.strictObject({
  type: v.literal('input_image'),
  image_url: dataUrl,
  detail: v.optional(v.picklist(['auto', 'low', 'high', 'original'])),
});
const inputs = blocks({ input_text: inputText, input_image: inputImage }, [
  'input_file',
  'output_text',
  'refusal',
]);
const item = v.lazy(value => {
  const type = (value as { type?: unknown } | null)?.type ?? 'message';
  if (type === 'message') {
    const role = v.picklist(['user', 'assistant', 'system', 'developer']);
    return v.looseObject({ role, content: v.union([v.string(), inputs]) });
  }
  if (type !== 'function_call_output') return v.looseObject({ type: filled });
  return v.looseObject({ call_id: filled, output: v.union([v.string(), inputs]) });
});
const responsesBody = v.looseObject({ model: filled, input: v.union([v.string(), some(item)]) });

const blob = v.strictObject({ mimeType: imageTypes, data: png });
/** Exactly one kind of content a part. */
const geminiPart = v.union([
  v.strictObject({ text: v.string() }),
  v.strictObject({ inlineData: blob }),
  v.strictObject({ inline_data: v.strictObject({ mime_type: imageTypes, data: png }) }),
  v.looseObject({ functionCall: v.looseObject({ name: filled }) }),
  v.looseObject({
    functionResponse: v.looseObject({
      name: filled,
      response: json,
      parts: v.optional(some(v.strictObject({ inlineData: blob }))),
    }),
  }),
  v.looseObject({ fileData: json }),
]);
const geminiBody = v.looseObject({
  contents: some(
    v.looseObject({ role: v.optional(v.picklist(['user', 'model', 'function'])), parts: some(geminiPart) }),
  ),
});

function faultsIn<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
  rules: (body: v.InferOutput<Schema>) => readonly string[] = () => [],
): readonly string[] {
  const parsed = v.safeParse(schema, body);
  if (parsed.success) return rules(parsed.output);
  return parsed.issues.map(issue => `${v.getDotPath(issue) ?? 'the body'}: ${issue.message.slice(0, 200)}`);
}

/** What a vendor would refuse of a body sent to this address; nothing for addresses that are never edited. */
export function vendorFaults(path: string, body: unknown): readonly string[] {
  if (path.includes('/messages/count_tokens')) return faultsIn(countBody, body, anthropicFaults);
  if (path.includes('/messages')) return faultsIn(messagesBody, body, anthropicFaults);
  if (path.includes('/chat/completions')) return faultsIn(chatBody, body, chatFaults);
  if (path.includes('/responses')) return faultsIn(responsesBody, body);
  return /enerateContent/.test(path) ? faultsIn(geminiBody, body) : [];
}
