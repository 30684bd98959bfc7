import { localDay } from "@regulars/core/platform/period";
import { type ClosingCount, type ClosingDay, type CountedAs, closingCountOf } from "@regulars/core/deals/closing-count";
import type { ClosedOutcome } from "@regulars/core/deals/deal";
import { type PlanId, reasonIdSchema } from "@regulars/core/platform/ids";
import {
  type Currency,
  type Day,
  type Minor,
  currencySchema,
  daySchema,
  minorSum,
} from "@regulars/core/platform/values";
import { type Key, managerOfKey } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { type WireItem, wirePages } from "../engine/wire.ts";
import { LAST } from "./column-range.ts";

/** Stands for no reason: `$` cannot occur in the id of a reason. */
const NOT_SPECIFIED = "$";
const FIRST_DAY = "0";
/** Counts each closed outcome that has its place in the second index. */
const INDEXED = "i";

/**
 * Collects changes of the closing counts: one update for each closing day and manager who closed. Attributes: `w` won,
 * `w:<currency>` their sum, `l:<reason>` lost, `c` cancelled later, `i` all that can be read by what they count as.
 */
export class ClosingCounterDelta {
  readonly #keys: Keys;
  readonly #zone: string;
  readonly #rows = new Map<string, { readonly key: Key; readonly by: Map<string, number> }>();

  constructor(keys: Keys, zone: string) {
    this.#keys = keys;
    this.#zone = zone;
  }

  /** Counts a closed outcome that was just created or just cancelled. */
  note(closing: ClosedOutcome | undefined): void {
    if (closing === undefined) return;
    const { cancelled, ...standing } = closing;
    if (cancelled === undefined) return this.#add(closing, standing, 1);
    this.#add(closing, standing, -1);
    this.#add(closing, closing, 1);
  }

  #add({ planId, at, managerId }: ClosedOutcome, counted: ClosedOutcome, sign: 1 | -1): void {
    const key = this.#keys.closingDay(planId, localDay(at, this.#zone), managerId);
    const name = `${key.pk} ${key.sk}`;
    const { by } = this.#rows.get(name) ?? { by: new Map<string, number>() };
    for (const [attribute, change] of attributesOf(closingCountOf(counted)))
      by.set(attribute, (by.get(attribute) ?? 0) + sign * change);
    this.#rows.set(name, { key, by });
  }

  writes(): TransactWrite[] {
    return [...this.#rows.values()].flatMap(({ key, by }) => {
      const changes = [...by].filter(([, change]) => change !== 0);
      if (changes.length === 0) return [];
      return {
        Update: {
          Key: key,
          UpdateExpression: `ADD ${changes.map((_, i) => `#a${i} :a${i}`).join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(changes.map(([name], i) => [`#a${i}`, name])),
          ExpressionAttributeValues: Object.fromEntries(changes.map(([, change], i) => [`:a${i}`, change])),
        },
      };
    });
  }
}

const attributesOf = (counted: ClosingCount): [string, number][] => [
  [attributeOf(counted), 1],
  [INDEXED, 1],
  ...Object.entries(counted.sums).map(([code, sum]): [string, number] => [`w:${code}`, sum]),
];

function attributeOf({ outcome, reasonId }: CountedAs): string {
  if (outcome === "lost") return `l:${reasonId ?? NOT_SPECIFIED}`;
  return outcome === "won" ? "w" : "c";
}

/** Where closed outcomes that are counted together are among the keys of the second index. */
export const countedPlace = (keys: Keys, counted: CountedAs): string =>
  keys.countedClosings(counted.planId, counted.managerId, attributeOf(counted));

/** What the managers of a sales plan closed on these days, both included; without `from` or `to` the range is open. */
export async function closingCounts(
  operations: Operations,
  keys: Keys,
  planId: PlanId,
  from: Day | undefined,
  to: Day | undefined,
): Promise<ClosingCount[]> {
  const managers = new Map<string, Map<string, number>>();
  for await (const { manager, item } of dayRows(operations, keys.closingDays(planId), from, to)) {
    const by = managers.get(manager) ?? new Map<string, number>();
    for (const [name, value] of numbersOf(item)) by.set(name, (by.get(name) ?? 0) + value);
    managers.set(manager, by);
  }
  return [...managers].flatMap(([manager, by]) => closingCountsOf(planId, manager, by));
}

/** How many days and managers are read first: most readers want the latest. */
const FIRST_ROWS = [200, 1_000];

/** The same by day and manager, latest first. */
export async function* closingDays(
  operations: Operations,
  keys: Keys,
  planId: PlanId,
  from: Day | undefined,
  to: Day | undefined,
): AsyncGenerator<ClosingDay> {
  for await (const { day, manager, item } of dayRows(operations, keys.closingDays(planId), from, to, FIRST_ROWS)) {
    const by = new Map(numbersOf(item));
    const counts = closingCountsOf(planId, manager, by);
    const counted = counts.reduce((sum, { count }) => sum + count, 0);
    yield { day: daySchema.parse(day), counts, isIndexed: by.get(INDEXED) === counted };
  }
}

async function* dayRows(
  { table, usage }: Operations,
  partition: string,
  from: Day | undefined,
  to: Day | undefined,
  first: readonly number[] = [],
): AsyncGenerator<{ readonly day: string; readonly manager: string; readonly item: WireItem }> {
  const input = {
    KeyConditionExpression: "pk = :days AND sk BETWEEN :from AND :to",
    // The day is followed by "#", and "$" sorts after "#".
    ExpressionAttributeValues: {
      ":days": { S: partition },
      ":from": { S: from ?? FIRST_DAY },
      ":to": { S: to === undefined ? LAST : `${to}$` },
    },
    ScanIndexForward: false,
    ConsistentRead: true,
  };
  for await (const items of wirePages(table, input, usage, first))
    for (const item of items) {
      const place = String(item["sk"]?.S);
      const length = "2026-11-23".length;
      yield { day: place.slice(0, length), manager: place.slice(length + 1), item };
    }
}

const numbersOf = (item: WireItem): [string, number][] =>
  Object.entries(item).flatMap(([name, { N }]): [string, number][] => (N === undefined ? [] : [[name, Number(N)]]));

function closingCountsOf(planId: PlanId, manager: string, by: ReadonlyMap<string, number>): ClosingCount[] {
  const managerId = managerOfKey(manager);
  const worth: Record<Currency, Minor> = {};
  for (const [name, sum] of by)
    if (name.startsWith("w:") && sum !== 0) worth[currencySchema.parse(name.slice(2))] = minorSum(sum);
  const counted = [...by].flatMap(([name, count]): ClosingCount[] => {
    if (count === 0 || name === INDEXED || name.startsWith("w:")) return [];
    if (name === "w") return [{ planId, managerId, outcome: "won", count, sums: worth }];
    if (name === "c") return [{ planId, managerId, outcome: "cancelled", count, sums: {} }];
    const reasonId = name === `l:${NOT_SPECIFIED}` ? undefined : reasonIdSchema.parse(name.slice(2));
    return [{ planId, managerId, outcome: "lost", reasonId, count, sums: {} }];
  });
  return counted;
}
