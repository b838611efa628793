import type { ResultEffects } from '../search-files.ts';
import type { SearchResult } from '../search.ts';
export async function searchReport(result: SearchResult, _effects: ResultEffects): Promise<string> {
  return JSON.stringify(result.front.length);
}
