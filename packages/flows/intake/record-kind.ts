import type { Checked } from "@regulars/core/intake/checked";
import type { RawRecord } from "@regulars/core/intake/file-format";
import { type ItemSchema, type RowSchema, readChecked, readRow } from "@regulars/core/intake/read-item";
import type { IntakeStore, NoteSaved, SaveCounts, StagedRecord } from "@regulars/core/ports";
import type { Tenant } from "@regulars/core/tenant";
import { checkRecord } from "./check-record.ts";
import { type Unplaced, ingesting } from "./ingest-items.ts";
import { type IntakeKind, NOTHING, type Reject, type SaveGroups } from "./intake-kind.ts";

interface RecordKind<Row, Doc> {
  readonly keyColumns: readonly string[];
  readonly row: RowSchema<Row>;
  readonly item: ItemSchema;
  readonly assemble: (row: Row, tenant: Tenant) => Checked<Doc>;
  readonly save: (
    docs: readonly Doc[],
    store: IntakeStore,
    absentColumns: readonly string[],
    note?: NoteSaved<Doc>,
  ) => Promise<SaveCounts>;
  /** Told whole or not at all: what an item does not name is not kept of the stored one. */
  readonly isWhole?: boolean;
}

/** A kind whose every row, and every item, is a document of its own. */
export function recordKind<Row, Doc extends object>(kind: RecordKind<Row, Doc>): IntakeKind {
  const { keyColumns, save, assemble } = kind;
  const nowhere: Unplaced<Doc> = new Map();
  return {
    keyColumns,
    save: saving(kind),
    ingest: ingesting<Doc>({
      keyColumns,
      read: (item, tenant) => {
        const told = readRow(item, kind.item, kind.row);
        if (!told.ok) return told;
        const { row, cells, absent } = told.value;
        const made = readChecked(assemble(row, tenant));
        if (!made.ok) return made;
        const key = keyOf(cells, keyColumns);
        return { ok: true, value: { doc: made.value, key, absent: kind.isWhole === true ? [] : absent } };
      },
      save: async (docs, store, absent, note) => {
        await save(docs, store, absent, note);
        return nowhere;
      },
    }),
  };
}

/** What tells a record's document from others; `undefined` when a column of it is empty. */
export function keyOf(record: RawRecord, keyColumns: readonly string[]): string | undefined {
  const parts = keyColumns.map((column) => record[column]?.trim() ?? "");
  return parts.includes("") ? undefined : parts.join("#");
}

function saving<Row, Doc>(kind: RecordKind<Row, Doc>): SaveGroups {
  return async (groups, tenant, store, absentColumns) => {
    const assembled = groups.map((group) => lastOf(kind, group, tenant));
    const docs = assembled.map(({ doc }) => doc).filter((doc) => doc !== undefined);
    const counts = docs.length === 0 ? NOTHING : await kind.save(docs, store, absentColumns);
    return { ...counts, rejects: assembled.flatMap(({ rejects }) => rejects) };
  };
}

/** A key's last usable row is what it says. */
function lastOf<Row, Doc>(
  { row: schema, assemble }: RecordKind<Row, Doc>,
  group: readonly StagedRecord[],
  tenant: Tenant,
): { readonly doc?: Doc | undefined; readonly rejects: readonly Reject[] } {
  const rejects: Reject[] = [];
  let doc: Doc | undefined;
  for (const staged of group) {
    const row = checkRecord(schema, staged);
    const made = row.ok ? assemble(row.value, tenant) : row;
    if (made.ok) doc = made.value;
    else rejects.push({ line: staged.line, reason: made.message });
  }
  return { doc, rejects };
}
