import type { FileFormat, RawRecord } from "@regulars/core/imports/file-format";
import type { RecordGrouper, StagedRecord } from "@regulars/core/imports/import-store";
import type { SaveCounts } from "@regulars/core/platform/save-counts";
import type { Intake } from "@regulars/core/imports/intake";
import type { Groups, ImportPipeline, Reject, SavedGroups } from "./import-kind.ts";
import { keyOf } from "./record-kind.ts";

/** One record of the input, or a piece of it that is no record, with its line number. */
export type SourceRecord =
  | { readonly line: number; readonly record: RawRecord }
  | { readonly line: number; readonly unreadable: string; readonly record?: RawRecord };

/** What an import did. The same input again finds every document unchanged. */
export interface ImportReport extends SaveCounts {
  readonly rows: number;
  readonly documents: number;
  /** Rows left out on purpose, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  readonly rejected: number;
  /** Payments without an id that were taken for stored ones; of other kinds there are none. */
  readonly takenForSame?: number | undefined;
}

/** A file's records on their way into the store of its kind. */
export interface FileImport<Store> {
  readonly tenant: Intake;
  readonly kind: ImportPipeline<Store>;
  readonly format: Pick<FileFormat<string>, "map">;
  readonly records: AsyncIterable<SourceRecord>;
  /**
   * Brings the records of one key together. Without it they are saved in the order of the file: for kinds whose every
   * row is a document.
   */
  readonly grouper?: RecordGrouper | undefined;
  readonly store: Store;
  readonly onReject: (reject: Reject, record: RawRecord | undefined) => void;
  /** Rows that were imported but are needed, with the rejected ones, to repair their document. */
  readonly onAffectedRows?: ((affectedRows: Reject, record: RawRecord | undefined) => void) | undefined;
  /** Columns of the kind that the input does not have: what is stored of them stays. */
  readonly absentColumns?: readonly string[] | undefined;
  /** Called as work goes on, with the number of documents saved so far. */
  readonly onSaved?: ((documents: number) => void) | undefined;
}

/** A record in the kind's own columns, with what tells its document from others. */
interface KeyedRecord {
  readonly key: string;
  readonly staged: StagedRecord;
}

/** Most documents that one save is given; fewer where the kind asks for fewer. */
const SAVE_TOGETHER = 500;

/**
 * Brings a file's records into the store. A row that cannot be used never stops the others. Items that records name in
 * passing are named last.
 */
export async function importFile<Store>(input: FileImport<Store>): Promise<ImportReport> {
  const counter = { rows: 0, rejected: 0, skipped: new Map<string, number>(), items: new Map<string, RawRecord>() };
  const reject: RejectRow = (line, reason, record) => {
    counter.rejected += 1;
    input.onReject({ line, reason }, record);
  };
  const saved = await saveGroups(input, groupsOf(input, keyedRecords(input, counter, reject)), reject);
  await input.kind.nameItems?.([...counter.items.values()], input.store);
  return {
    rows: counter.rows,
    documents: saved.created + saved.changed + saved.unchanged,
    ...saved,
    skipped: Object.fromEntries(counter.skipped),
    rejected: counter.rejected,
  };
}

type RejectRow = (line: number, reason: string, record?: RawRecord) => void;

/** The records that can be used, as their format maps them. */
async function* keyedRecords<Store>(
  { kind: { keyColumns }, format, records }: FileImport<Store>,
  counter: { rows: number; readonly skipped: Map<string, number>; readonly items: Map<string, RawRecord> },
  reject: RejectRow,
): AsyncGenerator<KeyedRecord> {
  for await (const source of records) {
    counter.rows += 1;
    if ("unreadable" in source) {
      reject(source.line, source.unreadable, source.record);
      continue;
    }
    const mapped = format.map(source.record);
    if ("skip" in mapped) {
      counter.skipped.set(mapped.skip, (counter.skipped.get(mapped.skip) ?? 0) + 1);
      continue;
    }
    const { record, item } = mapped;
    if (item !== undefined && !counter.items.has(item.itemId)) counter.items.set(item.itemId, item);
    const key = keyOf(record, keyColumns);
    if (key === undefined) reject(source.line, `${missing(record, keyColumns)} is missing`, record);
    else yield { key, staged: { line: source.line, record } };
  }
}

const missing = (record: RawRecord, keyColumns: readonly string[]): string =>
  keyColumns.find((column) => (record[column] ?? "").trim() === "") ?? "the key";

/** The records of each document, as many documents at a time as are saved together. */
async function* groupsOf<Store>(
  { kind: { saveTogether = SAVE_TOGETHER }, grouper }: FileImport<Store>,
  keyed: AsyncIterable<KeyedRecord>,
): AsyncGenerator<Groups> {
  if (grouper === undefined) {
    let waiting: StagedRecord[][] = [];
    for await (const { staged } of keyed) {
      waiting.push([staged]);
      if (waiting.length < saveTogether) continue;
      yield waiting;
      waiting = [];
    }
    if (waiting.length > 0) yield waiting;
    return;
  }
  for await (const { key, staged } of keyed) {
    const added = grouper.add(key, staged);
    if (added !== undefined) await added;
  }
  for await (const groups of grouper.batches())
    for (let i = 0; i < groups.length; i += saveTogether) yield groups.slice(i, i + saveTogether);
}

async function saveGroups<Store>(
  input: FileImport<Store>,
  batches: AsyncIterable<Groups>,
  reject: RejectRow,
): Promise<SaveCounts & Pick<ImportReport, "takenForSame">> {
  const { onSaved, onAffectedRows } = input;
  const counts = { created: 0, changed: 0, unchanged: 0 };
  let takenForSame = 0;
  for await (const { groups, outcome } of savedGroups(input, batches)) {
    const { rejects, affectedRows = [] } = outcome;
    const records = rejects.length + affectedRows.length === 0 ? undefined : byLine(groups);
    for (const affected of affectedRows) onAffectedRows?.(affected, records?.get(affected.line));
    for (const { line, reason } of rejects) reject(line, reason, records?.get(line));
    counts.created += outcome.created;
    counts.changed += outcome.changed;
    counts.unchanged += outcome.unchanged;
    takenForSame += outcome.takenForSame ?? 0;
    onSaved?.(counts.created + counts.changed + counts.unchanged);
  }
  return takenForSame === 0 ? counts : { ...counts, takenForSame };
}

async function* savedGroups<Store>(
  { tenant, kind, store, grouper, absentColumns = [] }: FileImport<Store>,
  batches: AsyncIterable<Groups>,
): AsyncGenerator<SavedGroups> {
  if (grouper !== undefined && kind.saveFile !== undefined)
    return yield* kind.saveFile(batches, tenant, store, grouper.another);
  for await (const groups of batches) yield { groups, outcome: await kind.save(groups, tenant, store, absentColumns) };
}

const byLine = (groups: Groups): Map<number, RawRecord> =>
  new Map(groups.flat().map(({ line, record }) => [line, record]));
