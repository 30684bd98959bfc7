/** What a save did. A repeated save finds everything unchanged. */
export interface SaveCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** What a save did to one record. */
export type SaveOutcome = keyof SaveCounts;

/** Told of each record of a save what became of it, once that is certain; the record is the very object given. */
export type NoteSaved<Doc> = (record: Doc, outcome: SaveOutcome) => void;
