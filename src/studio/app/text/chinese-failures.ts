/**
 * What went wrong, in Chinese. The frame always is; the parts are where a phrase of the table fits, and what differs from
 * case to case (names, numbers, a server's own words) stays as it came.
 */
import type { Failure } from '../../api.ts';
import { chinesePhrases, type PhraseKind } from './chinese-phrases.ts';

export function chineseFailure({ message, parts }: Failure): string {
  if (parts === undefined) return translated('message', message);
  const operation = translated('operation', parts.operation);
  const expected = translated('expected', parts.expected);
  const actual = translated('actual', parts.actual);
  const hint = parts.hint === undefined ? '' : `（提示：${translated('hint', parts.hint)}）`;
  return `${spaced(operation, '时出错')}：${spaced('应为', expected)}，${spaced('实为', actual)}${hint}`;
}

function translated(kind: PhraseKind, text: string): string {
  for (const [english, chinese] of Object.entries(chinesePhrases[kind])) {
    const found = patternOf(english).exec(text);
    if (found !== null) return chinese.replace(/\{(\w+)\}/g, (_, name: string) => found.groups![name]!);
  }
  return text;
}

function patternOf(english: string): RegExp {
  const escaped = english.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>.+?)')}$`, 's');
}

/** With the space that Chinese has beside Latin letters and figures. */
const spaced = (left: string, right: string): string =>
  /[\p{Script=Han}，。：？”）]$/u.test(left) && /^[\p{Script=Han}“（]/u.test(right)
    ? left + right
    : `${left} ${right}`;
