/** Builds the studio's web app into `dist/studio/app`, which `glyph serve` serves and the package contains. */
import { build, type Plugin } from 'vite';

/** What `src/browser.ts` says of fonts, which would copy all of them into the app: the server has them. */
const fontsBeside = /new URL\(`\.\.\/fonts\/\$\{file\}`, import\.meta\.url\)/;

const fontsOfServer: Plugin = {
  name: 'fonts-of-server',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/src/browser.ts')) return undefined;
    if (!fontsBeside.test(code)) throw new Error(`src/browser.ts no longer says ${fontsBeside.source}`);
    return code.replace(fontsBeside, 'new URL("/studio/fonts/" + file, location.origin)');
  },
};

/** Never loaded here: a module of Node, and the vocabulary that counts for no model of today. */
const external = ['module', 'gpt-tokenizer/bpeRanks/cl100k_base'];

await build({
  configFile: false,
  root: 'src/studio/app',
  base: '/studio/',
  logLevel: 'error',
  publicDir: false,
  plugins: [fontsOfServer],
  build: {
    outDir: '../../../dist/studio/app',
    emptyOutDir: true,
    target: 'es2023',
    // The page's policy has no scripts or fonts within addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // o200k_base is one file; the worker loads it to count the first text.
    chunkSizeWarningLimit: 2500,
    rolldownOptions: { external },
  },
  worker: { format: 'es', plugins: () => [fontsOfServer], rolldownOptions: { external } },
});
