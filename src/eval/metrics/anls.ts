/** ANLS, the similarity of document question answering (Biten et al., 2019): edit distance, with bad matches worth 0. */
import { normalisedEditDistance } from './edit-distance.ts';

/** 1 − normalised edit distance; 0 where that is 0.5 or less. Case and space count. */
export function anls(prediction: string, target: string): number {
  const similarity = 1 - normalisedEditDistance(prediction, target);
  return similarity <= 0.5 ? 0 : similarity;
}
