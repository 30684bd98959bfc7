import type { Customer } from "@regulars/core/customers/customer";
import { isRewind } from "@regulars/core/monitors/due-customer";
import type { EvaluatedCustomer, StatusTurn } from "@regulars/core/monitors/evaluate-customer";
import { type FormerStatuses, ownerOf } from "@regulars/core/monitors/held-status";
import { ownerIdOf } from "@regulars/core/monitors/owner";
import type { Day } from "@regulars/core/platform/values";
import type { StatusContext } from "./status-context.ts";

interface Known {
  readonly customer: Pick<Customer, "customerId">;
  readonly before: FormerStatuses | undefined;
  readonly asOf: Day;
  /** Of the stored values. */
  readonly revision: number;
}

type Turned = Pick<EvaluatedCustomer, "values" | "turns">;
type Entry = Pick<StatusTurn, "statusId" | "owner" | "since">;

/**
 * Numbers what was entered for the second or a later time on its day, so that the log and the webhooks have each by a
 * name of its own. Only a day that was settled before can have such; what this revision has written itself, before its
 * process ended, is found again and keeps its number.
 */
export async function numberTurns(
  { books, store }: Pick<StatusContext, "books" | "store">,
  { values, turns }: Turned,
  { customer, before, asOf, revision }: Known,
): Promise<Turned> {
  // A run that is put back finds what was told before.
  if (before === undefined || isRewind(before, asOf)) return { values, turns };
  const numbers = new Map<StatusTurn, number>();
  for (const turn of turns) {
    if (turn.type !== "entered" || turn.on > before.settledOn) continue;
    // One that was never settled has no line yet.
    const isNew = !before.settled.includes(turn.statusId) && books.monitors.get(turn.statusId)?.resumedIn === undefined;
    if (isNew) continue;
    let times = 1;
    for await (const line of store.statuses.statusLog(customer.customerId, turn.on))
      if (line.revision !== revision && line.type === "entered" && isSame(line, turn)) times += 1;
    if (times > 1) numbers.set(turn, times);
  }
  if (numbers.size === 0) return { values, turns };
  const nthOf = (one: Entry) => [...numbers].find(([entered]) => isSame(entered, one))?.[1];
  return {
    turns: turns.map((turn) => withNth(turn, nthOf(turn))),
    values: {
      ...values,
      held: values.held.map((one) => withNth(one, nthOf({ ...one, owner: ownerOf(one, customer) }))),
    },
  };
}

const withNth = <T extends object>(one: T, nth: number | undefined): T => (nth === undefined ? one : { ...one, nth });

const isSame = (a: Entry, b: Entry): boolean =>
  a.statusId === b.statusId &&
  a.since === b.since &&
  a.owner.type === b.owner.type &&
  ownerIdOf(a.owner) === ownerIdOf(b.owner);
