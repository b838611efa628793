/** A page's tokens as a server counted them against ours; where they differ, what would explain it. */
import { builtInFamilies, visionTokens } from '../../tokens/index.ts';
import type { Finding } from './finding.ts';

type Verdict = Omit<Finding, 'check'>;

/** Beyond the page itself, what a chat template may put around an image. */
const mostAround = 8;

/** @param bareTokens of the same request without the page; both undefined where the server tells no usage */
export function judgeCount(
  family: string,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  pageTokens: number | undefined,
  bareTokens: number | undefined,
): Verdict {
  if (pageTokens === undefined || bareTokens === undefined)
    return { outcome: 'skipped', found: 'the server tells no usage' };
  const { tokens, perImageOverhead } = visionTokens(family, widthPx, heightPx);
  const ours = tokens + perImageOverhead;
  const theirs = pageTokens - bareTokens;
  const page = `a page of ${widthPx} x ${heightPx} px`;
  if (theirs === ours) return { outcome: 'ok', found: `${theirs} tokens for ${page}, as counted here` };
  const found = `${theirs} tokens for ${page}, ${ours} by our count for ${family}`;
  if (theirs > ours && theirs - ours <= mostAround)
    return { outcome: 'ok', found: `${found}; the rest is what its chat template puts around an image` };
  const other = familiesWith(theirs, widthPx, heightPx).filter(id => id !== family)[0];
  if (other !== undefined)
    return {
      outcome: 'wrong',
      found: `${found}; ${other} has that many`,
      mend: `serve the model you mean, or count as it does: --family ${other}`,
    };
  return theirs < ours
    ? {
        outcome: 'wrong',
        found,
        mend: `it makes pages smaller: raise its limit of pixels above ${widthPx * heightPx}, e.g. size.longest_edge in preprocessor_config.json, or --mm-processor-kwargs`,
      }
    : {
        outcome: 'wrong',
        found,
        mend: 'it makes pages larger or cuts them into tiles: look at its preprocessor_config.json',
      };
}

/** Families of the table that count a page so. */
function familiesWith(count: number, widthPx: number, heightPx: number): string[] {
  return builtInFamilies.families
    .filter(({ id }) => {
      try {
        const { tokens, perImageOverhead } = visionTokens(id, widthPx, heightPx);
        return Math.abs(tokens + perImageOverhead - count) <= 1;
      } catch {
        return false; // a size that family refuses
      }
    })
    .map(({ id }) => id);
}
