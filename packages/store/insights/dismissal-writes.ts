import type { Dismissal } from "@regulars/core/insights/dismissal";
import type { FindingAddress } from "@regulars/core/insights/finding";
import { type StoredFinding, storedFindingSchema } from "@regulars/core/insights/stored-finding";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import { isAboutStatus, isAsRead, statusNotesOf, writeNotes } from "../snapshots/status-notes.ts";
import { changeOfReview, findingKey } from "./finding-key.ts";

/** A finding about a status, of which its customer has a note; `undefined` of any other. */
export async function notedFinding(
  operations: Operations,
  keys: Keys,
  address: FindingAddress,
): Promise<StoredItem | undefined> {
  return isAboutStatus(address.subject) ? operations.get(findingKey(keys, "finding", address)) : undefined;
}

/** What somebody decides on an episode: nothing else of the finding is changed. */
type Decided = FindingAddress &
  Pick<StoredFinding, "episode" | "state" | "reachedOn"> & { readonly dismissal: Dismissal | undefined };

interface Condition {
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * The writes that dismiss a finding, or take that back. What a nightly run changes of the finding meanwhile stays; one
 * that is `noted` must still be as it was read, because the note says all of it. They fail when a nightly run has
 * resolved the finding, or found another episode.
 */
export function dismissalWrites(
  keys: Keys,
  { episode, state, reachedOn, dismissal, ...finding }: Decided,
  noted: StoredItem | undefined,
  more?: Condition,
): readonly TransactWrite[] {
  const asRead = noted === undefined ? undefined : isAsRead(noted);
  const decided = Object.entries({ reachedOn, dismissal });
  const set = decided.filter(([, value]) => value !== undefined);
  const removed = decided.flatMap(([name, value]) => (value === undefined ? [name] : []));
  const key = findingKey(keys, "dismissal", finding);
  return [
    dismissal === undefined ? { Delete: { Key: key } } : { Put: { Item: { ...key, ...dismissal } } },
    {
      Update: {
        Key: findingKey(keys, "finding", finding),
        UpdateExpression: [
          `SET ${["#state = :state", ...set.map(([name]) => `${name} = :${name}`)].join(", ")}`,
          ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(", ")}`]),
        ].join(" "),
        ConditionExpression: ["episode = :episode", more?.condition, asRead?.condition]
          .filter((one) => one !== undefined)
          .join(" AND "),
        ExpressionAttributeNames: { "#state": "state", ...more?.names, ...asRead?.names },
        ExpressionAttributeValues: {
          ":state": state,
          ":episode": episode,
          ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
          ...more?.values,
          ...asRead?.values,
        },
      },
    },
    ...(noted === undefined
      ? []
      : writeNotes(keys, statusNotesOf({ ...storedFindingSchema.parse(noted), state, reachedOn, dismissal }))),
    ...changeOfReview(keys, finding),
  ];
}
