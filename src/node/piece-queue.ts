/** Pieces of text handed from a producer to a consumer that reads them as a stream. */

export interface PieceQueue extends AsyncIterable<string> {
  push(piece: string): void;
  end(): void;
}

/** `onTaken` is told of each piece once the consumer asks for the next. */
export function createPieceQueue(onTaken: (piece: string) => void): PieceQueue {
  let pieces: string[] = [];
  let isEnded = false;
  let wake = () => {};
  return {
    push(piece) {
      pieces.push(piece);
      wake();
    },
    end() {
      isEnded = true;
      wake();
    },
    async *[Symbol.asyncIterator]() {
      while (pieces.length > 0 || !isEnded) {
        const taken = pieces;
        pieces = [];
        for (const piece of taken) {
          yield piece;
          onTaken(piece);
        }
        if (pieces.length > 0 || isEnded) continue;
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      }
    },
  };
}
