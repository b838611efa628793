/** The language in force, its words, and numbers as it writes them. */
import { computed } from '@preact/signals';
import { stored } from '../work/stored.ts';
import { chinese } from './chinese.ts';
import { english, type Words } from './english.ts';

export type Language = 'en' | 'zh';

const words: Readonly<Record<Language, Words>> = { en: english, zh: chinese };

export const language = stored<Language>(
  'language',
  ['en', 'zh'],
  navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
);

export const say = computed(() => words[language.value]);

const locale = computed(() => (language.value === 'zh' ? 'zh-CN' : 'en-US'));
const whole = computed(() => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 0 }));
const fine = computed(() => new Intl.NumberFormat(locale.value, { maximumSignificantDigits: 2 }));
const oneDecimal = computed(
  () => new Intl.NumberFormat(locale.value, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
);

/** e.g. "12,431" */
export const count = (value: number): string => whole.value.format(value);

/** e.g. "3.9"; "0" is never said of what is more. */
export const decimal = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.1 ? fine.value.format(value) : oneDecimal.value.format(value);

export const times = (ratio: number): string => `${decimal(ratio)}×`;

/** e.g. "$0.0104" */
export function usd(value: number): string {
  if (value === 0) return '$0';
  return value < 0.01 ? `$${value.toPrecision(2)}` : `$${value.toFixed(value < 1 ? 3 : 2)}`;
}

/** e.g. "0.84 s" */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;

export const clock = (iso: string): string =>
  new Date(iso).toLocaleTimeString(locale.value, { hour12: false });

export const day = (iso: string): string =>
  new Date(iso).toLocaleString(locale.value, { dateStyle: 'medium', timeStyle: 'short' });
