/** What was decided about each part of a conversation and why: a reason for programs, a sentence for people. */

/** Where a part stands; `inner` counts the parts inside a tool result. */
export interface Place {
  readonly message: number;
  readonly part: number;
  readonly inner?: number;
}

/** Why a part became pages. */
export type PagedReason = 'document' | 'old-turn' | 'tool-result';

/** Why a part stayed as it was. */
export type KeptReason =
  | 'instruction'
  | 'live-turn'
  | 'recent-turn'
  | 'assistant-turn'
  | 'not-text'
  | 'error-result'
  | 'too-short'
  | 'kept-by-caller'
  | 'dearer-as-pages'
  | 'longer-answer'
  | 'image-limit'
  | 'byte-limit';

export interface PagedDecision {
  readonly outcome: 'pages';
  readonly place: Place;
  readonly name: string;
  readonly reason: PagedReason;
  readonly sentence: string;
  readonly textTokens: number;
  /** Images with their markers, labels and the exact strings beside them. */
  readonly pagesTokens: number;
  readonly pages: number;
}

export interface KeptDecision {
  readonly outcome: 'text';
  readonly place: Place;
  readonly name: string;
  readonly reason: KeptReason;
  readonly sentence: string;
  /** 0 for what is not text. */
  readonly textTokens: number;
  /** What its pages would have cost, where that was counted. */
  readonly pagesTokens?: number;
}

export type Decision = PagedDecision | KeptDecision;

const count = new Intl.NumberFormat('en-US').format;

const whyPaged: Readonly<Record<PagedReason, string>> = {
  document: 'a document to read',
  'old-turn': 'an old turn',
  'tool-result': 'an old tool result',
};

const whyKept: Readonly<Record<Exclude<KeptReason, 'dearer-as-pages'>, string>> = {
  instruction: 'instructions are never imaged',
  'live-turn': 'it belongs to the turn to be answered',
  'recent-turn': 'it is recent',
  'assistant-turn': 'no vendor takes images in an assistant’s turn',
  'not-text': 'it is no text',
  'error-result': 'errors are read verbatim',
  'too-short': 'it is too short to save anything',
  'kept-by-caller': 'the caller keeps it',
  'longer-answer': 'the saving would be less than a longer answer costs',
  'image-limit': 'its pages would be more images than the model takes',
  'byte-limit': 'its pages would be more bytes than a request may have',
};

export function pagedDecision(facts: Omit<PagedDecision, 'outcome' | 'sentence'>): PagedDecision {
  const { name, reason, pages, pagesTokens, textTokens } = facts;
  const images = `${count(pages)} page${pages === 1 ? '' : 's'}`;
  return {
    outcome: 'pages',
    ...facts,
    sentence: `${name} became ${images}, as ${whyPaged[reason]}: ${count(pagesTokens)} tokens instead of ${count(textTokens)}.`,
  };
}

export function keptDecision(facts: Omit<KeptDecision, 'outcome' | 'sentence'>): KeptDecision {
  const { name, reason, pagesTokens = 0, textTokens } = facts;
  const why =
    reason === 'dearer-as-pages'
      ? `its pages would cost ${count(pagesTokens)} tokens, its text ${count(textTokens)}`
      : whyKept[reason];
  return { outcome: 'text', ...facts, sentence: `${name}: left as it is, since ${why}.` };
}
