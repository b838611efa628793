/** The questions of a data set put to a reader, and what each answer earns, by task. */
import type { ImagePart } from '../src/model/index.ts';
import { openRunFolder } from '../src/node/index.ts';
import type { Reader } from '../src/reader/index.ts';
import { readDataSet, rewardOf } from '../src/train/index.ts';

/** @param over their pages, or the lines of these as they are, so that errors of reading do not count */
export async function askQuestions(
  reader: Reader,
  folder: string,
  over: 'pages' | 'lines' = 'pages',
): Promise<ReadonlyMap<string, readonly number[]>> {
  const files = await openRunFolder(folder, 'read');
  const scores = new Map<string, number[]>();
  for (const row of (await readDataSet(files)).rows) {
    const pages = await Promise.all(
      (over === 'lines' ? [] : row.images).map(async (path): Promise<ImagePart> => {
        return { type: 'image', bytes: (await files.readBytes(path))!, mediaType: 'image/png' };
      }),
    );
    const question = row.messages[0]!.content.replaceAll('<image>', '').trim();
    const lines = over === 'lines' ? row.lines!.flat().map(line => `${line.trimEnd()}\n`) : [];
    const text = `${lines.join('')}${question}`;
    const asked = { role: 'user', parts: [...pages, { type: 'text', text }] } as const;
    const answer = await reader.generate([asked], { maxTokens: 160 });
    const thinking = answer.reasoning.map(part => part.text).join('');
    const key = { reward: row.reward!, answer: row.answer! };
    const { value } = await rewardOf(`<think>\n${thinking}\n</think>\n${answer.text}`, key);
    scores.set(row.task, [...(scores.get(row.task) ?? []), value]);
  }
  return scores;
}
