import { counted } from "@regulars/core/platform/counted";
import { type DealFormat, dealFormats, ownDealFormat } from "@regulars/core/deals/deal-formats";
import { planIdSchema } from "@regulars/core/platform/ids";
import { importDeals } from "@regulars/flows/deals/import-deals";
import { salesContextOf } from "@regulars/functions/effects";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument } from "../arguments.ts";
import type { FileOptions } from "../files/csv-file.ts";
import { showDryRun } from "./dry-run.ts";
import { type FileArguments, fileOptionsOf } from "./file-options.ts";
import { openCsvFile } from "../files/csv-file.ts";
import { showProgress } from "../progress.ts";
import { RejectedFile } from "../files/rejected-file.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { type OnFailure, sayingHowToGoOn } from "./stopped-import.ts";
import { tenantArgument } from "../arguments.ts";

export interface ImportDealsOptions extends FileArguments {
  readonly tenant: string;
  readonly format: string;
  readonly dryRun?: boolean;
  readonly plan?: string;
}

const formatNamed = (id: string): DealFormat => {
  const format = dealFormats.find((one) => one.id === id);
  if (format !== undefined) return format;
  const choice = dealFormats.map((one) => one.id).join(", ");
  throw new UserError(`there is no format "${id}" for deals: choose one of ${choice}`);
};

/**
 * `regulars import deals FILE --plan PLAN`: imports deals into a sales plan. A format that defines statuses creates the
 * plan if it does not exist.
 */
export function importDealsCommand(session: Session, path: string, options: ImportDealsOptions): Promise<number> {
  return sayingHowToGoOn(session, path, options, (stoppable, signal, onFailure) =>
    importFile(stoppable, path, options, { signal, onFailure }),
  );
}

async function importFile(
  session: Session,
  path: string,
  options: ImportDealsOptions,
  { signal, onFailure }: { readonly signal: AbortSignal; readonly onFailure: OnFailure },
): Promise<number> {
  const format = formatNamed(options.format);
  const tenantId = tenantArgument(options.tenant);
  const plan = options.plan ?? (format.statuses === undefined ? undefined : `pln_${format.id}`);
  if (plan === undefined) throw new UserError("import deals needs --plan with the id of a sales plan");
  const planId = checkedArgument(planIdSchema, "--plan", plan);
  const file = { ...(await fileOptionsOf(options, format.columns)), signal };
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const given = { format, path, planId, tenant, store, file };
    return options.dryRun === true ? dryRunOfDeals(session, system, given) : run(session, system, given, onFailure);
  });
}

interface DealsFile extends Pick<OpenedTenant, "tenant" | "store"> {
  readonly format: DealFormat;
  readonly path: string;
  readonly file: FileOptions;
  readonly planId: ReturnType<typeof planIdSchema.parse>;
}

/** Reads the deals as an import would: by the plan, the users and the deals that there are. */
async function dryRunOfDeals(
  session: Session,
  system: LocalSystem,
  { format, path, planId, tenant, store, file: options }: DealsFile,
): Promise<number> {
  const file = await openCsvFile(path, format, options);
  const users = await store.nightly.users();
  return showDryRun(session, { path, file, format }, async (watching) => {
    const report = await importDeals({
      ...watching,
      context: salesContextOf(tenant, store, system.runtime),
      planId,
      format,
      users: users.map(({ userId }) => userId),
      actorId: "command",
      isDry: true,
    });
    if (!report.ok) throw new UserError(report.message);
    const { created, unchanged } = report.value;
    return { ...report.value, documents: created + unchanged, skipped: {} };
  });
}

async function run(
  session: Session,
  system: LocalSystem,
  { format, path, planId, tenant, store, file: options }: DealsFile,
  onFailure: OnFailure,
): Promise<number> {
  const file = await openCsvFile(path, format, options);
  const rejected = new RejectedFile(path, ownDealFormat.columns);
  onFailure(() => rejected.discard());
  const progress = showProgress(session, file);
  const users = await store.nightly.users();
  const report = await importDeals({
    context: salesContextOf(tenant, store, system.runtime),
    planId,
    format,
    records: file.records,
    users: users.map(({ userId }) => userId),
    onReject: ({ line, reason }, record) => rejected.add(line, reason, record),
    onSaved: (documents) => {
      options.signal?.throwIfAborted();
      progress.saved(documents);
    },
    actorId: "command",
  }).finally(() => progress.stop());
  await rejected.close();
  if (!report.ok) throw new UserError(report.message);
  const { rows, created, unchanged, rejected: refused } = report.value;
  const place = rejected.path === undefined ? {} : { rejectedFile: rejected.path };
  if (session.json)
    printJson(session, { tenant: tenant.tenantId, kind: "deals", plan: planId, file: path, ...report.value, ...place });
  else
    session.print(
      `${path} → ${tenant.tenantId}, ${planId}: ${counted(rows, "row")}; new ${created}, unchanged ${unchanged}, rejected ${refused}${rejected.path === undefined ? "" : ` in ${rejected.path}`}\n`,
    );
  return refused > 0 ? 1 : 0;
}
