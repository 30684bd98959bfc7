/** By how many days the array grows: a trend of the usual length compares 56. */
const STEP = 128;
const UNKNOWN = -128;

/** A byte for each of some days that lie close together: whole numbers from -127 to 127. */
export class DayBytes {
  #from = 0;
  #bytes = new Int8Array();

  /** `undefined` for a day that was not set. */
  get(day: number): number | undefined {
    const place = day - this.#from;
    if (place < 0 || place >= this.#bytes.length) return undefined;
    const value = this.#bytes[place];
    return value === UNKNOWN ? undefined : value;
  }

  set(day: number, value: number): void {
    if (day < this.#from || day >= this.#from + this.#bytes.length) this.#reach(day);
    this.#bytes[day - this.#from] = value;
  }

  #reach(day: number): void {
    const isFirst = this.#bytes.length === 0;
    const from = isFirst ? day - STEP : Math.min(this.#from, day - STEP);
    const to = isFirst ? day + 1 : Math.max(this.#from + this.#bytes.length, day + STEP);
    const larger = new Int8Array(to - from).fill(UNKNOWN);
    larger.set(this.#bytes, isFirst ? 0 : this.#from - from);
    this.#from = from;
    this.#bytes = larger;
  }
}
