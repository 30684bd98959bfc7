import { localDay } from "@regulars/core/platform/period";
import { type ClosingCount, closingCountOf } from "@regulars/core/deals/closing-count";
import type { ClosedOutcome } from "@regulars/core/deals/deal";
import { type PlanId, reasonIdSchema } from "@regulars/core/platform/ids";
import { type Currency, type Day, type Minor, currencySchema, minorSchema } from "@regulars/core/platform/values";
import { type Key, managerOfKey } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { TransactWrite, Operations } from "../engine/operations.ts";
import { wirePages } from "../engine/wire.ts";
import { LAST } from "./column-range.ts";

/** Stands for no reason: `$` cannot occur in the id of a reason. */
const NOT_SPECIFIED = "$";
const FIRST_DAY = "0";

/**
 * Collects changes of the closing counts: one update for each closing day and manager who closed. Attributes: `w` won,
 * `w:<currency>` their sum, `l:<reason>` lost, `c` cancelled later.
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

function attributesOf({ outcome, reasonId, sums }: ClosingCount): [string, number][] {
  if (outcome === "cancelled") return [["c", 1]];
  if (outcome === "lost") return [[`l:${reasonId ?? NOT_SPECIFIED}`, 1]];
  return [["w", 1], ...Object.entries(sums).map(([code, sum]): [string, number] => [`w:${code}`, sum])];
}

/** What the managers of a sales plan closed on these days, both included; without `from` or `to` the range is open. */
export async function closingCounts(
  { table, usage }: Operations,
  keys: Keys,
  planId: PlanId,
  from: Day | undefined,
  to: Day | undefined,
): Promise<ClosingCount[]> {
  const managers = new Map<string, Map<string, number>>();
  const input = {
    KeyConditionExpression: "pk = :days AND sk BETWEEN :from AND :to",
    // The day is followed by "#", and "$" sorts after "#".
    ExpressionAttributeValues: {
      ":days": { S: keys.closingDays(planId) },
      ":from": { S: from ?? FIRST_DAY },
      ":to": { S: to === undefined ? LAST : `${to}$` },
    },
    ConsistentRead: true,
  };
  for await (const items of wirePages(table, input, usage))
    for (const item of items) {
      const manager = String(item["sk"]?.S).slice("2026-11-23#".length);
      const by = managers.get(manager) ?? new Map<string, number>();
      for (const [name, value] of Object.entries(item))
        if (value.N !== undefined) by.set(name, (by.get(name) ?? 0) + Number(value.N));
      managers.set(manager, by);
    }
  return [...managers].flatMap(([manager, by]) => closingCountsOf(planId, manager, by));
}

function closingCountsOf(planId: PlanId, manager: string, by: ReadonlyMap<string, number>): ClosingCount[] {
  const managerId = managerOfKey(manager);
  const worth: Record<Currency, Minor> = {};
  for (const [name, sum] of by)
    if (name.startsWith("w:") && sum !== 0) worth[currencySchema.parse(name.slice(2))] = minorSchema.parse(sum);
  const counted = [...by].flatMap(([name, count]): ClosingCount[] => {
    if (count === 0 || name.startsWith("w:")) return [];
    if (name === "w") return [{ planId, managerId, outcome: "won", count, sums: worth }];
    if (name === "c") return [{ planId, managerId, outcome: "cancelled", count, sums: {} }];
    const reasonId = name === `l:${NOT_SPECIFIED}` ? undefined : reasonIdSchema.parse(name.slice(2));
    return [{ planId, managerId, outcome: "lost", reasonId, count, sums: {} }];
  });
  return counted;
}
