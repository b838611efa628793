/**
 * Page sizes as people write them: "595,842", "595x842", [595, 842], "A4" or "Letter landscape", all to points.
 * Named sizes are whole points, as A4 is in the published configs (595 x 842).
 */

const pointsPerMm = 72 / 25.4;

function millimetres(width: number, height: number): readonly [number, number] {
  return [Math.round(width * pointsPerMm), Math.round(height * pointsPerMm)];
}

/** Width and height in points, portrait: ISO 216 A and B, ANSI/US. */
export const papers = {
  A3: millimetres(297, 420),
  A4: millimetres(210, 297),
  A5: millimetres(148, 210),
  B4: millimetres(250, 353),
  B5: millimetres(176, 250),
  Letter: [612, 792],
  Legal: [612, 1008],
  Tabloid: [792, 1224],
} as const satisfies Record<string, readonly [number, number]>;

export type PaperName = keyof typeof papers;

export const paperNames = Object.keys(papers) as readonly PaperName[];

/** Reads one spelling of a page size; undefined when it is none. Says nothing about whether the size makes sense. */
export function parsePageSize(value: unknown): readonly [number, number] | undefined {
  if (typeof value === 'string') return parseNumbers(value) ?? parsePaper(value);
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [width, height]: unknown[] = value;
  return typeof width === 'number' && typeof height === 'number' ? [width, height] : undefined;
}

function parseNumbers(text: string): readonly [number, number] | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*[,x×]\s*(\d+(?:\.\d+)?)\s*$/i.exec(text);
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

function parsePaper(text: string): readonly [number, number] | undefined {
  const match = /^\s*([a-z]+\d?)(?:\s+(landscape|portrait))?\s*$/i.exec(text);
  const name = paperNames.find(paper => paper.toLowerCase() === match?.[1]?.toLowerCase());
  if (name === undefined) return undefined;
  const [width, height] = papers[name];
  return match?.[2]?.toLowerCase() === 'landscape' ? [height, width] : [width, height];
}
