import type { Evidence } from "@regulars/core/plans/assignment";
import { type LeadPersonId, dealIdSchema } from "@regulars/core/plans/ids";
import type { LeadPerson } from "@regulars/core/plans/lead-person";
import { type Instant, type UserId, userIdSchema } from "@regulars/core/values";
import { AUDIENCE_SHARDS, type keysOf } from "../keys.ts";
import type { Operations, StoredItem } from "../operations.ts";
import type { Deals } from "./deals.ts";
import { leadPersonSchema } from "./stored.ts";

/** The newest of each kind that evidence looks at. */
const MOST_EVIDENCE = 20;

/** Persons known as leads, and what is known of whom they had to do with. */
export class LeadPersons {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;
  readonly #deals: Deals;

  constructor(operations: Operations, keys: ReturnType<typeof keysOf>, deals: Deals) {
    this.#operations = operations;
    this.#keys = keys;
    this.#deals = deals;
  }

  async person(personId: LeadPersonId): Promise<LeadPerson | undefined> {
    const item = await this.#operations.get(this.#keys.leadPerson(personId));
    return item === undefined ? undefined : leadPersonSchema.parse(item);
  }

  setOwner(personId: LeadPersonId, ownerId: UserId | undefined): Promise<boolean> {
    return this.#operations.update({
      Key: this.#keys.leadPerson(personId),
      UpdateExpression: ownerId === undefined ? "REMOVE ownerId" : "SET ownerId = :owner",
      ConditionExpression: "attribute_exists(pk)",
      ...(ownerId === undefined ? {} : { ExpressionAttributeValues: { ":owner": ownerId } }),
    });
  }

  async noteActivity(
    personId: LeadPersonId,
    {
      at,
      id,
      userId,
      type,
    }: { readonly at: Instant; readonly userId: UserId; readonly type: string; readonly id: string },
  ): Promise<boolean> {
    return this.#operations.transact([
      { ConditionCheck: { Key: this.#keys.leadPerson(personId), ConditionExpression: "attribute_exists(pk)" } },
      { Put: { Item: { ...this.#keys.leadActivity(personId, at, id), userId, type, at } } },
    ]);
  }

  /** Managers a person had to do with, strongest first: owner, open deals, closed deals, activities, each newest first (sales-plans.md 5.1). */
  async evidenceOf(personId: LeadPersonId): Promise<Evidence[]> {
    const pk = this.#keys.leadPersonPartition(personId);
    const [person, open, closed, activities] = await Promise.all([
      this.#operations.get(this.#keys.leadPerson(personId)),
      this.#newest(pk, "OPEN#"),
      this.#newest(pk, "DONE#"),
      this.#newest(pk, "ACT#"),
    ]);
    const deals = await this.#deals.deals(open.map((item) => dealIdSchema.parse(item["dealId"])));
    const newestDeals = [...deals.values()].toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    const owner = person === undefined ? undefined : leadPersonSchema.parse(person).ownerId;
    return [
      ...(owner === undefined ? [] : [{ kind: "owner", userId: owner } as const]),
      ...newestDeals.flatMap(({ managerId }) =>
        managerId === undefined ? [] : [{ kind: "open-deal", userId: managerId } as const],
      ),
      ...closed.map((item) => ({ kind: "closed-deal", userId: userIdSchema.parse(item["managerId"]) }) as const),
      ...activities.map((item) => ({ kind: "activity", userId: userIdSchema.parse(item["userId"]) }) as const),
    ];
  }

  async #newest(pk: string, prefix: string): Promise<StoredItem[]> {
    const items: StoredItem[] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: MOST_EVIDENCE,
    })) {
      items.push(item);
      if (items.length === MOST_EVIDENCE) break;
    }
    return items;
  }

  /** Everybody known as a lead. */
  async *audience(): AsyncGenerator<LeadPerson> {
    for (let shard = 0; shard < AUDIENCE_SHARDS; shard += 1)
      for await (const item of this.#operations.query({
        IndexName: "gsi1",
        KeyConditionExpression: "g1p = :audience",
        ExpressionAttributeValues: { ":audience": this.#keys.audience(shard) },
      }))
        yield leadPersonSchema.parse(item);
  }
}
