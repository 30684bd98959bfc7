import type { RecordStore } from "@regulars/core/imports/record-store";
import type { Criterion } from "@regulars/core/monitors/criteria";
import type { Owner, OwnerType } from "@regulars/core/monitors/owner";
import type { SelectionStore } from "@regulars/core/monitors/selection-store";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Result } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { GivenCriteria, ReadGiven } from "./read-given-criteria.ts";

/** Who meets criteria now, in the order of their ids. */
export type SelectOwners = (
  criteria: Criterion,
  ownerType: OwnerType,
) => Promise<Result<{ readonly asOf: Day; readonly owners: readonly Owner[] }>>;

/** Criteria as somebody wrote them, checked against the tenant's fields and names. */
export type CheckCriteria = (
  criteria: unknown,
  ownerType: OwnerType,
) => Promise<
  { readonly ok: true; readonly value: Pick<GivenCriteria, "criteria"> } | Extract<ReadGiven, { readonly ok: false }>
>;

/** What flows of selections need. */
export interface SelectionContext {
  readonly tenant: Tenant;
  readonly selections: SelectionStore;
  readonly nightly: Pick<NightlyStore, "profiles">;
  readonly records: Pick<RecordStore, "customersOf">;
  readonly select: SelectOwners;
  readonly checkCriteria: CheckCriteria;
  readonly clock: () => number;
  readonly newId: () => string;
}
