import { customerIdSchema } from "@regulars/core/platform/values";
import type { WireItem } from "../engine/wire.ts";
import { type ChangedParts, customerPrefix } from "./changes.ts";
import { PROFILE_LETTER, parseSnapshotSort } from "./keys.ts";
import { type RawSnapshot, emptySnapshot, notePart } from "./raw-snapshot.ts";

/**
 * The snapshots of the customers in stored pages, in id order, with their dirty markers: these were read before, so that
 * no change is missed. Page by page: waiting for each customer would cost more than reading most of them.
 */
export async function* rawSnapshotsIn(
  pages: AsyncIterable<readonly WireItem[]>,
  changed: ChangedParts,
): AsyncGenerator<readonly RawSnapshot[]> {
  const grouper = new Grouper(changed);
  for await (const items of pages) {
    for (const item of items) grouper.add(item);
    yield grouper.takeWhole();
  }
  grouper.end();
  yield grouper.takeWhole();
}

class Grouper {
  readonly #waiting: ChangedParts[number][];
  #whole: RawSnapshot[] = [];
  #snapshot: RawSnapshot | undefined;
  /** `C#<customer>#` of the snapshot. */
  #prefix = "";

  constructor(changed: ChangedParts) {
    this.#waiting = [...changed];
  }

  add(item: WireItem): void {
    const sk = item["sk"]?.S ?? "";
    const snapshot = this.#snapshot !== undefined && sk.startsWith(this.#prefix) ? this.#snapshot : this.#begin(sk);
    notePart(snapshot, sk.charAt(this.#prefix.length), sk.slice(this.#prefix.length + 2), item);
  }

  #begin(sk: string): RawSnapshot {
    this.#endSnapshot();
    this.#prefix = customerPrefix(sk);
    while ((this.#waiting[0]?.[0] ?? this.#prefix) < this.#prefix) this.#addOnlyMarked(this.#waiting.shift());
    const snapshot = emptySnapshot(customerIdSchema.parse(parseSnapshotSort(sk).customerId));
    if (this.#waiting[0]?.[0] === this.#prefix) noteMarkers(snapshot, this.#waiting.shift()?.[1] ?? []);
    this.#snapshot = snapshot;
    return snapshot;
  }

  #endSnapshot(): void {
    if (this.#snapshot !== undefined) this.#whole.push(this.#snapshot);
    this.#snapshot = undefined;
  }

  /** A customer of whom nothing but markers is stored. */
  #addOnlyMarked(marked: ChangedParts[number] | undefined): void {
    const [first] = marked?.[1] ?? [];
    if (marked === undefined || first === undefined) return;
    const snapshot = emptySnapshot(customerIdSchema.parse(parseSnapshotSort(first["sk"]?.S ?? "").customerId));
    noteMarkers(snapshot, marked[1]);
    this.#whole.push(snapshot);
  }

  end(): void {
    this.#endSnapshot();
    for (const left of this.#waiting) this.#addOnlyMarked(left);
  }

  /** Those that nothing more can be added to, once. */
  takeWhole(): readonly RawSnapshot[] {
    const whole = this.#whole;
    this.#whole = [];
    return whole;
  }
}

function noteMarkers(snapshot: RawSnapshot, markers: readonly WireItem[]): void {
  for (const marker of markers) {
    const { letter, rest } = parseSnapshotSort(marker["sk"]?.S ?? "");
    if (letter !== PROFILE_LETTER) notePart(snapshot, letter, rest, marker);
  }
}
