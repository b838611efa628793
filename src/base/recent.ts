/** A small cache that keeps what was used last: for things that cost milliseconds to make and megabytes to keep. */
export class RecentCache<Key, Value> {
  readonly #capacity: number;
  readonly #values = new Map<Key, Value>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value of a key, made now if it is not there. */
  get(key: Key, make: () => Value): Value {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.#capacity) this.#values.delete(this.#values.keys().next().value as Key);
    return value;
  }

  delete(key: Key): void {
    this.#values.delete(key);
  }
}
