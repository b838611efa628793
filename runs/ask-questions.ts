/** The questions of a data set put to a reader over their pages, and what each answer earns, by task. */
import type { ImagePart } from '../src/model/index.ts';
import { openRunFolder } from '../src/node/index.ts';
import type { Reader } from '../src/reader/index.ts';
import { readDataSet, rewardOf } from '../src/train/index.ts';

export async function askQuestions(
  reader: Reader,
  folder: string,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const files = await openRunFolder(folder, 'read');
  const scores = new Map<string, number[]>();
  for (const row of (await readDataSet(files)).rows) {
    const pages = await Promise.all(
      row.images.map(async (path): Promise<ImagePart> => {
        return { type: 'image', bytes: (await files.readBytes(path))!, mediaType: 'image/png' };
      }),
    );
    const question = row.messages[0]!.content.replaceAll('<image>', '').trim();
    const asked = { role: 'user', parts: [...pages, { type: 'text', text: question }] } as const;
    const { text, reasoning } = await reader.generate([asked], { maxTokens: 160 });
    const thinking = reasoning.map(part => part.text).join('');
    const key = { reward: row.reward!, answer: row.answer! };
    const { value } = await rewardOf(`<think>\n${thinking}\n</think>\n${text}`, key);
    scores.set(row.task, [...(scores.get(row.task) ?? []), value]);
  }
  return scores;
}
