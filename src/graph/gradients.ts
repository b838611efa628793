/** Reverse-mode differentiation: walks the recorded nodes backwards and lets each one's rule record more nodes. */
import { add } from './elementwise.ts';
import type { Node, Tensor } from './graph.ts';
import { shapeText, traceError } from './shape.ts';

/** The gradient of a scalar for each of the tensors, of their shapes. */
export function gradients(loss: Tensor, of: readonly Tensor[]): readonly Tensor[] {
  if (loss.shape.length > 0 || loss.dtype !== 'float32')
    throw traceError('gradients', 'a float32 scalar', `${loss.dtype} ${shapeText(loss.shape)}`);
  const { nodes, tensors } = dependents(loss.graph.nodes, of);
  const reached = new Map<Tensor, Tensor>([[loss, loss.graph.constant(1)]]);
  for (const node of nodes.reverse()) {
    const outputGradients = node.outputs.map(output => reached.get(output));
    if (node.gradient === undefined || outputGradients.every(gradient => gradient === undefined)) continue;
    const found = node.gradient(outputGradients);
    for (const [i, x] of node.sources.entries()) {
      const gradient = found[i];
      if (gradient === undefined || !tensors.has(x)) continue;
      const others = reached.get(x);
      reached.set(x, others === undefined ? gradient : add(others, gradient));
    }
  }
  return of.map(x => reached.get(x) ?? unreached(x));
}

/** What depends on one of the tensors; nodes in order of recording. */
function dependents(all: readonly Node[], of: readonly Tensor[]) {
  const tensors = new Set<Tensor>(of);
  const nodes = all.filter(node => {
    const depends = node.sources.some(x => tensors.has(x));
    if (depends) for (const output of node.outputs) tensors.add(output);
    return depends;
  });
  return { nodes, tensors };
}

function unreached(x: Tensor): never {
  const name = 'name' in x.source ? x.source.name : `tensor ${x.id}`;
  throw traceError('gradients', 'tensors that the loss depends on', JSON.stringify(name));
}
