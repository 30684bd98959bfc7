/** A growing list of 32-bit whole numbers without a box for each. */
export class IntList {
  #values = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    this.reserve(1)[this.#length] = value;
    this.#length += 1;
  }

  /** Makes room for numbers that are written into the returned array from `length` on, and counted by `end`. */
  reserve(count: number): Int32Array {
    if (this.#length + count > this.#values.length) {
      const wider = new Int32Array(2 * (this.#length + count));
      wider.set(this.#values);
      this.#values = wider;
    }
    return this.#values;
  }

  /** What was written into the reserved room ends here. */
  end(length: number): void {
    this.#length = length;
  }

  clear(): void {
    this.#length = 0;
  }

  /** The numbers up to now, without a copy: valid until the next `push`. */
  view(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }
}
