import type { NoteSaved, SaveCounts, SaveOutcome } from "@regulars/core/platform/save-counts";

/** Counts the outcomes of a save and reports the outcome of each record to `note`. */
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

  /** A record that other writers kept changing. */
  overtaken(record: Doc): void {
    this.#note?.(record, "overtaken");
  }

  counts(): SaveCounts {
    return { ...this.#counts };
  }
}
