/** What a failed connection means, from the codes that run-times give. */
import { ModelError } from '../model-error.ts';

/** Codes of Node's own limits, which no setting of ours changes. */
const timeoutCodes: ReadonlySet<string> = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'is the server running at this address?',
  ENOTFOUND: 'is the host name right?',
  EAI_AGAIN: 'is there a network?',
};

export function networkError(title: string, cause: unknown): ModelError {
  const chain = causesOf(cause);
  const codes = chain.flatMap(error =>
    'code' in error && typeof error.code === 'string' ? [error.code] : [],
  );
  const isRedirect = chain.some(error => error.message.includes('redirect'));
  const hint = isRedirect
    ? 'the server redirects; take the address it redirects to as base URL'
    : codes.map(code => hints[code]).find(Boolean);
  return new ModelError({
    failure: codes.some(code => timeoutCodes.has(code)) ? 'timeout' : isRedirect ? 'request' : 'network',
    operation: `ask ${title}`,
    expected: 'a connection that holds',
    actual: codes[0] ?? chain.at(-1)?.message ?? 'none',
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}

function causesOf(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && chain.length < 4; next = next.cause) chain.push(next);
  return chain;
}
