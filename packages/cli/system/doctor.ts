import { counted, nounFor } from "@regulars/core/platform/counted";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { untoldText } from "@regulars/core/nightly/untold";
import type { NightlyRecord, SetAsideCustomers } from "@regulars/core/nightly/nightly-store";
import type { TenantId } from "@regulars/core/platform/values";
import { remeasure } from "@regulars/flows/insights/measures";
import { tenantArgument } from "../arguments.ts";
import { type Session, printJson, withSystem } from "../session.ts";

interface Examined {
  readonly check: string;
  readonly isWell: boolean;
  readonly says: string;
}

export interface DoctorOptions {
  readonly rebuild: boolean;
  readonly tenant?: string;
}

/**
 * `regulars doctor`: checks the installation; `--rebuild` checks every snapshot against its documents. Exit 1 when a
 * check fails.
 */
export function doctorCommand(session: Session, { rebuild, tenant }: DoctorOptions): Promise<number> {
  const only = tenant === undefined ? undefined : tenantArgument(tenant);
  return withSystem(session, async (system) => {
    const examined: Examined[] = [
      { check: "node", isWell: true, says: `Node ${process.versions.node}` },
      { check: "database", isWell: true, says: databaseText(session) },
    ];
    for (const tenantId of only === undefined ? await system.directory.list() : [only])
      examined.push(...(await examineTenant(system, tenantId, rebuild)));
    if (session.json) printJson(session, { checks: examined });
    else
      for (const { check, isWell, says } of examined) session.print(`${isWell ? "ok  " : "ILL "} ${check}: ${says}\n`);
    return examined.every(({ isWell }) => isWell) ? 0 : 1;
  });
}

const databaseText = ({ data, dynamodbEndpoint }: Session): string =>
  dynamodbEndpoint === undefined ? `embedded engine, data in ${data}` : `DynamoDB at ${dynamodbEndpoint}`;

async function examineTenant(system: LocalSystem, tenantId: TenantId, isRebuild: boolean): Promise<Examined[]> {
  const { store } = await system.openTenant(tenantId);
  const nightly = await store.nightly.lastNightly();
  let failed = 0;
  let waiting = 0;
  for await (const { state } of store.outbox.list()) {
    if (state === "failed") failed += 1;
    if (state === "due" || state === "sending") waiting += 1;
  }
  return [
    {
      check: `${tenantId} night`,
      isWell: nightly?.setAside === undefined,
      says:
        nightly === undefined
          ? `none yet: regulars night --tenant ${tenantId}`
          : `${nightly.asOf}, ${counted(nightly.customers, "customer")}${setAsideText(nightly.setAside)}${untoldInWords(nightly.untold)}`,
    },
    {
      check: `${tenantId} deliveries`,
      isWell: failed === 0,
      says: `${waiting} waiting, ${failed} failed (regulars deliveries)`,
    },
    ...(isRebuild ? [await examineHistories(tenantId, store), await examineMeasures(tenantId, store)] : []),
  ];
}

const setAsideText = (setAside: SetAsideCustomers | undefined): string =>
  setAside === undefined
    ? ""
    : `, ${setAside.count} set aside: ${setAside.first.map(({ customerId, reason }) => `${customerId} (${reason})`).join("; ")}`;

const untoldInWords = (groups: NightlyRecord["untold"] = []): string =>
  groups
    .map((group) => `; ${counted(group.entries, "entry", "entries")} in nobody's digest: ${untoldText(group)}`)
    .join("");

async function examineHistories(tenantId: TenantId, store: OpenedTenant["store"]): Promise<Examined> {
  let chunks = 0;
  let mended = 0;
  for (const shard of store.shards) {
    const verified = await store.verify(shard);
    chunks += verified.chunks;
    mended += verified.mended;
  }
  const says =
    mended === 0
      ? `${counted(chunks, "customer-year")} checked: all match the documents`
      : `${mended} of ${counted(chunks, "customer-year")} differed and ${nounFor(mended, "was", "were")} rebuilt`;
  return { check: `${tenantId} histories`, isWell: mended === 0, says };
}

/** What is kept by month of the tenant's past: late orders change it only here. */
async function examineMeasures(tenantId: TenantId, store: OpenedTenant["store"]): Promise<Examined> {
  const { months, mended } = await remeasure(store.nightly, store.measures);
  const says =
    mended === 0
      ? `${counted(months, "month")} measured: all match the orders`
      : `the measures of ${mended} of ${counted(months, "month")} differed and were made anew`;
  return { check: `${tenantId} measures`, isWell: mended === 0, says };
}
