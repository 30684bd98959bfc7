import { customerIdSchema } from "@regulars/core/platform/values";
import type { WireItem } from "../engine/wire.ts";
import { type ChangedParts, customerPrefix } from "./changes.ts";
import { PROFILE_LETTER, parseSnapshotSort } from "./keys.ts";
import { type RawSnapshot, emptySnapshot, notePart } from "./raw-snapshot.ts";

/**
 * The snapshots of the customers in stored pages, in id order, with their dirty markers: these were read before, so that
 * no change is missed. Those of a page come together, because waiting for each would cost more than reading most of them;
 * they are made one after the other, and must be taken before the next page.
 */
export async function* rawSnapshotsIn(
  pages: AsyncIterable<readonly WireItem[]>,
  changed: ChangedParts,
): AsyncGenerator<Iterable<RawSnapshot>> {
  const grouper = new Grouper(changed);
  for await (const items of pages) yield grouper.add(items);
  yield grouper.end();
}

class Grouper {
  readonly #waiting: ChangedParts[number][];
  #snapshot: RawSnapshot | undefined;
  /** `C#<customer>#` of the snapshot. */
  #prefix = "";

  constructor(changed: ChangedParts) {
    this.#waiting = [...changed];
  }

  /** Adds a page, and gives the snapshots that nothing more can be added to. */
  *add(items: readonly WireItem[]): Generator<RawSnapshot> {
    for (const item of items) {
      const sk = item["sk"]?.S ?? "";
      if (this.#snapshot === undefined || !sk.startsWith(this.#prefix)) yield* this.#end();
      this.#snapshot ??= yield* this.#begin(sk);
      notePart(this.#snapshot, sk.charAt(this.#prefix.length), sk.slice(this.#prefix.length + 2), item);
    }
  }

  *end(): Generator<RawSnapshot> {
    yield* this.#end();
    for (const left of this.#waiting) yield* onlyMarked(left);
  }

  *#end(): Generator<RawSnapshot> {
    if (this.#snapshot !== undefined) yield this.#snapshot;
    this.#snapshot = undefined;
  }

  /** The next snapshot, after the customers before it of whom nothing but markers is stored. */
  *#begin(sk: string): Generator<RawSnapshot, RawSnapshot> {
    this.#prefix = customerPrefix(sk);
    while ((this.#waiting[0]?.[0] ?? this.#prefix) < this.#prefix) yield* onlyMarked(this.#waiting.shift());
    const snapshot = emptySnapshot(customerIdSchema.parse(parseSnapshotSort(sk).customerId));
    if (this.#waiting[0]?.[0] === this.#prefix) noteMarkers(snapshot, this.#waiting.shift()?.[1] ?? []);
    return snapshot;
  }
}

function* onlyMarked(marked: ChangedParts[number] | undefined): Generator<RawSnapshot> {
  const [first] = marked?.[1] ?? [];
  if (marked === undefined || first === undefined) return;
  const snapshot = emptySnapshot(customerIdSchema.parse(parseSnapshotSort(first["sk"]?.S ?? "").customerId));
  noteMarkers(snapshot, marked[1]);
  yield snapshot;
}

function noteMarkers(snapshot: RawSnapshot, markers: readonly WireItem[]): void {
  for (const marker of markers) {
    const { letter, rest } = parseSnapshotSort(marker["sk"]?.S ?? "");
    if (letter !== PROFILE_LETTER) notePart(snapshot, letter, rest, marker);
  }
}
