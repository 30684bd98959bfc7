import { keyOfId, sameForm } from "@regulars/core/platform/id-text";
import type { Validated } from "@regulars/core/imports/checked";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { type ItemSchema, type RowSchema, readValidated, readRow } from "@regulars/core/imports/read-item";
import type { ImportStore, StagedRecord } from "@regulars/core/imports/import-store";
import type { NoteSaved, SaveCounts } from "@regulars/core/platform/save-counts";
import type { Intake } from "@regulars/core/imports/intake";
import { checkRecord } from "./check-record.ts";
import { type NotApplied, ingesting } from "./ingest-items.ts";
import { type ImportPipeline, NOTHING, type Reject, type SaveGroups } from "./import-kind.ts";

interface RecordKind<Row, Doc> {
  readonly keyColumns: readonly string[];
  readonly row: RowSchema<Row>;
  readonly item: ItemSchema;
  readonly assemble: (row: Row, tenant: Intake) => Validated<Doc>;
  readonly save: (
    docs: readonly Doc[],
    store: ImportStore,
    absentColumns: readonly string[],
    note?: NoteSaved<Doc>,
  ) => Promise<SaveCounts & { readonly notApplied?: NotApplied<Doc> }>;
  /** Documents of this kind are replaced whole: fields that an item does not have are removed. */
  readonly isWhole?: boolean;
}

/** A kind in which every row, and every item, is one document. */
export function recordKind<Row, Doc extends object>(kind: RecordKind<Row, Doc>): ImportPipeline {
  const { keyColumns, save, assemble } = kind;
  const nowhere: NotApplied<Doc> = new Map();
  return {
    keyColumns,
    save: saving(kind),
    ingest: ingesting<Doc>({
      keyColumns,
      read: (item, tenant) => {
        const given = readRow(item, kind.item, kind.row);
        if (!given.ok) return given;
        const { row, cells, absent } = given.value;
        const made = readValidated(assemble(row, tenant));
        if (!made.ok) return made;
        const key = keyOf(cells, keyColumns);
        return { ok: true, value: { doc: made.value, key, absent: kind.isWhole === true ? [] : absent } };
      },
      save: async (docs, store, absent, note) => {
        const { notApplied = nowhere } = await save(docs, store, absent, note);
        return notApplied;
      },
    }),
  };
}

/** The key of a record's document; `undefined` if one of its columns is empty. */
export function keyOf(record: RawRecord, keyColumns: readonly string[]): string | undefined {
  const parts = keyColumns.map((column) => sameForm(record[column] ?? ""));
  return parts.includes("") ? undefined : parts.map(keyOfId).join("#");
}

function saving<Row, Doc extends object>(kind: RecordKind<Row, Doc>): SaveGroups {
  return async (groups, tenant, store, absentColumns) => {
    const assembled = groups.map((group) => lastOf(kind, group, tenant));
    const rejects = assembled.flatMap((one) => one.rejects);
    const lineOf = new Map(assembled.flatMap(({ made }) => (made === undefined ? [] : [[made.doc, made.line]])));
    if (lineOf.size === 0) return { ...NOTHING, rejects };
    const { notApplied = new Map(), ...counts } = await kind.save([...lineOf.keys()], store, absentColumns);
    for (const [doc, { message }] of notApplied) rejects.push({ line: lineOf.get(doc) ?? 0, reason: message });
    return { ...counts, rejects };
  };
}

interface LastOf<Doc> {
  readonly made: { readonly doc: Doc; readonly line: number } | undefined;
  readonly rejects: readonly Reject[];
}

/** The last valid row of a key. */
function lastOf<Row, Doc>(
  { row: schema, assemble }: RecordKind<Row, Doc>,
  group: readonly StagedRecord[],
  tenant: Intake,
): LastOf<Doc> {
  const rejects: Reject[] = [];
  let last: LastOf<Doc>["made"];
  for (const staged of group) {
    const row = checkRecord(schema, staged);
    const made = row.ok ? assemble(row.value, tenant) : row;
    if (made.ok) last = { doc: made.value, line: staged.line };
    else rejects.push({ line: staged.line, reason: made.message });
  }
  return { made: last, rejects };
}
