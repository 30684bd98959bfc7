import type { Customer } from "@regulars/core/customers/customer";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type CompiledCriteria, compileCriteria } from "@regulars/core/monitors/compile";
import type { Criterion } from "@regulars/core/monitors/criteria";
import type { FieldContext } from "@regulars/core/monitors/fields";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import { type StatusBook, compileBook } from "@regulars/core/monitors/status-book";
import { isEvaluated } from "@regulars/core/monitors/status-monitor";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Day, type DayNumber, type Instant, toDayNumber } from "@regulars/core/platform/values";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";

/** Criteria, whom they are about, and of which day. */
export interface CriteriaInput {
  readonly tenant: Tenant;
  readonly nightly: Pick<NightlyStore, "shards" | "snapshots" | "snapshotOf" | "personsOf" | "lastNightly">;
  readonly monitors: Pick<MonitorStore, "monitors">;
  /** Whose owners, and the fields that the criteria were checked against. */
  readonly fields: FieldContext;
  readonly criteria: Criterion;
  readonly canSee: (customer: Customer) => boolean;
  /** Default: the day of the last nightly run. */
  readonly asOf?: Day | undefined;
  readonly now: Instant;
}

/** What tells how findings will be in days to come, for who asks for that. */
export interface Foretold {
  readonly catalog: Pick<InsightCatalog, "configure">;
  readonly nightly: CriteriaInput["nightly"] & Pick<NightlyStore, "users" | "measuresOf">;
}

/** Criteria that can be asked, with the statuses that they may name: these are evaluated for the same day. */
export interface PreparedCriteria {
  readonly asOf: Day;
  readonly on: DayNumber;
  readonly compiled: CompiledCriteria;
  readonly book: StatusBook;
}

export async function prepareCriteria(input: CriteriaInput): Promise<Result<PreparedCriteria>> {
  const { tenant, nightly, fields } = input;
  const gated = statusesRefusal(tenant);
  if (gated !== undefined) return gated;
  const asOf = input.asOf ?? (await nightly.lastNightly())?.asOf ?? lastCompletedDay(input.now, tenant.timeZone);
  const view = viewOfDay(asOf, tenant, input.now);
  if (!view.ok) return view;
  const compiled = compiledOf(input.criteria, fields);
  if (!compiled.ok) return compiled;
  return ok({ asOf, on: toDayNumber(asOf), compiled: compiled.value, book: await bookOf(input) });
}

/** Stored criteria may name a field that the tenant has no more. */
export function compiledOf(criteria: Criterion, fields: FieldContext): Result<CompiledCriteria> {
  try {
    return ok(compileCriteria(criteria, fields));
  } catch (error) {
    return refuse("unusable-criteria", error instanceof Error ? error.message : String(error));
  }
}

async function bookOf({ monitors, fields }: Pick<CriteriaInput, "monitors" | "fields">): Promise<StatusBook> {
  const evaluated = (await monitors.monitors()).filter(isEvaluated);
  const ofType = evaluated.filter(({ ownerType }) => ownerType === fields.ownerType);
  return compileBook(new Map(ofType.map(({ statusId, criteria }) => [statusId, criteria])), fields);
}
