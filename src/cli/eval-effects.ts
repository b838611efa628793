/** What evaluation takes from Node: files, fonts, PDF pages, Chinese words, the clock. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EvaluateOptions } from '../eval/index.ts';
import { dataFiles, ioError, loadFont, loadJieba, openPdf } from '../node/index.ts';

export const clock: EvaluateOptions['clock'] = {
  now: () => performance.timeOrigin + performance.now(),
  async sleep(ms, signal) {
    await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {}); // ends early
  },
};

export const evalEffects: Pick<EvaluateOptions, 'files' | 'openPdf' | 'loadFont' | 'loadChinese' | 'clock'> =
  {
    files: dataFiles,
    loadFont,
    loadChinese: loadJieba,
    clock,
    async openPdf(path) {
      let bytes: Uint8Array;
      try {
        bytes = await readFile(path);
      } catch (error) {
        throw ioError(`read ${JSON.stringify(path)}`, 'a readable PDF file', error);
      }
      return await openPdf(bytes, { name: path.slice(path.lastIndexOf('/') + 1) });
    },
  };
