/** The one command that checks all: format and lint, kernels, types, dead code, then the tests (floors among them). */
import { spawnSync } from 'node:child_process';

const steps: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['format and lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['kernels are built from their sources', ['tsx', 'scripts/build-kernels.ts', '--check']],
  ['types', ['tsc', '--noEmit', '-p', 'tsconfig.json']],
  ['dead code', ['knip']],
  ['tests', ['tsx', 'scripts/test.ts']],
];

for (const [name, command] of steps) {
  console.log(`\n── ${name}`);
  const { status } = spawnSync('npx', ['--no-install', ...command], { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`\n✗ ${name} failed: ${command.join(' ')}`);
    process.exit(status ?? 1);
  }
}
