/** The studio's web app as its sources are now: built again where one of them is newer than what was built. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const built = 'dist/studio/app/index.html';

export async function buildStudio(): Promise<void> {
  const builtMs = statSync(built, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    file => /\.(tsx?|css|html|svg)$/.test(file) && !/\.test\.ts$/.test(file),
  );
  const isStale = sources.some(file => statSync(join('src', file)).mtimeMs > builtMs);
  if (isStale) await import('../../scripts/build-studio.ts');
}
