import type { Customer } from "@regulars/core/customers/customer";
import { type CompiledCriteria, compileCriteria } from "@regulars/core/monitors/compile";
import type { Criterion } from "@regulars/core/monitors/criteria";
import type { FieldContext } from "@regulars/core/monitors/fields";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { compileBook, statusesOf } from "@regulars/core/monitors/status-book";
import { isEvaluated } from "@regulars/core/monitors/status-monitor";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { compareText } from "@regulars/core/platform/compare";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Day, type Instant, toDayNumber } from "@regulars/core/platform/values";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { eachOwner } from "./each-owner.ts";

export interface SelectInput {
  readonly tenant: Tenant;
  readonly nightly: Pick<NightlyStore, "shards" | "snapshots" | "personsOf" | "lastNightly">;
  readonly monitors: Pick<MonitorStore, "monitors">;
  /** Whose owners, and the fields that the criteria were checked against. */
  readonly fields: FieldContext;
  readonly criteria: Criterion;
  readonly canSee: (customer: Customer) => boolean;
  /** Default: the day of the last nightly run. */
  readonly asOf?: Day | undefined;
  readonly now: Instant;
}

export interface SelectedOwners {
  readonly asOf: Day;
  /** In the order of their ids. */
  readonly owners: readonly Owner[];
  /** Customers whose data cannot be read; they are in no selection. */
  readonly setAside: readonly SetAsideCustomer[];
}

/**
 * Who meets criteria on a day (docs/reference/monitors.md 2). Other statuses that they name are evaluated for the same
 * day.
 */
export async function selectOwners(input: SelectInput): Promise<Result<SelectedOwners>> {
  const day = await selectionDay(input);
  if (!day.ok) return day;
  const asOf = day.value;
  const { nightly, fields, canSee } = input;
  const { ownerType, settings } = fields;
  const compiled = compiledOf(input);
  if (!compiled.ok) return compiled;
  const { truth } = compiled.value;
  const book = compileBook(await definitionsOf(input), fields);
  const on = toDayNumber(asOf);
  const owners: Owner[] = [];
  const setAside = await eachOwner({ nightly, ownerType, settings, asOf, canSee }, ({ owner, input: given }) => {
    if (truth(statusesOf(book, ownerFacts(given)), on) === true) owners.push(owner);
  });
  return ok({
    asOf,
    owners: owners.toSorted((a, b) => compareText(ownerIdOf(a), ownerIdOf(b))),
    setAside: setAside.toSorted((a, b) => compareText(a.customerId, b.customerId)),
  });
}

/** Stored criteria may name a field that the tenant has no more. */
function compiledOf({ criteria, fields }: Pick<SelectInput, "criteria" | "fields">): Result<CompiledCriteria> {
  try {
    return ok(compileCriteria(criteria, fields));
  } catch (error) {
    return refuse("unusable-criteria", error instanceof Error ? error.message : String(error));
  }
}

/** The day that is asked for, else that of the last nightly run, else the last completed one. */
export async function selectionDay({
  tenant,
  nightly,
  asOf,
  now,
}: Pick<SelectInput, "tenant" | "nightly" | "asOf" | "now">): Promise<Result<Day>> {
  const gated = statusesRefusal(tenant);
  if (gated !== undefined) return gated;
  const on = asOf ?? (await nightly.lastNightly())?.asOf ?? lastCompletedDay(now, tenant.timeZone);
  const view = viewOfDay(on, tenant, now);
  return view.ok ? ok(on) : view;
}

/** The criteria of the statuses that are evaluated, of one owner type. */
export async function definitionsOf({
  monitors,
  fields: { ownerType },
}: Pick<SelectInput, "monitors" | "fields">): Promise<ReadonlyMap<string, Criterion>> {
  const evaluated = (await monitors.monitors()).filter(isEvaluated);
  return new Map(
    evaluated.filter((one) => one.ownerType === ownerType).map(({ statusId, criteria }) => [statusId, criteria]),
  );
}
