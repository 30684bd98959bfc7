import { type Finding, parseFindingId } from "@regulars/core/insights/finding";
import { customerIdOf } from "@regulars/core/insights/subject";
import { reevaluate, evaluationContextFor } from "@regulars/core/insights/evaluate";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { measuresFor } from "./measures.ts";

/** A finding of the last nightly run: as stored, and evaluated. */
interface FoundFinding {
  readonly stored: StoredFinding;
  readonly finding: Finding;
}

/** The finding with an id, if the last nightly run found it. */
export async function findStored(
  {
    tenant,
    store,
    catalog,
  }: { readonly tenant: Tenant; readonly store: NightlyStore; readonly catalog: InsightCatalog },
  id: string,
): Promise<Result<FoundFinding>> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const unknown = refuse(
    "unknown-finding",
    `the last nightly run of tenant ${tenant.tenantId} has no finding "${cutText(id, 200)}": "regulars insights" lists those there are`,
  );
  const address = parseFindingId(id);
  const nightly = await store.lastNightly();
  if (address === undefined || nightly === undefined) return unknown;
  const stored = await store.finding(address);
  const kind = catalog.configure(tenant).find((one) => one.id === address.kind);
  if (stored === undefined || kind === undefined) return unknown;
  const customerId = customerIdOf(address.subject);
  const customer = customerId === undefined ? undefined : (await store.profiles([customerId])).get(customerId);
  const measures = await measuresFor(store, nightly.asOf);
  const finding = reevaluate(stored, kind, evaluationContextFor(customer, tenant, nightly.asOf, measures));
  return ok({ stored, finding });
}
