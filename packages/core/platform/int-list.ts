/** A growing list of 32-bit whole numbers without a box for each. */
export class IntList {
  #values = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Int32Array(2 * this.#length);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The numbers up to now, without a copy: valid until the next `push`. */
  view(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }
}
