/** Searches over a mock model that answers by what pages look like: the same page, the same answer. */
import { sha256Hex } from '../../base/index.ts';
import { createMemoryStore } from '../../eval/index.ts';
import { jsonLines, memoryFiles } from '../../eval/test/memory-files.ts';
import { createMockModel, type Message, type MockModel, messageText } from '../../model/index.ts';
import { loadFont } from '../../node/load-font.ts';
import { type SearchOptions, type SearchResult, searchConfigs } from '../search.ts';
import { defaultSettings, type SearchSettings } from '../settings.ts';

const codes = Array.from({ length: 8 }, (_, i) => `code-${i}`);

export const questions = jsonLines(
  ...codes.map((answer, i) => ({
    document: `Line after line of plain words, as they stand in any book of number ${i}. `.repeat(3),
    question: `Which code has number ${i}?`,
    answer,
  })),
);

const wordsOf = (messages: readonly Message[]) => messages.map(messageText).join('');

/** Right for five of eight pictures. */
export function pageModel(): MockModel {
  return createMockModel(
    messages => {
      const images = messages.flatMap(({ parts }) =>
        parts.flatMap(part => (part.type === 'image' ? [part.bytes] : [])),
      );
      const number = Number(/number (\d)\?/.exec(wordsOf(messages))?.[1]);
      const hash = Number.parseInt(sha256Hex(images[0]!).slice(0, 6), 16);
      return hash % 8 < 5 ? codes[number]! : 'I cannot tell.';
    },
    { family: 'glm-4.1v' },
  );
}

export const mockSettings: SearchSettings = {
  ...defaultSettings,
  format: 1,
  tasks: ['file:q.jsonl'],
  samples: 4,
  steps: 8,
  population: 4,
  model: 'mock',
  family: 'glm-4.1v',
  proposer: null,
  given: [],
  fixed: { fontFamily: 'DejaVu Sans' },
  ranges: {
    dpi: [[1, { min: 60, max: 96, step: 1 }]],
    pageSource: [[1, 'paper']],
    paper: [
      [1, [280, 280]],
      [1, [252, 308]],
    ],
  },
};

/** A clock on which nothing takes time and waits never end. */
export const stillClock = { now: () => 0, sleep: () => new Promise<void>(() => {}) };

export async function mockSearch(
  settings: Partial<SearchSettings> = {},
  options: Partial<SearchOptions> = {},
): Promise<SearchResult> {
  return await searchConfigs({
    settings: { ...mockSettings, ...settings },
    preference: {},
    limits: {},
    store: createMemoryStore(),
    model: pageModel(),
    jobs: 2,
    files: memoryFiles({ 'q.jsonl': questions }),
    loadFont,
    clock: stillClock,
    ...options,
  });
}

/** What must be the same whoever searched. */
export const frontOfResult = ({ front, recommendation }: SearchResult) => ({
  front: front.map(({ id, key, values }) => ({ id, key, values })),
  best: recommendation?.candidate.key,
});
