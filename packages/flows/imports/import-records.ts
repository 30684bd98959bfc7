import type { FileFormat, RawRecord } from "@regulars/core/imports/file-format";
import { itemRowSchema } from "@regulars/core/imports/rows";
import type { ImportStore, RecordGrouper, StagedRecord } from "@regulars/core/imports/import-store";
import type { SaveCounts } from "@regulars/core/platform/save-counts";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Reject } from "./import-kind.ts";
import { importPipelines } from "./import-kinds.ts";
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
}

interface ImportInput {
  readonly tenant: Tenant;
  readonly format: FileFormat;
  readonly records: AsyncIterable<SourceRecord>;
  readonly grouper: RecordGrouper;
  readonly imports: ImportStore;
  readonly onReject: (reject: Reject, record: RawRecord | undefined) => void;
  /** Rows that were imported but are needed, with the rejected ones, to repair their document. */
  readonly onAffectedRows?: (affectedRows: Reject, record: RawRecord | undefined) => void;
  /** Columns of the kind that the input does not have: what is stored of them stays. */
  readonly absentColumns?: readonly string[];
  /** Called as work goes on, with the number of documents saved so far. */
  readonly onSaved?: (documents: number) => void;
}

const SAVE_TOGETHER = 500;

/**
 * Brings a file's records into the store. Records of one document are brought together first, so that a document is
 * written whole, whatever the order of the file; a row that cannot be used never stops the others.
 */
export async function importRecords(input: ImportInput): Promise<ImportReport> {
  const { keyColumns } = importPipelines[input.format.kind];
  const counter = { rows: 0, rejected: 0, skipped: new Map<string, number>() };
  const items = new Map<string, RawRecord>();
  const reject = (line: number, reason: string, record?: RawRecord): void => {
    counter.rejected += 1;
    input.onReject({ line, reason }, record);
  };
  for await (const source of input.records) {
    counter.rows += 1;
    if ("unreadable" in source) {
      reject(source.line, source.unreadable, source.record);
      continue;
    }
    const mapped = input.format.map(source.record);
    if ("skip" in mapped) {
      counter.skipped.set(mapped.skip, (counter.skipped.get(mapped.skip) ?? 0) + 1);
      continue;
    }
    const { item } = mapped;
    if (item !== undefined && !items.has(item.itemId)) items.set(item.itemId, item);
    const key = keyOf(mapped.record, keyColumns);
    if (key === undefined) reject(source.line, `${missing(mapped.record, keyColumns)} is missing`, mapped.record);
    else await input.grouper.add(key, { line: source.line, record: mapped.record });
  }
  const saved = await saveStaged(input, reject);
  await nameItems([...items.values()], input.imports);
  const documents = saved.created + saved.changed + saved.unchanged;
  return {
    rows: counter.rows,
    documents,
    ...saved,
    skipped: Object.fromEntries(counter.skipped),
    rejected: counter.rejected,
  };
}

const missing = (record: RawRecord, keyColumns: readonly string[]): string =>
  keyColumns.find((column) => (record[column] ?? "").trim() === "") ?? "the key";

/** Names the items that nobody has told of; what is known of one stays as it is. */
async function nameItems(records: readonly RawRecord[], imports: ImportStore): Promise<void> {
  const items = records.flatMap((record) => {
    const item = itemRowSchema.safeParse(record);
    return item.success ? [item.data] : [];
  });
  for (let i = 0; i < items.length; i += SAVE_TOGETHER)
    await imports.saveItems(items.slice(i, i + SAVE_TOGETHER), Object.keys(itemRowSchema.shape));
}

async function saveStaged(
  { tenant, format, grouper, imports, onSaved, onAffectedRows, absentColumns = [] }: ImportInput,
  reject: (line: number, reason: string, record?: RawRecord) => void,
): Promise<SaveCounts> {
  const counts = { created: 0, changed: 0, unchanged: 0 };
  for await (const groups of grouper.batches())
    for (let i = 0; i < groups.length; i += SAVE_TOGETHER) {
      const part = groups.slice(i, i + SAVE_TOGETHER);
      const outcome = await importPipelines[format.kind].save(part, tenant, imports, absentColumns);
      const records = outcome.rejects.length === 0 ? undefined : byLine(part);
      for (const affectedRows of outcome.affectedRows ?? [])
        onAffectedRows?.(affectedRows, records?.get(affectedRows.line));
      for (const { line, reason } of outcome.rejects) reject(line, reason, records?.get(line));
      counts.created += outcome.created;
      counts.changed += outcome.changed;
      counts.unchanged += outcome.unchanged;
      onSaved?.(counts.created + counts.changed + counts.unchanged);
    }
  return counts;
}

const byLine = (groups: readonly (readonly StagedRecord[])[]): Map<number, RawRecord> =>
  new Map(groups.flat().map(({ line, record }) => [line, record]));
