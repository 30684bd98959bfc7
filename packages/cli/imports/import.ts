import { counted } from "@regulars/core/platform/counted";
import { access, constants } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileFormat } from "@regulars/core/imports/file-format";
import { formatIdsOf, formatOf, ownFormat } from "@regulars/core/imports/formats/formats";
import { type ImportKind, importKinds } from "@regulars/core/imports/rows";
import type { ImportStore } from "@regulars/core/imports/import-store";
import { toInstant } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { ImportReport, SourceRecord } from "@regulars/flows/imports/import-file";
import { importRecords } from "@regulars/flows/imports/import-records";
import { spillFile } from "@regulars/local/engine/spill-file";
import { rebuildMessageOf } from "@regulars/functions/workers/messages";
import type { LocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { tenantArgument } from "../arguments.ts";
import { type CsvFile, openCsvFile } from "../files/csv-file.ts";
import { showProgress } from "../progress.ts";
import { RejectReasons } from "../files/reject-reasons.ts";
import { type FileArguments, fileOptionsOf } from "./file-options.ts";
import { dialectText, dryRun } from "./dry-run.ts";
import { type TenantArguments, currencyOf, newTenant, tenantFor } from "./tenant-of-import.ts";
import { RejectedFile } from "../files/rejected-file.ts";
import { type Session, printJson, withSystem } from "../session.ts";
import { jobsDone } from "../system/jobs-done.ts";
import { type OnFailure, sayingHowToGoOn } from "./stopped-import.ts";

export interface ImportOptions extends FileArguments, TenantArguments {
  readonly tenant: string;
  readonly format: string;
  readonly dryRun?: boolean;
}

const GZIP_RATIO = 8;
/** Columns that the rejected rows file adds to those of the import file. */
const OWN_NOTES: readonly string[] = ["line", "reason"];

/** `regulars import KIND FILE`: exit 1 when a row was rejected. */
export function importCommand(
  session: Session,
  kindName: string,
  path: string,
  options: ImportOptions,
): Promise<number> {
  return sayingHowToGoOn(session, path, options, (stoppable, signal, onFailure) =>
    importFile(stoppable, kindName, path, options, { signal, onFailure }),
  );
}

async function importFile(
  session: Session,
  kindName: string,
  path: string,
  options: ImportOptions,
  { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure: OnFailure },
): Promise<number> {
  const kind = kindArgument(kindName);
  const format = formatOf(options.format, kind);
  if (format === undefined)
    throw new UserError(
      `there is no format "${options.format}" for ${kind}: choose one of ${formatIdsOf(kind).join(", ")}`,
    );
  const tenantId = tenantArgument(options.tenant);
  const file = await openCsvFile(path, format, {
    ...(await fileOptionsOf(options, format.columns)),
    signal,
  });
  for (const column of file.unknownColumns.filter((name) => !OWN_NOTES.includes(name)))
    session.note(`${path}: ignored the unknown column "${column}"\n`);
  if (file.dialect.encoding !== "utf-8") session.note(`${path}: read as ${dialectText(file.dialect)}\n`);
  if (options.dryRun === true) {
    const { records, first } = await readWithLease(file.records);
    const tenant = newTenant(tenantId, options, format.currency ?? currencyOf(first));
    return dryRun(session, { path, file: { ...file, records }, format, tenant });
  }
  return withSystem(session, async (system) => {
    const { records, first } = await readWithLease(file.records);
    const { tenant, imports, changedCustomers } = await tenantFor(
      session,
      system,
      tenantId,
      options,
      format.currency ?? currencyOf(first),
    );
    const reasons = new RejectReasons();
    const rejected = new RejectedFile(path, ownFormat(kind).columns);
    await rejected.choosePlace(isWritable);
    onFailure(() => rejected.discard());
    const report = await runImport({
      session,
      system,
      tenant,
      imports,
      file,
      records,
      format,
      rejected,
      reasons,
      signal,
      onFailure,
    });
    await rejected.close();
    // Of rows that were stored before, the message may have been lost.
    const isOfAllChanged = report.unchanged > 0;
    if (report.documents > 0)
      await system.queues.send("rebuilds", { ...rebuildMessageOf(tenantId, changedCustomers), isOfAllChanged });
    await system.queues.idle();
    print(session, reasons, {
      tenant: tenantId,
      kind,
      file: path,
      ...report,
      ...(rejected.path === undefined ? {} : { rejectedFile: rejected.path }),
    });
    await jobsDone(system, {
      what: "the imported histories could not be packed",
      rest: "the next nightly run packs them",
    });
    return report.rejected > 0 ? 1 : 0;
  });
}

function kindArgument(text: string): ImportKind {
  const kind = importKinds.find((one) => one === text);
  if (kind === undefined)
    throw new UserError(`"${text}" cannot be imported: choose one of ${[...importKinds, "deals"].join(", ")}`);
  return kind;
}

async function runImport(job: {
  session: Session;
  system: LocalSystem;
  tenant: Tenant;
  imports: ImportStore;
  file: CsvFile;
  records: AsyncIterable<SourceRecord>;
  format: FileFormat;
  rejected: RejectedFile;
  reasons: RejectReasons;
  signal: AbortSignal;
  onFailure: OnFailure;
}): Promise<ImportReport> {
  const { session, system, tenant, imports, file, records, format, rejected, reasons, signal, onFailure } = job;
  const grouper = await spillFile(join(system.folder, "tmp"), file.sizeBytes * (file.isGzip ? GZIP_RATIO : 1));
  onFailure(() => grouper.dispose());
  const progress = showProgress(session, file);
  try {
    return await importRecords({
      tenant,
      now: toInstant(session.clock()),
      format,
      records,
      grouper,
      imports,
      absentColumns: file.absentColumns,
      onReject: ({ line, reason }, record) => {
        rejected.add(line, reason, record);
        reasons.add(line, reason);
      },
      onAffectedRows: ({ line, reason }, record) => rejected.add(line, reason, record),
      onSaved: (documents) => {
        signal.throwIfAborted();
        progress.saved(documents);
      },
    });
  } finally {
    progress.stop();
    await grouper.dispose();
  }
}

async function readWithLease(records: AsyncGenerator<SourceRecord>) {
  const first = await records.next();
  const rest = async function* (): AsyncGenerator<SourceRecord> {
    if (first.done === true) return;
    yield first.value;
    yield* records;
  };
  return { records: rest(), first: first.done === true || !("record" in first.value) ? undefined : first.value.record };
}

async function isWritable(path: string): Promise<boolean> {
  try {
    await access(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function print(
  session: Session,
  reasons: RejectReasons,
  report: ImportReport & { tenant: string; kind: string; file: string; rejectedFile?: string },
): void {
  if (session.json) {
    printJson(session, { ...report, ...(report.rejected === 0 ? {} : { reasons: reasons.lines() }) });
    return;
  }
  const number = new Intl.NumberFormat("en");
  const skipped = Object.entries(report.skipped).map(([reason, count]) => `${number.format(count)} ${reason}`);
  const lines = [
    `${report.file} → ${report.tenant}: ${counted(report.rows, "row")}, ${report.kind}: ${number.format(report.documents)}`,
    `  new ${number.format(report.created)}, changed ${number.format(report.changed)}, unchanged ${number.format(report.unchanged)}`,
    ...(report.takenForSame === undefined
      ? []
      : [
          `  taken for the same: ${number.format(report.takenForSame)} of invoice, day and amount of a stored payment; a paymentId tells equal ones apart`,
        ]),
    ...(skipped.length === 0 ? [] : [`  skipped: ${skipped.join(", ")}`]),
    report.rejectedFile === undefined
      ? "  rejected: none"
      : `  rejected: ${counted(report.rejected, "row, with its reason", "rows, each with its reason")} in ${report.rejectedFile}`,
    ...reasons.lines().map((line) => `    ${line}`),
    ...(report.documents === 0 && report.rejected > 0 ? ["  nothing was imported"] : []),
  ];
  session.print(`${lines.join("\n")}\n`);
}
