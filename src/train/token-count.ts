/** What a step went through: tokens of its samples or answers, patches included and filling not. */
export const tokenCount = (samples: readonly { readonly tokens: ArrayLike<number> }[]): number =>
  samples.reduce((sum, { tokens }) => sum + tokens.length, 0);
