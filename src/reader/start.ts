/**
 * How a reader begins. Weights at random would have to find out first that the text to write next stands where the
 * cursor is. So heads that look at pages begin by looking there (biases of queries and keys that agree where rows and
 * columns do), and what they see begins as the features of each cell turned by its distance from the cursor (Plate 1995,
 * holographic reduced representations): merging and values start as that code, and learn on from it.
 */
import { createRandom } from '../base/index.ts';
import { createState, type Graph, type State } from '../graph/index.ts';
import { cellsOf, type ReaderConfig } from './config.ts';
import { columnRates, pageHeads, rowRates } from './turns.ts';

/** Values for every variable of the graph, which must hold a reader of this config. */
export function startReader(graph: Graph, config: ReaderConfig, seed: number | string): State {
  const state = createState(graph, seed);
  const change = (name: string, edit: (data: Float32Array) => void) => {
    const { shape, data } = state.get(name)!;
    const copy = data.slice();
    edit(copy);
    state.set(name, { shape, data: copy });
  };
  change('page.merge', data => writeCode(data, config, seed));
  for (let layer = 0; layer < config.decoderLayers; layer++) {
    change(`decoder.${layer}.lookBias`, data => writeBias(data, config));
    change(`decoder.${layer}.projection`, data => keepCode(data, config));
  }
  return state;
}

const pairsOf = ({ width, heads }: ReaderConfig): number => width / heads / 2;

/** Row of the merge for each feature of each cell: one random code a feature, turned by the cell's place in the patch. */
function writeCode(merge: Float32Array, config: ReaderConfig, seed: number | string): void {
  const { width, cellWidth } = config;
  const half = pairsOf(config);
  const cells = cellsOf(config);
  const rates = columnRates(half);
  const random = createRandom(`${seed} code`);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const scale = 1 / Math.sqrt(cellWidth * cells.count);
  const codes = Float32Array.from(
    { length: cellWidth * pageHeads(config) * half * 2 },
    () => normal() * scale,
  );
  for (let cell = 0; cell < cells.count; cell++) {
    // From the middle of the patch, in patches.
    const offset = ((cell % cells.columns) + 0.5) / cells.columns - 0.5;
    for (let feature = 0; feature < cellWidth; feature++) {
      const row = (cell * cellWidth + feature) * width;
      for (let head = 0; head < pageHeads(config); head++) {
        for (let pair = 0; pair < half; pair++) {
          const from = ((feature * pageHeads(config) + head) * half + pair) * 2;
          const angle = offset * (rates[pair] ?? 0);
          const [x, y] = [codes[from]!, codes[from + 1]!];
          const to = row + head * 2 * half + pair;
          merge[to] = x * Math.cos(angle) - y * Math.sin(angle);
          merge[to + half] = y * Math.cos(angle) + x * Math.sin(angle);
        }
      }
    }
  }
}

/** Where the heads look, in patches to the right of the cursor, shared out among them. */
const [nearest, farthest] = [-0.1, 0.9];
/** How much more a place counts than others, in the scores of attention; the softmax's exponent. */
const [columnScore, rowScore] = [3, 6];
/** Faster turns would tell places within a patch apart, which is of no use for choosing the patch. */
const fastestRate = 3;

function writeBias(bias: Float32Array, config: ReaderConfig): void {
  const { width } = config;
  const half = pairsOf(config);
  const heads = pageHeads(config);
  const columns = columnRates(half);
  const slow = columns.filter(rate => rate < fastestRate).length;
  const rows = rowRates(half);
  const size = (score: number, pairs: number) => Math.sqrt((score * Math.sqrt(2 * half)) / pairs);
  for (let head = 0; head < heads; head++) {
    const ahead = heads === 1 ? 0 : nearest + ((farthest - nearest) * head) / (heads - 1);
    for (let pair = 0; pair < half; pair++) {
      const rate = columns[pair];
      const isSlow = rate !== undefined && rate < fastestRate;
      const length = isSlow ? size(columnScore, slow) : rate === undefined ? size(rowScore, rows.length) : 0;
      const angle = isSlow ? ahead * rate : 0;
      const at = head * 2 * half + pair;
      bias[at] = length * Math.cos(angle);
      bias[at + half] = length * Math.sin(angle);
      bias[width + at] = length;
    }
  }
}

/** Values of the page heads are the code as it comes. */
function keepCode(projection: Float32Array, config: ReaderConfig): void {
  const { width } = config;
  const kept = pageHeads(config) * 2 * pairsOf(config);
  for (let row = 0; row < width; row++) {
    for (let column = 0; column < kept; column++) {
      projection[row * 3 * width + 2 * width + column] = row === column ? 1 : 0;
    }
  }
}
