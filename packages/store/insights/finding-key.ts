import type { FindingAddress } from "@regulars/core/insights/finding";
import { customerIdOf } from "@regulars/core/insights/subject";
import { markDirty } from "../customers/document-ids.ts";
import type { Key } from "../engine/key.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import { isAboutStatus } from "../snapshots/status-notes.ts";

/** The key of a finding or its dismissal: in the customer's snapshot if there is a customer; about statuses, apart. */
export function findingKey(keys: Keys, part: "finding" | "dismissal", { kind, subject }: FindingAddress): Key {
  const customerId = customerIdOf(subject);
  if (customerId === undefined) return keys.findingWithoutCustomer(part, { kind, subject });
  return part === "finding" && isAboutStatus(subject)
    ? keys.statusFinding(customerId, kind, subject)
    : keys.snapshotPart(customerId, { part, kind, subject });
}

/** What somebody decides on a finding changes its customer, like a change of the profile: lists are evaluated anew. */
export function changeOfReview(keys: Keys, { subject }: FindingAddress): readonly TransactWrite[] {
  const customerId = customerIdOf(subject);
  return customerId === undefined ? [] : [markDirty(keys.changedProfile(customerId))];
}
