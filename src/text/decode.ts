/**
 * Bytes to text, whole or as a stream in bounded memory: the first step of the line. Refuses what is not text and says
 * at which byte and what to do; never guesses a legacy encoding. Offsets everywhere else count UTF-16 code units of
 * what this file returns, so a byte order mark is not part of the text.
 */
import { type Codec, createCodec, empty, type InvalidBytes, join } from './codecs.ts';
import { detectEncoding, encodingByMark, resolveEncoding, sniffLength } from './encoding.ts';

export interface DecodeOptions {
  /** A WHATWG label, e.g. `latin1`; without it, detected. Naming it also admits what looks binary. */
  readonly encoding?: string | undefined;
  /** What to do with malformed bytes: throw, or put U+FFFD and count. Default `refuse`. */
  readonly invalid?: InvalidBytes | undefined;
}

export interface DecodedText {
  readonly text: string;
  /** WHATWG name in lower case, e.g. `utf-16le`. */
  readonly encoding: string;
  /** How many malformed sequences became U+FFFD. */
  readonly replaced: number;
}

/** A source being decoded. @throws GlyphError kind `input` from `push` and `end`. */
export interface StreamDecoder {
  /** Text that is certain after these bytes; may be ''. */
  push(bytes: Uint8Array): string;
  /** What was left. Call once, last. */
  end(): string;
  /** '' until enough bytes are seen. */
  readonly encoding: string;
  readonly replaced: number;
}

/** @throws GlyphError kind `config` when `options.encoding` is unknown. */
export function createTextDecoder(options: DecodeOptions = {}): StreamDecoder {
  const invalid = options.invalid ?? 'refuse';
  const wanted = options.encoding === undefined ? undefined : resolveEncoding(options.encoding);
  let head: Uint8Array = empty;
  let encoding = '';
  let codec: Codec | undefined;

  /** Settles the encoding from the first bytes and decodes them. */
  function begin(isLast: 'last' | 'more'): string {
    let markLength = 0;
    if (wanted === undefined) {
      ({ encoding, markLength } = detectEncoding(head.subarray(0, sniffLength)));
    } else {
      const marked = encodingByMark(head);
      const isMarked =
        marked?.encoding === wanted || (marked !== undefined && /^utf-?16$/i.test(options.encoding!));
      encoding = isMarked ? marked!.encoding : wanted;
      markLength = isMarked ? marked!.markLength : 0;
    }
    codec = createCodec(encoding, invalid, markLength);
    const text = codec.decode(head.subarray(markLength), isLast);
    head = empty;
    return text;
  }

  return {
    push(bytes) {
      if (codec !== undefined) return codec.decode(bytes, 'more');
      head = head.length === 0 && bytes.length >= sniffLength ? bytes : join(head, bytes);
      return head.length < sniffLength ? '' : begin('more');
    },
    end() {
      return codec === undefined ? begin('last') : codec.decode(empty, 'last');
    },
    get encoding() {
      return encoding;
    },
    get replaced() {
      return codec?.replaced ?? 0;
    },
  };
}

/**
 * Decodes a whole source.
 * @throws GlyphError kind `input` for malformed or binary bytes, `config` for an unknown encoding.
 */
export function decodeText(bytes: Uint8Array, options: DecodeOptions = {}): DecodedText {
  const decoder = createTextDecoder(options);
  const text = decoder.push(bytes) + decoder.end();
  return { text, encoding: decoder.encoding, replaced: decoder.replaced };
}
