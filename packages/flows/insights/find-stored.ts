import { type Finding, parseFindingId } from "@regulars/core/insights/finding";
import { customerIdOf, isSameSubject } from "@regulars/core/insights/subject";
import { judgeStored, settingFor } from "@regulars/core/insights/evaluate";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { NightStore } from "@regulars/core/nightly/nightly-store";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";

/** A finding of the last night, as it is stored and as it reads. */
export interface FoundFinding {
  readonly stored: StoredFinding;
  readonly finding: Finding;
}

/** The finding that an id names, when the last night found it. */
export async function findStored(
  { tenant, store, catalog }: { readonly tenant: Tenant; readonly store: NightStore; readonly catalog: InsightCatalog },
  id: string,
): Promise<Result<FoundFinding>> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const unknown = refuse(
    "unknown-finding",
    `the last night of tenant ${tenant.tenantId} has no finding "${id}": "regulars insights" lists those there are`,
  );
  const address = parseFindingId(id);
  const night = await store.lastNight();
  const customerId = address && customerIdOf(address.subject);
  if (address === undefined || customerId === undefined || night === undefined) return unknown;
  const block = await store.blockOf(customerId, { asOf: night.asOf });
  const stored = block?.findings.find(
    ({ kind, subject }) => kind === address.kind && isSameSubject(subject, address.subject),
  );
  const kind = catalog.kindOf(address.kind)?.configure(tenant.insights[address.kind]);
  if (block === undefined || stored === undefined || kind === undefined) return unknown;
  const finding = judgeStored(stored, kind, settingFor(block.customer, tenant, night.asOf));
  return ok({ stored, finding });
}
