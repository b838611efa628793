/**
 * Our vision-token counts of 500 random sizes for each family that Hugging Face ships an image processor of, as JSON for
 * `vision_counts.py`, which holds them against that code. A size that we refuse is null.
 */
import { createRandom, GlyphError } from '../src/base/index.ts';
import { visionTokens } from '../src/tokens/index.ts';

const sizesEach = 500;
/** By name in `vision_counts.py`: the family and its setting. */
const cases: Readonly<Record<string, readonly [model: string, settings?: Readonly<Record<string, string>>]>> =
  {
    'glm-4.1v': ['glm-4.1v'],
    glyph: ['glyph'],
    'glm-4.1v class default': ['glm-4.1v', { variant: 'class-default' }],
    'glm-4.6v': ['glm-4.6v'],
    'qwen2-vl': ['qwen2-vl'],
    'qwen2.5-vl': ['qwen2.5-vl'],
    'qwen2.5-vl library default': ['qwen2.5-vl', { variant: 'library-default' }],
    'qwen3-vl': ['qwen3-vl'],
    'kimi-k2.5': ['kimi-k2.5'],
    'pixtral-12b': ['pixtral-12b'],
    'mistral-small-3.1': ['mistral-small-3.1'],
    'gemma-3': ['gemma-3'],
    ...Object.fromEntries(
      [70, 140, 280, 560, 1120].map(mode => [`gemma-4 ${mode}`, ['gemma-4', { mode: `${mode}` }]]),
    ),
    'deepseek-ocr-2': ['deepseek-ocr-2'],
    internvl: ['internvl3'],
    'llama-4': ['llama-4-scout'],
    smolvlm: ['smolvlm'],
    idefics3: ['idefics3'],
    'minicpm-v-4.6 16x': ['minicpm-v-4.6'],
    'minicpm-v-4.6 4x': ['minicpm-v-4.6', { mode: '4x' }],
  };

/** Sides as pages, photos and strips have them: mostly some hundred pixels, some very long or very thin. */
function randomSide(random: ReturnType<typeof createRandom>): number {
  return Math.round(2 ** (4 + 8.5 * random.next() ** 0.7));
}

function count(model: string, widthPx: number, heightPx: number, settings = {}): number | null {
  try {
    return visionTokens(model, widthPx, heightPx, settings).tokens;
  } catch (error) {
    if (error instanceof GlyphError && error.kind !== 'internal') return null;
    throw error;
  }
}

const table: Record<string, (number | null)[][]> = {};
for (const [name, [model, settings]] of Object.entries(cases)) {
  const random = createRandom(`vision counts ${name}`);
  table[name] = Array.from({ length: sizesEach }, () => {
    const [widthPx, heightPx] = [randomSide(random), randomSide(random)];
    return [widthPx, heightPx, count(model, widthPx, heightPx, settings)];
  });
}
process.stdout.write(`${JSON.stringify(table)}\n`);
