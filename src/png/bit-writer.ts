/** Writes bits, the first lowest, into bytes (RFC 1951, 3.1.1). */
export class BitWriter {
  readonly bytes: Uint8Array;
  /** Where the next whole byte goes. */
  at = 0;
  #bits = 0;
  /** Bits waiting for their byte to fill: fewer than 8 between calls. */
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  reset(): void {
    this.at = 0;
    this.#bits = 0;
    this.#count = 0;
  }

  /** Writes the low `length` bits of `value`, at most 24; the others must be 0. */
  put(value: number, length: number): void {
    this.#bits |= value << this.#count;
    this.#count += length;
    while (this.#count >= 8) {
      this.bytes[this.at++] = this.#bits & 255;
      this.#bits >>>= 8;
      this.#count -= 8;
    }
  }

  /** Fills the last byte with zeros. */
  flush(): void {
    if (this.#count > 0) this.put(0, 8 - this.#count);
  }

  /** Whole bytes beside the bits: for headers and trailers, at a byte's start. */
  putBytes(...bytes: readonly number[]): void {
    for (const byte of bytes) this.bytes[this.at++] = byte;
  }
}
