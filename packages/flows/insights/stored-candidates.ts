import type { Customer } from "@regulars/core/customers/customer";
import { ownerIdOf } from "@regulars/core/customers/list-scope";
import type { FindingAddress } from "@regulars/core/insights/finding";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { CustomerId, Day, UserId } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { wholeFindings } from "./whole-findings.ts";

interface Wanted {
  readonly address?: FindingAddress | undefined;
  readonly customerId?: CustomerId | undefined;
  readonly repId?: UserId | undefined;
}

interface CandidatesInput {
  readonly store: Pick<NightlyStore, "finding" | "findingsAboutStatuses" | "snapshotOf" | "ofRep" | "repsWithFindings">;
  readonly wanted: Wanted;
  /** The users whose findings are listed, with those of nobody; default: everybody's. */
  readonly reps: ReadonlySet<UserId> | undefined;
  readonly users: ReadonlySet<UserId>;
  readonly asOf: Day;
  readonly onUnreadable: OnUnreadable;
}

/**
 * The stored findings that a list may contain: one, a customer's own from their snapshot, or those listed under users.
 * Nothing is read for users without findings.
 */
export async function storedCandidates(input: CandidatesInput): Promise<readonly StoredFinding[]> {
  const { store, wanted, users, asOf, onUnreadable } = input;
  if (wanted.address !== undefined) {
    const one = await store.finding(wanted.address);
    return one === undefined ? [] : [one];
  }
  if (wanted.customerId !== undefined) {
    const snapshot = await store.snapshotOf(wanted.customerId, { asOf }, onUnreadable);
    return snapshot === undefined ? [] : wholeFindings(store, snapshot);
  }
  if (wanted.repId !== undefined) return listedUnder(input, [wanted.repId]);
  const withFindings = (await store.repsWithFindings()) ?? users;
  const { reps = withFindings } = input;
  return listedUnder(input, [...[...reps].filter((userId) => withFindings.has(userId)), undefined]);
}

async function listedUnder(
  { store, onUnreadable }: Pick<CandidatesInput, "store" | "onUnreadable">,
  reps: readonly (UserId | undefined)[],
): Promise<StoredFinding[]> {
  const lists = await mapConcurrent(reps, async (repId) => {
    const list: StoredFinding[] = [];
    for await (const finding of store.ofRep(repId, onUnreadable)) list.push(finding);
    return list;
  });
  return lists.flat();
}

/** A finding under its customer's owner of today, whoever had the customer when it was found. */
export function ofToday(
  finding: StoredFinding,
  customer: Customer | undefined,
  users: { readonly has: (userId: UserId) => boolean },
): StoredFinding {
  if (customer === undefined) return finding;
  return { ...finding, repId: ownerIdOf(customer, (userId) => users.has(userId)) };
}
