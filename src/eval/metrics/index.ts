/** Scores of answers: the published benchmarks' metrics, and how sure their means are. Pure functions. */
export { anls } from './anls.ts';
export { classificationScore } from './classification.ts';
export { clearMrcrResponse, clearPrediction, removeThinking } from './clean-answer.ts';
export { codeSimilarity } from './code-similarity.ts';
export type { Compat } from './compat.ts';
export {
  characterErrors,
  type EditErrors,
  editDistance,
  errorRate,
  normalisedEditDistance,
  wordErrors,
} from './edit-distance.ts';
export { editDistanceWithin } from './edit-distance-within.ts';
export { type FoxOptions, type FoxScores, foxScores } from './fox.ts';
export {
  type LengthScore,
  type LongBenchCategory,
  type LongBenchOptions,
  longBenchCategoryScores,
  longBenchDatasets,
  longBenchEScores,
  longBenchScore,
} from './longbench.ts';
export { type Choice, type ChoiceSample, choiceAccuracies, extractChoice } from './longbench-v2.ts';
export { groupScores, mean, meanPercent } from './mean.ts';
export {
  type AnswerFormat,
  mmlongbenchAccuracy,
  mmlongbenchScore,
  type ScoredAnswer,
} from './mmlongbench.ts';
export { mrcrBin, mrcrGrade } from './mrcr.ts';
export { countScore, retrievalScore, retrievalZhScore } from './number-share.ts';
export { type BootstrapOptions, type PairedDifference, pairedBootstrap } from './paired-bootstrap.ts';
export { qaF1, qaF1Zh } from './qa-f1.ts';
export { rougeL, rougeLZh } from './rouge.ts';
export { cleanRulerPrediction, stringMatchAll, stringMatchPart } from './ruler.ts';
export { sequenceRatio } from './sequence-matcher.ts';
export { clusteredMeanScore, type MeanScore, meanScore } from './standard-error.ts';
export { stemmedRougeL } from './stemmed-rouge.ts';
export { bestStemmedRougeL, containsAll } from './vtcbench.ts';
