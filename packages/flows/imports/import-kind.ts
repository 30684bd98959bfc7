import type { ImportStore, RecordGrouper, StagedRecord } from "@regulars/core/imports/import-store";
import type { SaveCounts } from "@regulars/core/platform/save-counts";
import type { RawRecord } from "@regulars/core/imports/file-format";
import type { Intake } from "@regulars/core/imports/intake";
import type { IngestItems } from "./ingest-items.ts";

/** A row that was not imported, and why. */
export interface Reject {
  readonly line: number;
  readonly reason: string;
}

/** The result of saving the records of some keys. */
export interface ImportOutcome extends SaveCounts {
  readonly rejects: readonly Reject[];
  /** Rows that were imported although a row of their document was rejected: the document has to be sent again whole. */
  readonly affectedRows?: readonly Reject[];
  /** Payments without an id that were taken for stored ones: of one invoice, day and amount. */
  readonly takenForSame?: number;
}

export type SaveGroups<Store = ImportStore> = (
  groups: Groups,
  tenant: Intake,
  store: Store,
  absentColumns: readonly string[],
) => Promise<ImportOutcome>;

/** The records of some documents, a group for each. */
export type Groups = readonly (readonly StagedRecord[])[];

/** What became of some groups. */
export interface SavedGroups {
  readonly groups: Groups;
  readonly outcome: ImportOutcome;
}

/** Saves all records of a file, which it may bring into another order with another grouper first. */
type SaveFile<Store = ImportStore> = (
  batches: AsyncIterable<Groups>,
  tenant: Intake,
  store: Store,
  another: RecordGrouper["another"],
) => AsyncIterable<SavedGroups>;

/** How one kind of input becomes documents: what tells them apart, and how a file's rows and a batch's items are saved. */
export interface ImportPipeline<Store = ImportStore> {
  /** Rows that agree in these columns are one document's. */
  readonly keyColumns: readonly string[];
  readonly save: SaveGroups<Store>;
  /** Where the documents of a file are best saved in another order than that of their keys. */
  readonly saveFile?: SaveFile<Store>;
  readonly ingest: IngestItems<Store>;
  /** Most documents of a file that are saved together, where it is fewer than usual. */
  readonly saveTogether?: number;
  /** Names the items that a file's records named in passing and nobody has told of. */
  readonly nameItems?: (items: readonly RawRecord[], store: Store) => Promise<void>;
}

/** The result of saving nothing. */
export const NOTHING: SaveCounts = { created: 0, changed: 0, unchanged: 0 };
