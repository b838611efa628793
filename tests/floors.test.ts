/** The house's floors: a folder of `src/` imports only from lower floors, and of those only what its row names. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';

const toFloor4 = ['base', 'config', 'font', 'text', 'png', 'tokens', 'layout', 'raster'];

/** Folder → folders it may import from; see docs/architecture.md. `*` is the package's rim. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  config: ['base'],
  font: ['base'],
  text: ['base'],
  png: ['base'],
  tokens: ['base'],
  model: ['base'],
  graph: ['base'],
  layout: ['base', 'text', 'font', 'config'],
  raster: ['base', 'layout', 'font', 'config'],
  render: [...toFloor4],
  compress: ['base', 'text', 'render', 'config', 'model', 'tokens'],
  node: [...toFloor4, 'render', 'model', 'graph', 'reader'],
  eval: ['base', 'text', 'compress', 'render', 'config', 'model', 'tokens'],
  reader: ['base', 'text', 'render', 'config', 'model', 'graph', 'tokens'],
  data: ['base', 'text', 'render', 'config', 'model', 'tokens'],
  train: ['base', 'data', 'eval', 'reader', 'graph', 'model'],
  search: ['base', 'eval', 'compress', 'config', 'model', 'render', 'tokens'],
  proxy: ['base', 'compress', 'config', 'model', 'tokens'],
  clients: ['base', 'compress', 'config', 'model', 'node', 'proxy'],
  mcp: ['base', 'compress', 'config', 'model', 'node'],
  studio: ['*', ...toFloor4, 'render', 'model', 'compress', 'node', 'reader', 'eval', 'proxy'],
  cli: [
    ...['*', ...toFloor4, 'render', 'model', 'compress', 'node'],
    ...['eval', 'proxy', 'data', 'reader', 'train', 'mcp', 'search', 'studio'],
  ],
  '*': [...toFloor4, 'render', 'model', 'compress', 'node', 'data'],
};

/** Folders that also run in a browser. */
const browserFolders = new Set([
  ...toFloor4,
  'render',
  'model',
  'compress',
  'eval',
  'data',
  'graph',
  'reader',
  'train',
  'search',
]);

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  file => /\.tsx?$/.test(file) && !file.includes('assembly'),
);
const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '*');
const importsOf = (file: string): string[] => {
  const text = readFileSync(join('src', file), 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g;
  return [...text.matchAll(pattern)].map(match => match[1] ?? match[2] ?? match[3] ?? '');
};

test('every folder of src has a row in the table', () => {
  assert.deepEqual(
    [...new Set(sources.map(folderOf))].filter(folder => !(folder in mayImport)),
    [],
  );
});

test('folders import only what their row names, through the index', () => {
  const wrong: string[] = [];
  for (const file of sources) {
    const folder = folderOf(file);
    const isTest = file.endsWith('.test.ts') || file.includes('/test/');
    for (const specifier of importsOf(file).filter(name => name.startsWith('.'))) {
      const target = normalize(join(dirname(file), specifier));
      const targetFolder = folderOf(target);
      if (target.startsWith('..') || targetFolder === folder) continue;
      const allowed = isTest || mayImport[folder]!.includes(targetFolder);
      const throughIndex = folder === '*' || targetFolder === '*' || /^[^/]+\/index\.ts$/.test(target);
      if (!allowed || !(throughIndex || isTest)) wrong.push(`${file} imports ${specifier}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test('folders below the command run in a browser: no Node module is imported', () => {
  const wrong = sources
    .filter(
      file =>
        (browserFolders.has(folderOf(file)) || file.startsWith('studio/app/')) &&
        !/\.test(-helper)?\.ts$/.test(file) &&
        !file.includes('/test/'),
    )
    .flatMap(file =>
      importsOf(file)
        .filter(name => name.startsWith('node:'))
        .map(name => `${file}: ${name}`),
    );
  assert.deepEqual(wrong, []);
});
