/**
 * What must hold between keys that are each valid alone: room for text on the page, a page that fits in memory, ink
 * that shows, a header that can be filled. The first broken rule becomes the config's error.
 */
import { GlyphError, nearestName } from '../base/index.ts';
import type { ConfigKeyName } from './keys.ts';
import type { RenderConfig } from './render-config.ts';
import { showValue } from './schema.ts';
import { pagePixels, textBox } from './text-box.ts';

/** A page of 100 megapixels is 100 MB as 8-bit grey; the paper's scripts cap images at 36. */
const maxPagePixels = 100e6;

export const headerFields = ['title', 'page', 'firstLine', 'lastLine', 'checksum'] as const;

/** A broken rule, named after the key to change first. */
interface ConfigProblem {
  readonly key: ConfigKeyName;
  readonly expected: string;
  readonly actual: string;
  readonly hint?: string;
}

/** The first problem of a config whose keys are valid one by one; undefined when it can be rendered. */
export function findProblem(config: RenderConfig): ConfigProblem | undefined {
  for (const rule of rules) {
    const problem = rule(config);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Throws a `config` error when a page cannot be drawn from these keys together. */
export function assertRenderable(config: RenderConfig): void {
  const problem = findProblem(config);
  if (problem === undefined) return;
  const { key, ...details } = problem;
  throw new GlyphError({ kind: 'config', operation: `check config key "${key}"`, ...details });
}

const rules: readonly ((config: RenderConfig) => ConfigProblem | undefined)[] = [
  widthRule,
  firstLineRule,
  heightRule,
  pixelRule,
  colorRule,
  headerRule,
];

function widthRule(config: RenderConfig): ConfigProblem | undefined {
  const { widthPt } = textBox(config);
  if (widthPt >= config.fontSize) return undefined;
  return {
    key: 'pageSize',
    expected: `room for at least one character of fontSize ${config.fontSize} pt in a line`,
    actual: `${points(widthPt)} of a page ${points(config.pageSize[0])} wide`,
    hint: 'after marginX, framePadding, columns, columnGap, indents and border; make one of them or fontSize smaller',
  };
}

function firstLineRule(config: RenderConfig): ConfigProblem | undefined {
  const { firstLineIndent, leftIndent, fontSize } = config;
  const leastIndent = leftIndent === 0 ? 0 : -leftIndent;
  const mostIndent = textBox(config).widthPt - fontSize;
  if (firstLineIndent >= leastIndent && firstLineIndent <= mostIndent) return undefined;
  return {
    key: 'firstLineIndent',
    expected: `${leastIndent} (minus leftIndent) to ${Number(mostIndent.toFixed(3))} (the line less one character)`,
    actual: showValue(firstLineIndent),
  };
}

function heightRule(config: RenderConfig): ConfigProblem | undefined {
  const { heightPt } = textBox(config);
  const lineNeeds = Math.max(config.fontSize, config.lineHeight);
  if (heightPt >= lineNeeds) return undefined;
  return {
    key: 'pageSize',
    expected: `room for at least one line of ${points(lineNeeds)} (the larger of fontSize and lineHeight)`,
    actual: `${points(heightPt)} of a page ${points(config.pageSize[1])} high`,
    hint: 'after marginY, framePadding, border and header; make one of them or the font smaller',
  };
}

function pixelRule(config: RenderConfig): ConfigProblem | undefined {
  const pixels = pagePixels(config);
  if (pixels <= maxPagePixels) return undefined;
  return {
    key: 'dpi',
    expected: `a page of at most ${maxPagePixels / 1e6} megapixels`,
    actual: `${(pixels / 1e6).toFixed(1)} megapixels`,
    hint: `with pageSize ${config.pageSize.join(' x ')} pt at dpi ${config.dpi}; lower either`,
  };
}

function colorRule(config: RenderConfig): ConfigProblem | undefined {
  if (config.fontColor !== config.paraBgColor) return undefined;
  return {
    key: 'fontColor',
    expected: 'a colour that shows on paraBgColor',
    actual: `${config.fontColor} on ${config.paraBgColor}`,
    hint: 'paraBgColor lies between the text and pageBgColor: set it too',
  };
}

function headerRule(config: RenderConfig): ConfigProblem | undefined {
  for (const [field, name = ''] of config.header.matchAll(/\{([^{}]*)\}/g)) {
    if (headerFields.some(known => known === name)) continue;
    const near = nearestName(name, headerFields);
    return {
      key: 'header',
      expected: `only the fields ${headerFields.map(known => `{${known}}`).join(' ')}`,
      actual: showValue(field),
      ...(near === undefined ? {} : { hint: `did you mean "{${near}}"?` }),
    };
  }
  return undefined;
}

function points(lengthPt: number): string {
  return `${Number(lengthPt.toFixed(3))} pt`;
}
