/** The counts of a save. A repeated save finds everything unchanged. */
export interface SaveCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What a save did to one record. */
export type SaveOutcome = keyof SaveCounts;

/**
 * Called for each record of a save with its outcome, once that is certain; `record` is the same object that was passed
 * to the save.
 */
export type NoteSaved<Doc> = (record: Doc, outcome: SaveOutcome) => void;
