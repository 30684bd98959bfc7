import type { NoteSaved, SaveCounts, SaveOutcome } from "@regulars/core/platform/save-counts";

/** Counts what a save did, and tells whoever asked what became of each record. */
export class SaveCounter<Doc> {
  readonly #counts = { created: 0, changed: 0, unchanged: 0 };
  readonly #note: NoteSaved<Doc> | undefined;

  constructor(note: NoteSaved<Doc> | undefined) {
    this.#note = note;
  }

  add(record: Doc, outcome: SaveOutcome): void {
    this.#counts[outcome] += 1;
    this.#note?.(record, outcome);
  }

  counts(): SaveCounts {
    return { ...this.#counts };
  }
}
