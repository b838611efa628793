/** Programs of a run by name, each traced and opened when it is first needed. */
import { type OnnxRuntime, openStep, type Program, type State, type Step } from '../graph/index.ts';

export interface Compute {
  readonly runtime: OnnxRuntime;
  readonly executionProviders?: readonly string[] | undefined;
  /** 1 unless given, with which equal runs are equal bit for bit. */
  readonly threads?: number | undefined;
}

export const stepOptions = ({ runtime, executionProviders, threads }: Compute, state: State) => ({
  runtime,
  state,
  ...(executionProviders === undefined ? {} : { executionProviders }),
  ...(threads === undefined ? {} : { threads }),
});

export interface Programs {
  /** @param name says all that the program depends on, its size included; @param state what it reads and moves on */
  open(name: string, trace: () => Program, state: State): Promise<Step>;
  close(): Promise<void>;
}

export function createPrograms(compute: Compute): Programs {
  const steps = new Map<string, Promise<Step>>();
  return {
    open(name, trace, state) {
      const step = steps.get(name) ?? openStep(trace(), stepOptions(compute, state));
      steps.set(name, step);
      return step;
    },
    async close() {
      for (const step of steps.values()) await (await step).close();
      steps.clear();
    },
  };
}
