/** Training the embedded reader: pre-training, fine-tuning and reinforcement learning, as runs that resume. */
export { checkSettings } from './check-settings.ts';
export { readDataSet } from './data-set.ts';
export { type DeployWish, deployFiles, launchLine, serverNames } from './engines/deploy.ts';
export { type ConfigValue, dataFolder } from './engines/job.ts';
export { limitJudge } from './engines/limited-judge.ts';
export { engineNames, type JobWish, planJob } from './engines/plan-job.ts';
export { createRewardServer, defaultRewardLimits } from './engines/reward-server.ts';
export { assertPlain, shapeRow } from './engines/shape-row.ts';
export { createJudge } from './judge.ts';
export { type TrainPresetName, trainPresets } from './presets.ts';
export { rewardOf } from './reward.ts';
export type { TrainEvent } from './run.ts';
export { type StageSettings, train } from './train.ts';
