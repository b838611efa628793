/**
 * Fills pages with paragraphs as the published renderer's document frame does: space before a paragraph counts only
 * past what the one before left after itself and not at a page top; a paragraph that does not fit is divided if two
 * lines or more fit, and put off to the next page otherwise. Lengths are pt, heights measured from the page's bottom,
 * as there, so that sums round alike.
 */
import type { Paragraph } from './broken-line.ts';

const fuzzPt = 1e-6;

interface FlowFrame {
  readonly topPt: number;
  readonly bottomPt: number;
  readonly lineHeightPt: number;
  readonly spaceBeforePt: number;
  readonly spaceAfterPt: number;
}

export interface PlacedParagraph {
  readonly kind: 'paragraph';
  readonly paragraph: Paragraph;
  /** How many of its lines are drawn, from the first. */
  readonly lineCount: number;
  /** Lower edge of the paragraph, pt from the page's bottom. */
  readonly bottomPt: number;
}

type FlowStep = PlacedParagraph | { readonly kind: 'page' };

const nextPage: FlowStep = { kind: 'page' };

/** Where each part of each paragraph stands, with a `page` step for each new page after the first. */
export function* flow(paragraphs: Iterable<Paragraph>, frame: FlowFrame): Generator<FlowStep> {
  const { lineHeightPt: height, bottomPt, topPt, spaceBeforePt, spaceAfterPt } = frame;
  let yPt = topPt;
  let isTop = true;
  let spaceAbovePt = 0;

  function startPage(): FlowStep {
    yPt = topPt;
    isTop = true;
    spaceAbovePt = 0;
    return nextPage;
  }

  const gapPt = () => (isTop ? 0 : Math.max(spaceBeforePt - spaceAbovePt, 0));

  /** Takes the room of `lineCount` lines; undefined when there is not enough. */
  function take(paragraph: Paragraph, lineCount: number): PlacedParagraph | undefined {
    const takenPt = lineCount * height + gapPt();
    if (!(yPt - bottomPt - gapPt() > 0) || yPt - takenPt < bottomPt - fuzzPt) return undefined;
    return place(paragraph, lineCount, yPt - takenPt);
  }

  function place(paragraph: Paragraph, lineCount: number, lowerPt: number): PlacedParagraph {
    const nextPt = lowerPt - spaceAfterPt;
    if (nextPt !== yPt) isTop = false;
    spaceAbovePt = spaceAfterPt;
    yPt = nextPt;
    return { kind: 'paragraph', paragraph, lineCount, bottomPt: lowerPt };
  }

  for (const whole of paragraphs) {
    let paragraph = whole;
    for (;;) {
      const roomPt = yPt - bottomPt - gapPt();
      const fitting = roomPt < fuzzPt ? 0 : Math.trunc(roomPt / height);
      const lineCount = paragraph.lines(fitting + 2).length;
      const placed = take(paragraph, lineCount);
      if (placed !== undefined) {
        yield placed;
        break;
      }
      if (fitting > 1) {
        const head = paragraph.head(fitting);
        const headCount = head.lines(fitting + 1).length;
        yield take(head, headCount) ?? place(head, headCount, yPt - gapPt() - headCount * height);
        paragraph = paragraph.tail(fitting);
      } else if (!isTop) {
        yield startPage();
      } else {
        // The published renderer gives up on a page that holds fewer than two lines.
        if (lineCount > 0) yield place(paragraph, 1, yPt - height);
        if (lineCount <= 1) break;
        paragraph = paragraph.skip(1);
      }
    }
  }
}
