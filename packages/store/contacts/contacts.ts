import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { writesOf } from "../engine/companion-writes.ts";
import type { ContactStore } from "@regulars/core/leads/contact-store";
import type { OwnershipEvidence } from "@regulars/core/assignment/assignment";
import type { Deal } from "@regulars/core/deals/deal";
import { type DealId, type ContactId, type PlanId, dealIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import type { CustomerPersons } from "./customer-persons.ts";
import { type Contact, type ContactAtCustomer, contactSchema } from "@regulars/core/contacts/contact";
import { type Instant, type UserId, userIdSchema } from "@regulars/core/platform/values";
import { AUDIENCE_SHARDS } from "./keys.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import type { StoredItem } from "../engine/own-write.ts";

/** Most deals and activities of a contact that ownership evidence considers. */
const MOST_EVIDENCE = 100;

/** Compares by creation time, then by sequence number. */
function newestFirst(a: Deal, b: Deal): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1;
  return (b.sequence ?? 0) - (a.sequence ?? 0);
}

/** What contacts are read together with. */
interface Readers {
  readonly deals: { readonly deals: (dealIds: readonly DealId[]) => Promise<ReadonlyMap<DealId, Deal>> };
  readonly customerPersons: Pick<CustomerPersons, "customerOf">;
}

/** Contacts, and the evidence of which managers they had contact with. */
export class ContactTable implements ContactStore {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #deals: Readers["deals"];
  readonly #customerPersons: Readers["customerPersons"];

  constructor(operations: Operations, keys: Keys, { deals, customerPersons }: Readers) {
    this.#operations = operations;
    this.#keys = keys;
    this.#deals = deals;
    this.#customerPersons = customerPersons;
  }

  async person(personId: ContactId): Promise<Contact | undefined> {
    const item = await this.#operations.get(this.#keys.contact(personId));
    return item === undefined ? undefined : rowAs(contactSchema, item);
  }

  async atCustomer(personId: ContactId): Promise<ContactAtCustomer | undefined> {
    const contact = await this.person(personId);
    if (contact?.customerPersonId === undefined) return contact && { contact };
    return { contact, customerId: await this.#customerPersons.customerOf(contact.customerPersonId) };
  }

  async persons(personIds: readonly ContactId[]): Promise<Map<ContactId, Contact>> {
    const wanted = [...new Set(personIds)].map((personId) => this.#keys.contact(personId));
    const items = await this.#operations.batchGet(wanted, false);
    return new Map(items.map((item) => rowAs(contactSchema, item)).map((person) => [person.personId, person]));
  }

  async openPlansOf(personId: ContactId): Promise<PlanId[]> {
    const plans = new Set<PlanId>();
    for await (const { sk } of this.#operations.partition(this.#keys.contactPartition(personId), "OPEN#"))
      plans.add(planIdSchema.parse(String(sk).split("#")[1]));
    return [...plans];
  }

  setOwner(personId: ContactId, ownerId: UserId | undefined, companion?: CompanionWrites): Promise<boolean> {
    const Update = {
      Key: this.#keys.contact(personId),
      UpdateExpression: ownerId === undefined ? "REMOVE ownerId" : "SET ownerId = :owner",
      ConditionExpression: "attribute_exists(pk)",
      ...(ownerId === undefined ? {} : { ExpressionAttributeValues: { ":owner": ownerId } }),
    };
    return this.#operations.transact([{ Update }, ...writesOf(companion)]);
  }

  async noteActivity(
    personId: ContactId,
    {
      at,
      id,
      userId,
      type,
    }: { readonly at: Instant; readonly userId: UserId; readonly type: string; readonly id: string },
    companion?: CompanionWrites,
  ): Promise<boolean> {
    return this.#operations.transact([
      { ConditionCheck: { Key: this.#keys.contact(personId), ConditionExpression: "attribute_exists(pk)" } },
      { Put: { Item: { ...this.#keys.contactActivity(personId, at, id), userId, type, at } } },
      ...writesOf(companion),
    ]);
  }

  /**
   * Managers a contact had contact with, strongest evidence first: owner, open deals, closed deals, activities, each
   * newest first (docs/reference/sales-plans.md 5.1).
   */
  async evidenceOf(personId: ContactId): Promise<OwnershipEvidence[]> {
    const rows = Map.groupBy(await this.#newest(personId), ({ sk }) => String(sk).split("#", 1)[0]);
    const open = (rows.get("OPEN") ?? []).map((item) => dealIdSchema.parse(item["dealId"]));
    const deals = open.length === 0 ? [] : [...(await this.#deals.deals(open)).values()];
    const managers = deals
      .toSorted(newestFirst)
      .map(({ managerId }) => managerId)
      .filter((userId) => userId !== undefined);
    const usersOf = (part: string, name: string): UserId[] =>
      (rows.get(part) ?? []).filter((item) => item[name] !== undefined).map((item) => userIdSchema.parse(item[name]));
    return [
      ...usersOf("PERSON", "ownerId").map((userId) => ({ kind: "owner", userId }) as const),
      ...managers.map((userId) => ({ kind: "open-deal", userId }) as const),
      ...usersOf("DONE", "managerId").map((userId) => ({ kind: "closed-deal", userId }) as const),
      ...usersOf("ACT", "userId").map((userId) => ({ kind: "activity", userId }) as const),
    ];
  }

  /**
   * A contact's rows in descending sort key order: the contact, open deals, closed deals and activities, each newest
   * first.
   */
  async #newest(personId: ContactId): Promise<StoredItem[]> {
    const items: StoredItem[] = [];
    for await (const item of this.#operations.query({
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": this.#keys.contactPartition(personId) },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: MOST_EVIDENCE,
    })) {
      items.push(item);
      if (items.length === MOST_EVIDENCE) break;
    }
    return items;
  }

  /** Every contact. */
  async *audience(): AsyncGenerator<Contact> {
    for (let shard = 0; shard < AUDIENCE_SHARDS; shard += 1)
      for await (const item of this.#operations.query({
        IndexName: "gsi1",
        KeyConditionExpression: "g1p = :audience",
        ExpressionAttributeValues: { ":audience": this.#keys.audience(shard) },
      }))
        yield rowAs(contactSchema, item);
  }
}
