/** Rows of a table by index (embeddings), and indices as one-hot rows. */
import { apply, checkDtype } from './apply.ts';
import { expand } from './broadcast.ts';
import { cast, equal } from './elementwise.ts';
import type { Tensor } from './graph.ts';
import { reshape } from './rearrange.ts';
import { sizeOf, traceError } from './shape.ts';

/**
 * `table[index]` for every index: `[rows, …] → [...indices.shape, …]`. ONNX Runtime refuses indices beyond the table
 * when it runs.
 */
export function gather(table: Tensor, indices: Tensor): Tensor {
  checkDtype('gather indices', indices, 'int32', 'int64');
  if (table.shape.length === 0) throw traceError('gather', 'a table with at least one axis', 'a scalar');
  const row = table.shape.slice(1);
  const gradient = (g: Tensor) => [scatterRows(g, indices, table.shape[0]!, sizeOf(row))];
  return apply('Gather', [table, indices], {
    shape: [...indices.shape, ...row],
    attributes: { axis: 0 },
    gradient: g => gradient(g).map(sums => reshape(sums, table.shape)),
  });
}

/**
 * Sums the rows of equal index. Not by `ScatterND`, which is ten times as fast but loses sums when ONNX Runtime's CPU
 * engine runs it with several threads (seen in 1.30).
 */
function scatterRows(g: Tensor, indices: Tensor, rows: number, width: number): Tensor {
  const count = sizeOf(indices.shape);
  const shape = [rows, width];
  const targets = expand(reshape(indices, [count, 1]), [count, width]);
  const zeros = expand(g.graph.constant(0), shape);
  return apply('ScatterElements', [zeros, targets, reshape(g, [count, width])], {
    shape,
    attributes: { axis: 0, reduction: 'add' },
  });
}

/** 1 in the column of the index, else 0; `[...indices.shape, columns]`. An index beyond the columns is a row of zeros. */
export function oneHot(indices: Tensor, columns: number): Tensor {
  checkDtype('oneHot', indices, 'int32', 'int64');
  const all = indices.graph.constant(
    Array.from({ length: columns }, (_, i) => i),
    [columns],
    indices.dtype,
  );
  return cast(equal(reshape(indices, [...indices.shape, 1]), all), 'float32');
}
