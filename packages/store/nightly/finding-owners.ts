import { isDeepStrictEqual } from "node:util";
import type { Customer } from "@regulars/core/customers/customer";
import { storedFindingSchema } from "@regulars/core/insights/stored-finding";
import { ownerIdOf } from "@regulars/core/customers/list-scope";
import { type CustomerId, type UserId, userIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import { isAsRead, statusNotesOf, writeNotes } from "../snapshots/status-notes.ts";

const repsSchema = z.object({
  reps: z.set(z.string()).optional(),
  isWhole: z.boolean().optional(),
  hasOthers: z.boolean().optional(),
});

interface Owners {
  readonly profiles: (customerIds: readonly CustomerId[]) => Promise<ReadonlyMap<CustomerId, Customer>>;
  readonly users: () => Promise<readonly { readonly userId: UserId }[]>;
}

/**
 * Under which users findings are listed. A finding moves to its customer's new owner with the change of the customer. The
 * users with findings are kept as a set, so that a list of everybody's asks for theirs and not for every user's.
 */
export class FindingOwners {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #owners: Owners;
  /** Users of whom this process knows that they are in the set. */
  readonly #noted = new Set<UserId>();
  #othersNoted = false;

  constructor(operations: Operations, keys: Keys, owners: Owners) {
    this.#operations = operations;
    this.#keys = keys;
    this.#owners = owners;
  }

  /**
   * The users with findings; `undefined` until a nightly run has read all of them, and once there has been a finding
   * without a customer: no nightly run meets it.
   */
  async reps(): Promise<ReadonlySet<UserId> | undefined> {
    const {
      reps = new Set(),
      isWhole,
      hasOthers,
    } = repsSchema.parse((await this.#operations.get(this.#keys.findingReps())) ?? {});
    return isWhole === true && hasOthers !== true
      ? new Set([...reps].map((userId) => userIdSchema.parse(userId)))
      : undefined;
  }

  /** Notes users before findings are listed under them. */
  async note(reps: readonly (UserId | undefined)[]): Promise<void> {
    const fresh = new Set(reps.filter((userId) => userId !== undefined && !this.#noted.has(userId)));
    if (fresh.size === 0) return;
    await this.#operations.update({
      Key: this.#keys.findingReps(),
      UpdateExpression: "ADD reps :fresh",
      ExpressionAttributeValues: { ":fresh": fresh },
    });
    for (const userId of fresh) if (userId !== undefined) this.#noted.add(userId);
  }

  /** Notes that there are findings without a customer, before one is stored. */
  async noteOthers(): Promise<void> {
    if (this.#othersNoted) return;
    await this.#operations.update({
      Key: this.#keys.findingReps(),
      UpdateExpression: "SET hasOthers = :yes",
      ExpressionAttributeValues: { ":yes": true },
    });
    this.#othersNoted = true;
  }

  /** Notes the users with findings; `isWhole` says that there are no others. */
  async keep(reps: readonly (UserId | undefined)[], isWhole: boolean): Promise<void> {
    const known = await this.reps();
    for (const userId of known ?? []) this.#noted.add(userId);
    await this.note(reps);
    if (known !== undefined || !isWhole) return;
    await this.#operations.update({
      Key: this.#keys.findingReps(),
      UpdateExpression: "SET isWhole = :yes",
      ConditionExpression: "attribute_not_exists(isWhole)",
      ExpressionAttributeValues: { ":yes": true },
    });
  }

  /** Lists the findings of customers under their owners of today. */
  async follow(customerIds: readonly CustomerId[]): Promise<void> {
    if (customerIds.length === 0) return;
    const [profiles, users] = await Promise.all([this.#owners.profiles(customerIds), this.#owners.users()]);
    const known = new Set(users.map(({ userId }) => userId));
    for (const customerId of customerIds)
      await this.#move(
        customerId,
        ownerIdOf(profiles.get(customerId) ?? {}, (userId) => known.has(userId)),
      );
  }

  async #move(customerId: CustomerId, repId: UserId | undefined): Promise<void> {
    const moved: StoredItem[] = [];
    const { pk: own, prefix } = this.#keys.snapshot(customerId);
    for (const pk of [own, this.#keys.statusFindings(customerId)])
      for await (const item of this.#operations.partition(pk, `${prefix}F#`))
        if (item["repId"] !== repId) moved.push(item);
    if (moved.length === 0) return;
    await this.note([repId]);
    for (const item of moved) await this.#moveItem(item, { repId, isNoted: item["pk"] !== own });
  }

  /** One that a nightly run has written meanwhile is read again; one that it has removed is left alone. */
  async #moveItem(
    item: StoredItem,
    to: { readonly repId: UserId | undefined; readonly isNoted: boolean },
  ): Promise<void> {
    const { repId, isNoted } = to;
    const Key = { pk: String(item["pk"]), sk: String(item["sk"]) };
    // Where an earlier version stored one about a status, nothing is noted of it yet.
    const asRead = isNoted ? isAsRead(item) : undefined;
    // One that cannot be read is listed under its owner all the same.
    const finding = isNoted ? storedFindingSchema.safeParse(item).data : undefined;
    const isDone = await this.#operations.transact([
      {
        Update: {
          Key,
          UpdateExpression: repId === undefined ? "SET g1p = :list REMOVE repId" : "SET g1p = :list, repId = :rep",
          ConditionExpression: asRead?.condition ?? "attribute_exists(pk)",
          ...(asRead === undefined ? {} : { ExpressionAttributeNames: asRead.names }),
          ExpressionAttributeValues: {
            ":list": this.#keys.repFindings(repId),
            ...(repId === undefined ? {} : { ":rep": repId }),
            ...asRead?.values,
          },
        },
      },
      ...(finding === undefined ? [] : writeNotes(this.#keys, statusNotesOf({ ...finding, repId }))),
    ]);
    if (isDone || !isNoted) return;
    const now = await this.#operations.get(Key);
    if (now !== undefined && !isDeepStrictEqual(now, item)) await this.#moveItem(now, to);
  }
}
