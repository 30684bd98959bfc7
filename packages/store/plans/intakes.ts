import { type Deal, type LogEntry, isOpenDeal } from "@regulars/core/plans/deal";
import {
  type DealId,
  type LeadPersonId,
  type PlanId,
  dealIdSchema,
  leadPersonIdSchema,
} from "@regulars/core/plans/ids";
import type { Identity } from "@regulars/core/plans/lead";
import type { LeadPerson } from "@regulars/core/plans/lead-person";
import type { DeliveryKey, Intake, LeadTicket, NewDelivery, StoredDelivery } from "@regulars/core/plans/ports";
import { textHash } from "../content-hash.ts";
import { AUDIENCE_SHARDS, type Key, type keysOf } from "../keys.ts";
import { type NamelessWrite, type Operations, mustBeNew } from "../operations.ts";
import { deliveryKey, putDelivery } from "./deal-writes.ts";
import { deliverySchema } from "./stored.ts";

/** How leads come in: each once, whoever sends it how often. */
export class Intakes {
  readonly #operations: Operations;
  readonly #keys: ReturnType<typeof keysOf>;

  constructor(operations: Operations, keys: ReturnType<typeof keysOf>) {
    this.#operations = operations;
    this.#keys = keys;
  }

  async lookUp(
    key: DeliveryKey | undefined,
    identities: readonly Identity[],
  ): Promise<{ readonly delivery?: StoredDelivery | undefined; readonly owners: (LeadPersonId | undefined)[] }> {
    const idem = key === undefined ? undefined : deliveryKey(this.#keys, key);
    const who = identities.map((identity) => this.#identityKey(identity));
    const found = new Map(
      (await this.#operations.batchGet([...(idem === undefined ? [] : [idem]), ...who])).map((item) => [
        String(item["pk"]),
        item,
      ]),
    );
    const delivery = idem === undefined ? undefined : found.get(idem.pk);
    return {
      delivery: delivery === undefined ? undefined : deliverySchema.parse(delivery),
      owners: who.map(({ pk }) => {
        const item = found.get(pk);
        return item === undefined ? undefined : leadPersonIdSchema.parse(item["personId"]);
      }),
    };
  }

  async openDealOf(personId: LeadPersonId, planId: PlanId): Promise<DealId | undefined> {
    const item = await this.#operations.get(this.#keys.openDeal(personId, planId));
    return item === undefined ? undefined : dealIdSchema.parse(item["dealId"]);
  }

  async openDealsOf(personIds: readonly LeadPersonId[], planId: PlanId): Promise<Map<LeadPersonId, DealId>> {
    const byKey = new Map(personIds.map((personId) => [this.#keys.openDeal(personId, planId).pk, personId]));
    const items = await this.#operations.batchGet([...byKey.values()].map((id) => this.#keys.openDeal(id, planId)));
    return new Map(
      items.flatMap((item) => {
        const personId = byKey.get(String(item["pk"]));
        return personId === undefined ? [] : [[personId, dealIdSchema.parse(item["dealId"])]];
      }),
    );
  }

  /** One transaction: the ticket with its deal to be, the delivery, the person's one open deal of the plan, the person. */
  async save({ ticket, newPerson, newIdentities, delivery }: Intake): Promise<"saved" | "overtaken"> {
    const { personId, createdAt } = ticket.deal;
    const writes: NamelessWrite[] = this.ticketWrites(ticket);
    if (delivery !== undefined) writes.push(putDelivery(this.#keys, delivery, createdAt));
    if (newPerson !== undefined) writes.push(this.#putPerson(newPerson));
    for (const identity of newIdentities)
      writes.push({ Put: { Item: { ...this.#identityKey(identity), personId }, ...mustBeNew } });
    return (await this.#operations.transact(writes)) ? "saved" : "overtaken";
  }

  /** A ticket's row and the row that keeps its person from a second open deal. */
  ticketWrites(ticket: LeadTicket): NamelessWrite[] {
    const { deal } = ticket;
    const writes: NamelessWrite[] = [
      { Put: { Item: { ...this.#keys.ticket(deal.planId, ticket.ticket), ...ticket }, ...mustBeNew } },
    ];
    if (isOpenDeal(deal)) {
      const { personId, planId, dealId, isExtra } = deal;
      const openKey = this.#keys.openDeal(personId, planId, isExtra ? dealId : undefined);
      writes.push({ Put: { Item: { ...openKey, dealId }, ...mustBeNew } });
    }
    return writes;
  }

  noteDuplicate(
    { dealId, personId, planId }: Pick<Deal, "dealId" | "personId" | "planId">,
    note: Omit<LogEntry, "dealId" | "version">,
    delivery: NewDelivery | undefined,
  ): Promise<boolean> {
    return this.#operations.transact([
      {
        ConditionCheck: {
          Key: this.#keys.openDeal(personId, planId),
          ConditionExpression: "dealId = :dealId",
          ExpressionAttributeValues: { ":dealId": dealId },
        },
      },
      { Put: { Item: { ...this.#keys.dealNote(dealId, note.at, note.requestId), ...note, dealId, version: 0 } } },
      ...(delivery === undefined ? [] : [putDelivery(this.#keys, delivery, note.at)]),
    ]);
  }

  #putPerson(person: LeadPerson): NamelessWrite {
    const shard = [...person.personId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % AUDIENCE_SHARDS;
    const index = { g1p: this.#keys.audience(shard), g1s: `${person.createdAt}#${person.personId}` };
    return { Put: { Item: { ...this.#keys.leadPerson(person.personId), ...person, ...index }, ...mustBeNew } };
  }

  #identityKey({ kind, value }: Identity): Key {
    return this.#keys.leadIdentity(kind, textHash(value));
  }
}
