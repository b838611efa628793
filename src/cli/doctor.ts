/** `glyph doctor`: a running server, checked before work is sent to it. */
import * as v from 'valibot';
import { GlyphError } from '../base/index.ts';
import { checkServer, type Finding, type ServedModel } from '../eval/index.ts';
import { loadFont } from '../node/index.ts';
import { type Arguments, type Command, exitCodes, hasFlag, type Terminal, textFlag } from './command.ts';
import { countFlag } from './input-flags.ts';
import { modelFromFlags } from './model-flags.ts';
import { usageError } from './usage-error.ts';

const defaultImages = 16;
/** What the reader of the paper is called, and how it is asked for. */
const glyph = { name: 'zai-org/Glyph', spec: 'glyph' };

export const doctorCommand: Command = {
  name: 'doctor',
  about: 'Checks a running server: the model, images of a request, token counts, whether it reads a page.',
  usage: '--base-url URL [flags]',
  groups: [
    {
      title: 'Server',
      flags: [
        { name: 'base-url', value: 'URL', about: 'e.g. http://localhost:8000/v1' },
        {
          name: 'model',
          short: 'm',
          value: 'PROVIDER:NAME',
          about: 'The first it serves unless given, e.g. openai:my-model',
        },
        { name: 'family', value: 'NAME', about: 'Count as this model, e.g. glyph for one trained from it' },
        { name: 'images', value: 'N', about: `Pages that a request must take (${defaultImages})` },
        { name: 'timeout', value: 'SECONDS', about: 'Longest wait for an answer; 600 unless given' },
        { name: 'json', about: 'Print what was found as JSON' },
      ],
    },
  ],
  notes: [
    'Five small requests at most. A page of words in no order is drawn, sent and read back; what it costs in prompt tokens, at two sizes, is held against the count of `glyph tokens`. Exit code 1 where something is wrong.',
  ],
  examples: [
    ['glyph doctor --base-url http://localhost:8000/v1', 'a server of `glyph deploy`'],
    [
      'glyph doctor --base-url http://localhost:8000/v1 --images 128 --json',
      'for long documents, for a program',
    ],
  ],
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const baseUrl = textFlag(args, 'base-url');
  if (baseUrl === undefined)
    throw usageError({
      operation: 'read the command line',
      expected: 'a server',
      actual: 'none',
      hint: '--base-url http://localhost:8000/v1',
    });
  const isJson = hasFlag(args, 'json');
  const say = (finding: Finding) => {
    if (!isJson) terminal.out(line(finding));
  };
  const served = await listModels(baseUrl, terminal);
  const spec = textFlag(args, 'model') ?? specOf(served);
  const model = await modelFromFlags({ ...args, flags: { ...args.flags, model: spec } }, terminal);
  const name = spec === glyph.spec ? glyph.name : spec.slice(spec.indexOf(':') + 1);
  const images = countFlag(args, 'images', 10_000) ?? defaultImages;
  const { signal } = terminal;
  const findings = await checkServer({ model, served, name, images, loadFont, signal, onFinding: say });
  if (isJson) terminal.out(`${JSON.stringify({ model: model.id, findings }, undefined, 2)}\n`);
  return findings.some(({ outcome }) => outcome === 'wrong') ? exitCodes.failure : exitCodes.ok;
}

const marks = { ok: 'ok      ', wrong: 'wrong   ', doubtful: 'doubtful', skipped: 'skipped ' } as const;

const line = ({ check, outcome, found, mend }: Finding): string =>
  `${marks[outcome]}  ${check}: ${found}\n${mend === undefined ? '' : `          → ${mend}\n`}`;

function specOf(served: readonly ServedModel[]): string {
  const [first] = served;
  if (first === undefined || first.id === glyph.name) return glyph.spec;
  return `openai:${first.id}`;
}

const listSchema = v.object({
  data: v.array(v.object({ id: v.string(), max_model_len: v.nullish(v.number()) })),
});

/** Of servers that speak OpenAI's format; none where it lists none. @throws GlyphError kind `io` where nobody answers */
async function listModels(baseUrl: string, { env, signal }: Terminal): Promise<readonly ServedModel[]> {
  const url = `${baseUrl.replace(/\/+$/, '')}/models`;
  const key = env['OPENAI_API_KEY'];
  let response: Response;
  try {
    const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
    response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(30_000)]), headers });
  } catch (cause) {
    throw new GlyphError({
      kind: 'io',
      operation: `ask ${url}`,
      expected: 'a server',
      actual: cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause),
      hint: 'start one, e.g. with what `glyph deploy vllm` writes; the address ends in /v1',
      cause,
    });
  }
  const body: unknown = await response.json().catch(() => undefined);
  const list = v.safeParse(listSchema, body);
  if (!response.ok || !list.success) return [];
  return list.output.data.map(({ id, max_model_len }) => ({ id, contextTokens: max_model_len ?? undefined }));
}
