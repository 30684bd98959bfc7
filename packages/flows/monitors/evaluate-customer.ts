import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import { type AgendaEntry, agendaCheck, withNote } from "@regulars/core/monitors/agenda";
import { basisOf, isDue, isSettledLater } from "@regulars/core/monitors/due-customer";
import { type EvaluatedCustomer, evaluateStatuses, isSameForPeople } from "@regulars/core/monitors/evaluate-customer";
import type { MonitoredCustomer } from "@regulars/core/monitors/monitored-owners";
import type { FindingState } from "@regulars/core/monitors/snapshot-facts";
import { CustomerFault, orCustomerFault } from "@regulars/core/nightly/night-watch";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { type Day, toDayNumber } from "@regulars/core/platform/values";
import type { HeldStatus, StatusValues } from "@regulars/core/snapshots/status-values";
import { followTurns, handOver, turnsToFollow } from "./follow-turns.ts";
import { ourContactAt } from "./our-contact.ts";
import { numberTurns } from "./number-turns.ts";
import { type StatusContext, personsFor } from "./status-context.ts";

const MAX_ROUNDS = 5;

/** The statuses that hold after an evaluation, and which monitors failed. */
export interface SettledCustomer {
  readonly held: readonly HeldStatus[];
  readonly isWritten: boolean;
  readonly failed: EvaluatedCustomer["failed"];
}

interface Options {
  /** Settles only customers that are due (`isDue`). */
  readonly onlyDue?: boolean;
  /** Statuses that wait for their regeneration: they keep their old values. */
  readonly pending?: ReadonlySet<string> | undefined;
}

/**
 * Settles the statuses of a customer, its persons and projects, and saves them if anybody would see a difference: a
 * status that turned, or another text. The log is written with them, follow-ups after them: until that is done the values
 * name their turns, so that whoever settles the customer next does what a process that ended has left. Throws a
 * `CustomerFault` if the data cannot be evaluated; then nothing is saved.
 */
export async function settleCustomer(
  context: StatusContext,
  snapshot: CustomerSnapshot,
  findings: readonly FindingState[],
  asOf: Day,
  options: Options = {},
): Promise<SettledCustomer> {
  const { onlyDue = false, pending } = options;
  const { books, store, now, isPublished, watchedOn } = context;
  const { customer } = snapshot;
  const contact = ourContactAt(context, customer);
  const given: Omit<MonitoredCustomer, "before"> = {
    snapshot,
    findings: findings.filter(({ kind }) => context.kinds.has(kind)),
    persons: await orCustomerFault(personsFor(context, customer)),
    contactName: contact.name,
  };
  const { agenda } = context;
  const { customerId } = customer;
  const basis = orFault(() => basisOf(given, books));
  const note = await agenda.of(customerId);
  let stored = snapshot.statuses;
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const isDone = onlyDue && !orFault(() => isDue(given, { stored, note }, { basis, books, asOf }));
    if (isDone) {
      const entry = note ?? (stored.values && entryOf(stored.values, stored.revision));
      if (entry !== undefined) agenda.note(customerId, entry, { isKnown: true });
      return { held: stored.values?.held ?? [], isWritten: false, failed: new Map() };
    }
    const before = withNote(stored.values, note, { asOf, monitors: books.monitors });
    if (before !== undefined && isSettledLater(before, asOf)) {
      // Settled for a later day already (a missed night, another zone, a late run): what has changed counts on that
      // day.
      const { settledOn } = before;
      const later = await store.nightly.snapshotOf(customerId, { asOf: settledOn }, () => undefined);
      if (later === undefined) return { held: before.held, isWritten: false, failed: new Map() };
      return settleCustomer(context, later, findings, settledOn, options);
    }
    const evaluated = orFault(() =>
      evaluateStatuses({ ...given, before }, books, asOf, { pending, lastNight: watchedOn }),
    );
    const { failed, owners } = evaluated;
    const known = { customer, before, asOf, revision: stored.revision };
    const { values, turns } = await numberTurns(context, evaluated, known);
    const userId = contact.responsible?.userId;
    const unfollowed = stored.values?.toFollow;
    if (stored.values !== undefined && unfollowed !== undefined)
      await followTurns(context, given, { turns: unfollowed, userId, asOf: stored.values.settledOn });
    const isChanged = stored.values?.basis !== basis && note?.check !== agendaCheck(basis, stored.revision);
    if (isChanged) await handOver(context, customer, stored.values?.held ?? [], contact.responsible);
    if (turns.length === 0 && unfollowed === undefined && isSameForPeople(before, values)) {
      agenda.note(customerId, entryOf(values, stored.revision, owners), { failed: failed.keys(), isKnown: false });
      return { held: values.held, isWritten: false, failed };
    }
    const toFollow = await turnsToFollow(context, turns, values.held);
    const isFollowed = toFollow.length === 0;
    const saved = { customerId, values: isFollowed ? values : { ...values, toFollow }, turns, at: now, isPublished };
    if (await store.statuses.saveStatuses({ ...saved, revision: stored.revision })) {
      const revision = stored.revision + 1;
      if (!isFollowed) {
        await followTurns(context, given, { turns: toFollow, userId, asOf });
        // Whoever has saved since has found the same follow-ups.
        await store.statuses.saveStatuses({ ...saved, values, turns: [], revision });
      }
      agenda.note(customerId, entryOf(values, isFollowed ? revision : revision + 1, owners), {
        failed: failed.keys(),
        // The stored values do not list the persons and projects that were settled.
        isKnown: owners.size === (note?.owners?.size ?? 0),
      });
      return { held: values.held, isWritten: true, failed };
    }
    stored = await store.statuses.statusesOf(customerId);
  }
  throw new ContentionError(`the statuses of ${customerId} keep being changed by others: try again`);
}

/** What is computed of a customer's data and fails is a fault of the data: no other customer has it. */
function orFault<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    throw new CustomerFault(`statuses: ${String(error)}`, { cause: error });
  }
}

/** What is settled, and `undefined` for a customer whose data cannot be evaluated: the others are. */
export async function orPassedOver(settling: Promise<SettledCustomer>): Promise<SettledCustomer | undefined> {
  try {
    return await settling;
  } catch (error) {
    if (error instanceof CustomerFault) return undefined;
    throw error;
  }
}

/** What the agenda keeps of values: valid until the data or the stored values change. */
const entryOf = (
  { basis, nextChangeOn }: StatusValues,
  revision: number,
  owners?: AgendaEntry["owners"],
): AgendaEntry => ({
  check: agendaCheck(basis, revision),
  owners,
  ...(nextChangeOn === undefined ? {} : { nextChangeOn: toDayNumber(nextChangeOn) }),
});
