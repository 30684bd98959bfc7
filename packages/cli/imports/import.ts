import { access, constants } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RawRecord } from "@regulars/core/imports/file-format";
import type { DecimalMark } from "@regulars/core/imports/number-format";
import { formatIdsOf, formatOf, ownFormat } from "@regulars/core/imports/formats/formats";
import { type ImportKind, importKinds } from "@regulars/core/imports/rows";
import { isZone } from "@regulars/core/platform/period";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import { type Currency, currencySchema } from "@regulars/core/platform/values";
import type { ImportReport, SourceRecord } from "@regulars/flows/imports/import-file";
import { importRecords } from "@regulars/flows/imports/import-records";
import { spillFile } from "@regulars/local/engine/spill-file";
import type { LocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { idArgument, tenantArgument } from "../arguments.ts";
import { type CsvFile, openCsvFile } from "../files/csv-file.ts";
import { showProgress } from "../progress.ts";
import { RejectedFile } from "../files/rejected-file.ts";
import { type Session, printJson, withSystem } from "../session.ts";

export interface ImportOptions {
  readonly tenant: string;
  readonly format: string;
  readonly decimal?: DecimalMark;
  readonly currency?: string;
  readonly timeZone?: string;
}

const GZIP_RATIO = 8;
/** Columns that the rejected rows file adds to those of the import file. */
const OWN_NOTES: readonly string[] = ["line", "reason"];

/** `regulars import KIND FILE`: exit 1 when a row was rejected. */
export async function importCommand(
  session: Session,
  kindName: string,
  path: string,
  options: ImportOptions,
): Promise<number> {
  const kind = kindArgument(kindName);
  const format = formatOf(options.format, kind);
  if (format === undefined)
    throw new UserError(
      `there is no format "${options.format}" for ${kind}: choose one of ${formatIdsOf(kind).join(", ")}`,
    );
  const tenantId = tenantArgument(options.tenant);
  const file = await openCsvFile(path, format, { decimal: options.decimal });
  for (const column of file.unknownColumns.filter((name) => !OWN_NOTES.includes(name)))
    session.note(`${path}: ignored the unknown column "${column}"\n`);
  return withSystem(session, async (system, signal) => {
    const { records, first } = await readWithLease(file.records);
    const tenant = await tenantFor(session, system, tenantId, options, format.currency ?? currencyOf(first));
    const rejected = new RejectedFile(path, ownFormat(kind).columns);
    await rejected.choosePlace(isWritable);
    const report = await runImport({
      session,
      system,
      tenant,
      file,
      records,
      kind,
      format: options.format,
      rejected,
      signal,
    });
    await rejected.close();
    await system.queues.send("rebuilds", { tenantId });
    await system.queues.idle();
    print(session, {
      tenant: tenantId,
      kind,
      file: path,
      ...report,
      ...(rejected.path === undefined ? {} : { rejectedFile: rejected.path }),
    });
    for (const failure of new Set(system.failures))
      session.note(
        `the imported histories could not be stored as snapshots: ${failure}. More is in ${system.folder}/regulars.log\n`,
      );
    return report.rejected > 0 || system.failures.length > 0 ? 1 : 0;
  });
}

function kindArgument(text: string): ImportKind {
  const kind = importKinds.find((one) => one === text);
  if (kind === undefined) throw new UserError(`"${text}" cannot be imported: choose one of ${importKinds.join(", ")}`);
  return kind;
}

async function runImport(job: {
  session: Session;
  system: LocalSystem;
  tenant: Tenant;
  file: CsvFile;
  records: AsyncIterable<SourceRecord>;
  kind: ImportKind;
  format: string;
  rejected: RejectedFile;
  signal: AbortSignal;
}): Promise<ImportReport> {
  const { session, system, tenant, file, records, kind, rejected, signal } = job;
  const grouper = await spillFile(join(system.folder, "tmp"), file.sizeBytes * (file.isGzip ? GZIP_RATIO : 1));
  const progress = showProgress(session, file);
  try {
    const { store } = await system.openTenant(tenant.tenantId);
    return await importRecords({
      tenant,
      format: formatOf(job.format, kind) ?? ownFormat(kind),
      records: untilAborted(records, signal),
      grouper,
      imports: store.imports,
      absentColumns: file.absentColumns,
      onReject: ({ line, reason }, record) => rejected.add(line, reason, record),
      onAffectedRows: ({ line, reason }, record) => rejected.add(line, reason, record),
      onSaved: (documents) => {
        signal.throwIfAborted();
        progress.saved(documents);
      },
    });
  } catch (error) {
    await rejected.discard();
    throw error;
  } finally {
    progress.stop();
    await grouper.dispose();
  }
}

async function* untilAborted(records: AsyncIterable<SourceRecord>, signal: AbortSignal): AsyncGenerator<SourceRecord> {
  for await (const record of records) {
    signal.throwIfAborted();
    yield record;
  }
}

/**
 * The tenant of an import. The first import creates it, in the currency of `--currency`, else of the file, else EUR.
 */
async function tenantFor(
  session: Session,
  system: LocalSystem,
  tenantId: Tenant["tenantId"],
  options: ImportOptions,
  fileCurrency: Currency | undefined,
): Promise<Tenant> {
  const zone = options.timeZone;
  if (zone !== undefined && !isZone(zone))
    throw new UserError(`--time-zone "${zone}" is not an IANA time zone like Europe/Berlin`);
  const asked = options.currency === undefined ? undefined : idArgument(currencySchema, "--currency", options.currency);
  const known = await system.directory.find(tenantId);
  if (known === undefined) {
    const currency = asked ?? fileCurrency ?? "EUR";
    const made = { tenantId, name: tenantId, timeZone: zone ?? "UTC", currency, edition: "enterprise" };
    const tenant = await system.makeTenant(tenantSchema.parse(made));
    session.note(`created the tenant ${tenantId}: time zone ${tenant.timeZone}, amounts in ${tenant.currency}\n`);
    return tenant;
  }
  for (const [what, given, stored] of [
    ["--time-zone", zone, known.timeZone],
    ["--currency", asked, known.currency],
  ])
    if (given !== undefined && given !== stored)
      throw new UserError(
        `tenant ${tenantId} has ${what} ${stored} since its first import; ${given} would need a new tenant`,
      );
  return known;
}

/** The currency in the file's first row, if any. */
const currencyOf = (first: RawRecord | undefined): Currency | undefined =>
  currencySchema.safeParse((first?.["currency"] ?? "").trim().toUpperCase()).data;

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
  report: ImportReport & { tenant: string; kind: string; file: string; rejectedFile?: string },
): void {
  if (session.json) {
    printJson(session, report);
    return;
  }
  const number = new Intl.NumberFormat("en");
  const skipped = Object.entries(report.skipped).map(([reason, count]) => `${number.format(count)} ${reason}`);
  const lines = [
    `${report.file} → ${report.tenant}: ${number.format(report.rows)} ${report.rows === 1 ? "row" : "rows"}, ${report.kind}: ${number.format(report.documents)}`,
    `  new ${number.format(report.created)}, changed ${number.format(report.changed)}, unchanged ${number.format(report.unchanged)}`,
    ...(report.takenForSame === undefined
      ? []
      : [
          `  taken for the same: ${number.format(report.takenForSame)} of invoice, day and amount of a stored payment; a paymentId tells equal ones apart`,
        ]),
    ...(skipped.length === 0 ? [] : [`  skipped: ${skipped.join(", ")}`]),
    report.rejectedFile === undefined
      ? "  rejected: none"
      : `  rejected: ${number.format(report.rejected)} ${report.rejected === 1 ? "row, with its reason" : "rows, each with its reason"} in ${report.rejectedFile}`,
  ];
  session.print(`${lines.join("\n")}\n`);
}
