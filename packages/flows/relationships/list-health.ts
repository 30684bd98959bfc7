import { type Users, ownerIdOf } from "@regulars/core/customers/list-scope";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { compareText } from "@regulars/core/platform/compare";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Day } from "@regulars/core/platform/values";
import { topFifthMinor } from "@regulars/core/relationships/breadth";
import type { Grade } from "@regulars/core/relationships/grades";
import { type Speakable, speakable } from "@regulars/core/relationships/opt-out";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { type AssessedCustomer, assessCustomer } from "./assess-customer.ts";
import { type HealthDayInput, healthDayOf } from "./health-day.ts";

/** The customers that are asked for. */
interface HealthFilter {
  readonly repIds?: readonly string[] | undefined;
  readonly grades?: readonly Grade[] | undefined;
  readonly onlyWeak?: boolean | undefined;
}

interface ListInput extends HealthDayInput {
  readonly store: Pick<NightlyStore, "lastNightly" | "shards" | "snapshots" | "users" | "optOuts">;
  readonly scope: Pick<Scope, "canSee">;
  readonly filter?: HealthFilter | undefined;
}

/** A customer of the list, with what only a look at all customers tells. */
export interface HealthRow extends AssessedCustomer {
  readonly isTopFifth: boolean;
}

export interface HealthList {
  readonly asOf: Day;
  readonly rows: readonly HealthRow[];
  /** Of the customers that are asked for, whatever their grade. */
  readonly counts: Readonly<Record<Grade | "unknown" | "weak", number>>;
  readonly setAside: readonly SetAsideCustomer[];
}

/** The health of all customers on a day, what to act on first (docs/reference/relationships.md 2, 3). */
export async function listHealth(input: ListInput): Promise<Result<HealthList>> {
  const at = await healthDayOf(input);
  if (!at.ok) return at;
  const { tenant, store, scope, filter = {} } = input;
  const found: AssessedCustomer[] = [];
  const setAside: SetAsideCustomer[] = [];
  const onUnreadable = (customer: SetAsideCustomer) => setAside.push(customer);
  await allOrFirstFault(
    store.shards.map(async (shard) => {
      for await (const snapshot of store.snapshots(shard, at.value, { repair: false, onUnreadable })) {
        const assessed = assessCustomer(snapshot, tenant, at.value.asOf);
        if (assessed !== undefined) found.push(assessed);
      }
    }),
  );
  const least = topFifthMinor(found.map(({ turnoverMinor }) => turnoverMinor));
  const [allUsers, optOuts] = await Promise.all([store.users(), store.optOuts()]);
  const users: Users = new Map(allUsers.map((user) => [user.userId, user]));
  const { named } = speakable(optOuts, allUsers);
  const seen = found
    .filter(({ customer }) => scope.canSee(customer) && isAskedFor(customer, filter, users))
    .map((one): HealthRow => ({ ...rowOf(one, named), isTopFifth: one.turnoverMinor >= least }));
  return ok({
    asOf: at.value.asOf,
    rows: seen.filter((row) => isWanted(row, filter)).toSorted(compareRows),
    counts: countsOf(seen),
    setAside,
  });
}

/** Without who is out. */
export const rowOf = <Row extends Pick<AssessedCustomer, "breadth">>(row: Row, named: Speakable["named"]): Row => ({
  ...row,
  breadth: { ...row.breadth, users: row.breadth.users.filter(named) },
});

function isAskedFor(customer: AssessedCustomer["customer"], { repIds }: HealthFilter, users: Users): boolean {
  if (repIds === undefined || repIds.length === 0) return true;
  const ownerId = ownerIdOf(customer, (userId) => users.has(userId));
  return ownerId !== undefined && repIds.includes(ownerId);
}

const isWanted = ({ health, weaknesses }: HealthRow, { grades, onlyWeak }: HealthFilter): boolean =>
  (onlyWeak !== true || weaknesses.length > 0) &&
  (grades === undefined || grades.length === 0 || (health !== undefined && grades.includes(health.grade)));

const REASONS = ["waits", "fell", "trend-down", "no-reply"] as const;
const placeOf = ({ weaknesses: [first] }: HealthRow): number =>
  first === undefined ? REASONS.length : REASONS.indexOf(first.reason);

/** By what is weak, then the longest, then the lowest score; customers without a score last. */
const compareRows = (a: HealthRow, b: HealthRow): number =>
  placeOf(a) - placeOf(b) ||
  compareText(a.weaknesses[0]?.since ?? "", b.weaknesses[0]?.since ?? "") ||
  (a.health?.score ?? 101) - (b.health?.score ?? 101) ||
  compareText(a.customer.customerId, b.customer.customerId);

function countsOf(rows: readonly HealthRow[]): HealthList["counts"] {
  const count = (is: (row: HealthRow) => boolean): number => rows.filter(is).length;
  return {
    good: count(({ health }) => health?.grade === "good"),
    fair: count(({ health }) => health?.grade === "fair"),
    poor: count(({ health }) => health?.grade === "poor"),
    unknown: count(({ health }) => health === undefined),
    weak: count(({ weaknesses }) => weaknesses.length > 0),
  };
}
