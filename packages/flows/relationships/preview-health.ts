import { compareText } from "@regulars/core/platform/compare";
import { type Result, ok } from "@regulars/core/platform/result";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Day, type PersonId, toDayNumber } from "@regulars/core/platform/values";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import { closuresOf } from "@regulars/core/insights/evaluate";
import type { Grade } from "@regulars/core/relationships/grades";
import { HealthOfTimeline } from "@regulars/core/relationships/health";
import { healthSettingsOf } from "@regulars/core/relationships/health-settings";
import { changedRelationships } from "@regulars/core/relationships/tenant-settings";
import {
  type ContactColumns,
  activityColumns,
  personColumns,
  unionColumns,
  upTo,
} from "@regulars/core/snapshots/activity-columns";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { type HealthDayInput, healthDayOf } from "./health-day.ts";

interface PreviewInput extends HealthDayInput {
  readonly store: Pick<NightlyStore, "lastNightly" | "shards" | "snapshots">;
  /** Settings as they would be changed; null resets one to the usual value. */
  readonly change: Readonly<Record<string, unknown>>;
}

/** A customer or person whose grade would be another. "none": no score. */
interface HealthMove {
  readonly customerId: string;
  readonly personId?: PersonId | undefined;
  readonly from: Grade | "none";
  readonly to: Grade | "none";
  readonly scoreNow: number | undefined;
  readonly scoreThen: number | undefined;
}

export interface HealthPreview {
  readonly asOf: Day;
  /** How many customers and persons were looked at. */
  readonly customers: number;
  readonly persons: number;
  readonly moves: readonly {
    readonly subject: "customer" | "person";
    readonly from: HealthMove["from"];
    readonly to: HealthMove["to"];
    readonly count: number;
  }[];
  /** At most ten of those that move, customers first. */
  readonly examples: readonly HealthMove[];
}

const MOST_EXAMPLES = 10;

/**
 * Which customers and persons would move from which grade to which, before the settings are saved. Nothing is saved.
 */
export async function previewHealth(input: PreviewInput): Promise<Result<HealthPreview>> {
  const { tenant, store, change } = input;
  const relationships = changedRelationships(tenant, change);
  if (!relationships.ok) return relationships;
  const at = await healthDayOf({ ...input, tenant: { ...tenant, relationships: { ...relationships.value } } });
  if (!at.ok) return at;
  const tried = { ...tenant, relationships: { ...relationships.value } };
  const moves: HealthMove[] = [];
  const counted = { customers: 0, persons: 0 };
  await allOrFirstFault(
    store.shards.map(async (shard) => {
      const options = { repair: false, onUnreadable: () => undefined };
      for await (const snapshot of store.snapshots(shard, at.value, options)) {
        const activities = upTo(snapshot.history.activities?.() ?? activityColumns([]), toDayNumber(at.value.asOf));
        const movesIn = movesByRules(snapshot, [tenant, tried], at.value.asOf);
        counted.customers += 1;
        moves.push(...movesIn(unionColumns(activities)));
        for (const [nth, timeline] of personColumns(activities).entries()) {
          if (timeline.count === 0) continue;
          counted.persons += 1;
          moves.push(...movesIn(timeline).map((move) => ({ ...move, personId: activities.persons[nth] })));
        }
      }
    }),
  );
  return ok({ asOf: at.value.asOf, ...counted, moves: totalsOf(moves), examples: examplesOf(moves) });
}

/** Compares a timeline by two settings; nothing when the grade stays. */
function movesByRules(
  { customer }: Pick<CustomerSnapshot, "customer">,
  tenants: readonly [Tenant, Tenant],
  asOf: Day,
): (timeline: ContactColumns) => HealthMove[] {
  const rules = tenants.map((tenant) => ({
    settings: healthSettingsOf(tenant.relationships, customer.category),
    closures: closuresOf(customer, tenant),
  }));
  return (timeline) => {
    const [now, then] = rules.map((rule) =>
      rule.settings.health ? new HealthOfTimeline(timeline, rule).gradedOn(asOf) : undefined,
    );
    const [from, to] = [now?.grade ?? "none", then?.grade ?? "none"] as const;
    if (from === to) return [];
    return [{ customerId: customer.customerId, from, to, scoreNow: now?.score, scoreThen: then?.score }];
  };
}

function totalsOf(moves: readonly HealthMove[]): HealthPreview["moves"] {
  const totals = Map.groupBy(moves, ({ personId, from, to }) =>
    [personId === undefined ? "customer" : "person", from, to].join(" "),
  );
  return [...totals]
    .toSorted(([a], [b]) => compareText(a, b))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      const subject = first.personId === undefined ? ("customer" as const) : ("person" as const);
      return [{ subject, from: first.from, to: first.to, count: group.length }];
    });
}

const examplesOf = (moves: readonly HealthMove[]): HealthMove[] =>
  moves
    .toSorted(
      (a, b) =>
        Number(a.personId !== undefined) - Number(b.personId !== undefined) ||
        compareText(a.customerId, b.customerId) ||
        compareText(a.personId ?? "", b.personId ?? ""),
    )
    .slice(0, MOST_EXAMPLES);
