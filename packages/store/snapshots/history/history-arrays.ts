import type { Documents } from "@regulars/core/snapshots/history";
import { PackedIds } from "./packed-ids.ts";

/** Parallel arrays that a customer's history is decoded into. They are reused for the next customer. */
export class HistoryArrays implements Documents {
  count = 0;
  day = new Int32Array(256);
  isCredit = new Uint8Array(256);
  firstLine = new Int32Array(257);
  item = new Int32Array(4096);
  quantity = new Float64Array(4096);
  netMinor = new Float64Array(4096);
  /** NaN wherever no cost was written. */
  costMinor = new Float64Array(4096).fill(Number.NaN);
  #lines = 0;
  #hasCosts = false;
  readonly #ids = new PackedIds();

  /** Unpacked when they are asked for; valid as long as the documents are. */
  get ids(): readonly string[] {
    return this.#ids.texts();
  }

  get lineCount(): number {
    return this.#lines;
  }

  clear(): void {
    if (this.#hasCosts) this.costMinor.fill(Number.NaN, 0, this.#lines);
    this.#hasCosts = false;
    this.count = 0;
    this.#lines = 0;
    this.#ids.clear();
  }

  /** The bytes that the next documents are read from. */
  beginChunk(bytes: Uint8Array): void {
    this.#ids.beginChunk(bytes);
  }

  /** `idAt`: where its id is in the chunk. */
  beginDocument(day: number, isCredit: boolean, idAt: number): void {
    if (this.count === this.day.length) this.#growDocuments();
    this.day[this.count] = day;
    this.isCredit[this.count] = isCredit ? 1 : 0;
    this.firstLine[this.count] = this.#lines;
    this.#ids.add(idAt);
  }

  addLine(item: number, quantity: number, netMinor: number, costMinor: number): void {
    if (this.#lines === this.item.length) this.#growLines();
    this.item[this.#lines] = item;
    this.quantity[this.#lines] = quantity;
    this.netMinor[this.#lines] = netMinor;
    if (!Number.isNaN(costMinor)) {
      this.costMinor[this.#lines] = costMinor;
      this.#hasCosts = true;
    }
    this.#lines += 1;
  }

  /** Makes room for lines without costs that are written into the arrays from `lineCount` on, and counted by `endLines`. */
  reserve(lines: number): void {
    while (this.#lines + lines > this.item.length) this.#growLines();
  }

  endLines(lines: number): void {
    this.#lines += lines;
  }

  endDocument(): void {
    this.count += 1;
    this.firstLine[this.count] = this.#lines;
  }

  #growDocuments(): void {
    const size = this.day.length * 2;
    this.day = copied(new Int32Array(size), this.day);
    this.isCredit = copied(new Uint8Array(size), this.isCredit);
    this.firstLine = copied(new Int32Array(size + 1), this.firstLine);
  }

  #growLines(): void {
    const size = this.item.length * 2;
    this.item = copied(new Int32Array(size), this.item);
    this.quantity = copied(new Float64Array(size), this.quantity);
    this.netMinor = copied(new Float64Array(size), this.netMinor);
    this.costMinor = copied(new Float64Array(size).fill(Number.NaN), this.costMinor);
  }
}

function copied<T extends { set: (from: T) => void }>(larger: T, from: T): T {
  larger.set(from);
  return larger;
}
