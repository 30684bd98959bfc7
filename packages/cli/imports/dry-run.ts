import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FileFormat, RawRecord } from "@regulars/core/imports/file-format";
import { cutText } from "@regulars/core/platform/cut-text";
import { toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { ImportReport, SourceRecord } from "@regulars/flows/imports/import-file";
import { importRecords } from "@regulars/flows/imports/import-records";
import { dryStore } from "@regulars/flows/imports/stores-of-new-tenants";
import { spillFile } from "@regulars/local/engine/spill-file";
import type { CsvFile, FileDialect } from "../files/csv-file.ts";
import { separatorName } from "../files/file-layout.ts";
import { RejectReasons } from "../files/reject-reasons.ts";
import { type Session, printJson } from "../session.ts";
import { textTable } from "../text-table.ts";

/** Rows that are shown as they would be read. */
const SHOWN_ROWS = 10;
const CELL_LENGTH = 24;

/** A file that is tried, and the layout that it is read by. */
interface Tried {
  readonly path: string;
  readonly file: CsvFile;
  readonly format: FileFormat<string>;
}

interface DryRun extends Tried {
  readonly format: FileFormat;
  /** A tenant of the zone and currency that the import would have; it is not made. */
  readonly tenant: Tenant;
}

/** Reads a file as an import would, shows what was found, and writes nothing. Exit 1 when a row would be rejected. */
export async function dryRun(session: Session, { path, file, format, tenant }: DryRun): Promise<number> {
  const grouper = await spillFile(join(tmpdir(), "regulars-dry-run"), file.sizeBytes * (file.isGzip ? 8 : 1));
  try {
    return await showDryRun(session, { path, file, format }, (watching) =>
      importRecords({
        ...watching,
        tenant,
        now: toInstant(session.clock()),
        format,
        grouper,
        imports: dryStore,
        absentColumns: file.absentColumns,
      }),
    );
  } finally {
    await grouper.dispose();
  }
}

/** Shows what an import that writes nothing, as `importing` runs it, makes of a file. Exit 1 when it rejects a row. */
export async function showDryRun(
  session: Session,
  tried: Tried,
  importing: (watching: {
    readonly records: AsyncIterable<SourceRecord>;
    readonly onReject: (reject: { readonly line: number; readonly reason: string }) => void;
  }) => Promise<DryReport>,
): Promise<number> {
  const reasons = new RejectReasons();
  const shown: RawRecord[] = [];
  const report = await importing({
    records: watched(tried.file.records, (record) => {
      const mapped = shown.length < SHOWN_ROWS ? tried.format.map(record) : { skip: "" };
      if ("record" in mapped) shown.push(mapped.record);
    }),
    onReject: ({ line, reason }) => reasons.add(line, reason),
  });
  if (session.json) printJson(session, jsonOf({ ...tried, report, shown, reasons }));
  else session.print(textOf({ ...tried, report, shown, reasons }));
  return report.rejected > 0 ? 1 : 0;
}

async function* watched(
  records: AsyncIterable<SourceRecord>,
  see: (record: RawRecord) => void,
): AsyncGenerator<SourceRecord> {
  for await (const one of records) {
    if (!("unreadable" in one)) see(one.record);
    yield one;
  }
}

type DryReport = Pick<ImportReport, "rows" | "documents" | "skipped" | "rejected">;

interface Found extends Tried {
  readonly report: DryReport;
  readonly shown: readonly RawRecord[];
  readonly reasons: RejectReasons;
}

const jsonOf = ({ path, file, format, report, shown, reasons }: Found) => ({
  dryRun: true,
  kind: format.kind,
  file: path,
  format: { id: format.id, ...file.dialect },
  columns: matchedColumns(file, format).map(([column, name]) => ({ column, name })),
  unknownColumns: file.unknownColumns,
  absentColumns: file.absentColumns,
  rowsAsRead: shown,
  rows: report.rows,
  documents: report.documents,
  skipped: report.skipped,
  rejected: report.rejected,
  reasons: reasons.lines(),
});

function textOf({ path, file, format, report, shown, reasons }: Found): string {
  const matched = matchedColumns(file, format);
  const skipped = Object.entries(report.skipped).map(([reason, count]) => `${count.toLocaleString("en")} ${reason}`);
  const usable = report.rows - report.rejected;
  return [
    `${path}: dry run, nothing is written`,
    `  format: ${format.id}, ${dialectText(file.dialect)}`,
    `  columns: ${matched.map(([column, name]) => (column === name ? column : `${column} = "${name}"`)).join(", ")}`,
    `  without a match: ${file.unknownColumns.length === 0 ? "none" : file.unknownColumns.map((name) => `"${name}"`).join(", ")}`,
    `  rows as they would be read${shown.length === 0 ? ": none" : ":"}`,
    ...tableOf(shown),
    `  rows: ${report.rows.toLocaleString("en")}, of which ${usable.toLocaleString("en")} can be used; ${format.kind}: ${report.documents.toLocaleString("en")}`,
    ...(skipped.length === 0 ? [] : [`  skipped: ${skipped.join(", ")}`]),
    report.rejected === 0 ? "  rejected: none" : `  rejected: ${report.rejected.toLocaleString("en")}`,
    ...reasons.lines().map((line) => `    ${line}`),
    "",
  ].join("\n");
}

const DATES = { dmy: "day first (dmy)", mdy: "month first (mdy)", ymd: "year first (ymd)" } as const;

/** How a file is written, in words. */
export function dialectText({ encoding, separator, decimal, dates, headerLine }: FileDialect): string {
  return [
    encoding.toUpperCase(),
    separator === undefined ? undefined : `separated by ${separatorName(separator)}`,
    decimal === undefined ? undefined : `decimal ${decimal}`,
    separator === undefined ? undefined : `dates ${dates === undefined ? "ISO or with one meaning" : DATES[dates]}`,
    headerLine === undefined || headerLine === 1 ? undefined : `header in line ${headerLine}`,
  ]
    .filter((part) => part !== undefined)
    .join(", ");
}

/** The format's columns that the file has, each with the file's own name. */
const matchedColumns = ({ header, names }: CsvFile, format: FileFormat<string>): (readonly [string, string])[] =>
  header.flatMap((column, i) => (format.columns.includes(column) ? [[column, names[i] ?? column] as const] : []));

function tableOf(shown: readonly RawRecord[]): string[] {
  const columns = [...new Set(shown.flatMap((record) => Object.keys(record)))].filter((column) =>
    shown.some((record) => (record[column] ?? "") !== ""),
  );
  if (columns.length === 0) return [];
  const cellOf = (text: string): string => {
    const line = text.replaceAll(/\s+/g, " ");
    return cutText(line, CELL_LENGTH);
  };
  const table = textTable(
    columns,
    shown.map((record) => columns.map((column) => cellOf(record[column] ?? ""))),
  );
  return table.split("\n").map((line) => `    ${line}`);
}
