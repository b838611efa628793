/**
 * The ways a sample's material reaches the model, each under a name a user types: as text, as less text, or as pages.
 * All arms of a run see the same samples.
 */
import { GlyphError, nearestName } from '../../base/index.ts';

export interface TextArm {
  readonly form: 'text';
  readonly name: string;
  /** `truncate` (head and tail) and `rag` (passages by BM25) take the tokens that the arm `pages` takes. */
  readonly method: 'whole' | 'truncate' | 'rag';
}

export interface PagesArm {
  readonly form: 'pages';
  /** E.g. "pages@96+zoom". */
  readonly name: string;
  /** Dots per inch; as the config says when undefined. */
  readonly dpi: number | undefined;
  /** `on`: the pages the question is about are sharpened. */
  readonly zoom: 'on' | 'off';
  /** `carry`: ids, amounts and the like also travel as text beside the pages. */
  readonly exact: 'carry' | 'off';
}

export type Arm = TextArm | PagesArm;

/** What `truncate` and `rag` may spend is what this arm spends. */
export const plainPages: PagesArm = {
  form: 'pages',
  name: 'pages',
  dpi: undefined,
  zoom: 'off',
  exact: 'off',
};

/** For help and error messages. */
export const armNames = [
  'text',
  'truncate',
  'rag',
  'pages',
  'pages+zoom',
  'pages+exact',
  'pages@72',
  'pages@96',
  'pages@120',
] as const;

const pagesName = /^pages(?:@(\d+(?:\.\d+)?))?((?:\+(?:zoom|exact))*)$/;
const [leastDpi, mostDpi] = [10, 1200];

/** @throws GlyphError kind `config` for an unknown arm, a dpi out of range, an arm named twice, or none */
export function parseArms(names: readonly string[]): readonly Arm[] {
  const arms = names.map(parseArm);
  const twice = arms.find((arm, i) => arms.findIndex(({ name }) => name === arm.name) < i);
  if (twice === undefined && arms.length > 0) return arms;
  throw armError('arms that differ', twice === undefined ? 'none' : `${JSON.stringify(twice.name)} twice`);
}

function parseArm(name: string): Arm {
  if (name === 'text') return { form: 'text', name, method: 'whole' };
  if (name === 'truncate' || name === 'rag') return { form: 'text', name, method: name };
  const match = pagesName.exec(name);
  if (match === null) throw unknownArm(name);
  const dpi = match[1] === undefined ? undefined : Number(match[1]);
  if (dpi !== undefined && !(dpi >= leastDpi && dpi <= mostDpi)) {
    throw armError(`a dpi from ${leastDpi} to ${mostDpi}`, JSON.stringify(name));
  }
  const zoom = match[2]!.includes('zoom') ? 'on' : 'off';
  const exact = match[2]!.includes('exact') ? 'carry' : 'off';
  // One spelling, so that results of the same arm are found again.
  const additions = `${zoom === 'on' ? '+zoom' : ''}${exact === 'carry' ? '+exact' : ''}`;
  return { form: 'pages', name: `pages${dpi === undefined ? '' : `@${dpi}`}${additions}`, dpi, zoom, exact };
}

/** Whether an arm needs to know what pages cost. */
export const needsPages = (arm: Arm): boolean => arm.form === 'pages' || arm.method !== 'whole';

function unknownArm(name: string): GlyphError {
  const near = nearestName(name, armNames);
  return armError(
    `${armNames.join(', ')}, or another dpi`,
    JSON.stringify(name),
    near === undefined ? undefined : `did you mean ${JSON.stringify(near)}?`,
  );
}

const armError = (expected: string, actual: string, hint?: string) =>
  new GlyphError({
    kind: 'config',
    operation: 'choose the arms of a run',
    expected,
    actual,
    ...(hint === undefined ? {} : { hint }),
  });
