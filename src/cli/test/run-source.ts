/** For tests that run the commands in processes of their own: how node runs them as they are here. */
import { fileURLToPath } from 'node:url';

const isSource = import.meta.url.endsWith('.ts');

/** Arguments of node: none where the sources were transpiled. */
export const loader: readonly string[] = isSource ? ['--import', import.meta.resolve('tsx')] : [];

/** A file of `cli/`, e.g. "main". */
export const commandFile = (name: string): string =>
  fileURLToPath(new URL(`../${name}.${isSource ? 'ts' : 'js'}`, import.meta.url));
