import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Criterion } from "@regulars/core/monitors/criteria";
import type { CriteriaContext } from "@regulars/core/monitors/fields";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { OwnerType } from "@regulars/core/monitors/owner";
import { readCriteria } from "@regulars/core/monitors/read-criteria";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { MonitorId } from "@regulars/core/platform/ids";
import { ok } from "@regulars/core/platform/result";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type CustomersAfter, criteriaContextOf } from "./criteria-context.ts";

interface Known {
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  readonly monitors: Pick<MonitorStore, "monitors">;
  readonly customersAfter: CustomersAfter;
}

/** Criteria that were checked, with the fields that they were checked against. */
export interface GivenCriteria {
  readonly criteria: Criterion;
  readonly fields: CriteriaContext;
}

export type ReadGiven =
  | { readonly ok: true; readonly value: GivenCriteria }
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly errors?: readonly ItemError[] };

/** Reads criteria as somebody wrote them, about owners of a type; `root` is their place in what was sent. */
export async function readGivenCriteria(
  known: Known,
  given: unknown,
  about: { readonly ownerType: OwnerType; readonly statusId?: MonitorId | undefined },
  root = "criteria",
): Promise<ReadGiven> {
  const gated = statusesRefusal(known.tenant);
  if (gated !== undefined) return gated;
  const fields = await criteriaContextOf(known, about, given);
  const read = readCriteria(given, fields, root);
  if (read.ok) return ok({ criteria: read.value, fields });
  return {
    ok: false,
    reason: "unusable-criteria",
    message: "the criteria cannot be used: see errors",
    errors: read.errors,
  };
}
