/**
 * The sources as JavaScript in a folder beside links to what they read, for tests: processes and threads start several
 * times as fast as with a loader. The functions of `node:test` are those of `file-suites.ts` there.
 */
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';

const folders = ['src', 'tests', 'scripts', 'examples', 'bench', 'runs'];
const linked = ['node_modules', 'package.json', 'fonts', 'models', 'dist', 'tests/golden'];
const standIn = resolve('scripts/file-suites.ts');
/** As in `paths` of tsconfig.json. */
const ownNames: Readonly<Record<string, string>> = {
  glyph: resolve('src/index.ts'),
  'glyph/clients': resolve('src/clients/index.ts'),
};

export async function transpile(target: string): Promise<void> {
  const sources = folders
    .flatMap(folder =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
    )
    .filter(file => /\.tsx?$/.test(file) && !file.includes('assembly'));
  await build({
    entryPoints: sources,
    outdir: target,
    outbase: '.',
    bundle: true, // finds the imports; the plugin leaves each where it is
    plugins: [imports],
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: true,
    logLevel: 'warning',
  });
  await stop(); // its process would wait for more, and hold memory, while the tests run
  for (const name of linked) {
    mkdirSync(dirname(join(target, name)), { recursive: true });
    symlinkSync(resolve(name), join(target, name));
  }
}

const imports: Plugin = {
  name: 'imports',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, importer, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const isTest = path === 'node:test' && importer !== standIn;
      const file = isTest
        ? standIn
        : (ownNames[path] ?? (/^\.+\/.*\.tsx?$/.test(path) ? resolve(resolveDir, path) : undefined));
      if (file === undefined) return { path, external: true };
      const at = relative(dirname(importer), file).replace(/\.tsx?$/, '.js');
      return { path: at.startsWith('.') ? at : `./${at}`, external: true };
    });
  },
};
