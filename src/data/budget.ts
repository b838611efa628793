/** Tokens that are left of an example's. */
export interface Budget {
  readonly left: number;
  /** Takes tokens where `keep` are left after it; else takes none and says no. */
  spend(tokens: number, keep?: number): boolean;
}

export function createBudget(tokens: number): Budget {
  let left = tokens;
  return {
    get left() {
      return left;
    },
    spend(spent, keep = 0) {
      if (left - spent < keep) return false;
      left -= spent;
      return true;
    },
  };
}
