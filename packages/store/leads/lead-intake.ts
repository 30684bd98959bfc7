import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { LeadIntake } from "@regulars/core/leads/lead-intake";
import { contentHash } from "../engine/content-hash.ts";
import { type Deal, type LogEntry, dealSchema, isOpenDeal } from "@regulars/core/deals/deal";
import { type DealId, type ContactId, type PlanId, dealIdSchema } from "@regulars/core/platform/ids";
import type { Contact, LearnedDetails } from "@regulars/core/contacts/contact";
import type { FoundLeads, LeadIntakeWrite, LeadLookup } from "@regulars/core/leads/lead-intake";
import type { QueuedLead } from "@regulars/core/leads/queued-lead";
import type { NewIdempotencyRecord } from "@regulars/core/deals/idempotency-record";
import type { ContactIntake } from "@regulars/core/leads/lead-intake";
import type { Instant, UserId } from "@regulars/core/platform/values";
import type { Hmac } from "../contacts/address-secret.ts";
import { identityKey, useIdentity } from "../contacts/identity-rows.ts";
import { type LeadSources, findLeads } from "./lead-lookups.ts";
import { AUDIENCE_SHARDS } from "../contacts/keys.ts";
import type { Key } from "../engine/key.ts";
import type { Keys } from "../keys.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import { type TransactWrite, TRANSACTION_WRITES } from "../engine/transact-write.ts";
import { DirtyBlocks } from "../deals/dirty-blocks.ts";
import { putIdempotencyRecord } from "../deals/deal-writes.ts";

/** Most deals of a contact for which the transaction that changes the contact also marks the board blocks. */
const MOST_MARKED = 40;

/** Stores incoming leads, each once, however often it is sent. */
export class LeadIntakes implements LeadIntake {
  readonly #operations: Operations;
  readonly #keys: Keys;
  readonly #sources: LeadSources;

  constructor(operations: Operations, keys: Keys, sources: LeadSources) {
    this.#operations = operations;
    this.#keys = keys;
    this.#sources = sources;
  }

  fingerprint(payload: unknown): string {
    return contentHash(payload);
  }

  findMany(planId: PlanId, sought: readonly LeadLookup[], managerIds?: readonly UserId[]): Promise<FoundLeads> {
    return findLeads(this.#operations, this.#keys, this.#sources, planId, sought, managerIds);
  }

  async openDealOf(personId: ContactId, planId: PlanId): Promise<DealId | undefined> {
    const item = await this.#operations.get(this.#keys.openDeal(personId, planId));
    return item === undefined ? undefined : dealIdSchema.parse(item["dealId"]);
  }

  async openDealsOf(personIds: readonly ContactId[], planId: PlanId): Promise<Map<ContactId, DealId>> {
    const byKey = new Map(personIds.map((personId) => [this.#keys.openDeal(personId, planId).pk, personId]));
    const items = await this.#operations.batchGet([...byKey.values()].map((id) => this.#keys.openDeal(id, planId)));
    return new Map(
      items.flatMap((item) => {
        const personId = byKey.get(String(item["pk"]));
        return personId === undefined ? [] : [[personId, dealIdSchema.parse(item["dealId"])]];
      }),
    );
  }

  /**
   * Stores leads, each completely or not at all: sequence number, queued lead, idempotency record, the row for the
   * contact's one open deal in the sales plan, and the contact. Leads without common items share a transaction; a lead
   * that was overtaken does not delay the others.
   */
  async save(leadIntakes: readonly LeadIntakeWrite[]): Promise<("saved" | "overtaken")[]> {
    const dirtyBlocks = await Promise.all(
      leadIntakes.map((one) => this.#dirtyBlocksOf(one.queueEntry.deal.personId, one)),
    );
    const hmac = await this.hmac();
    return this.#saveEach(
      leadIntakes.map((leadIntake, i) => [
        this.#queueWrite(leadIntake.queueEntry),
        ...this.intakeWrites(leadIntake, hmac),
        ...(dirtyBlocks[i] ?? []),
      ]),
    );
  }

  /** Stores contacts without a deal, each completely or not at all. */
  async savePersons(persons: readonly ContactIntake[]): Promise<("saved" | "overtaken")[]> {
    const dirtyBlocks = await Promise.all(persons.map((one) => this.#dirtyBlocksOf(one.personId, one)));
    const hmac = await this.hmac();
    return this.#saveEach(persons.map((person, i) => [...this.personWrites(person, hmac), ...(dirtyBlocks[i] ?? [])]));
  }

  /**
   * Marks the board blocks of a contact's deals when the contact's data changed, so that searches find the new values.
   */
  async #dirtyBlocksOf(personId: ContactId, { learned }: Pick<ContactIntake, "learned">): Promise<TransactWrite[]> {
    if (learned === undefined) return [];
    const dealIds = new Set<DealId>();
    for await (const item of this.#operations.partition(this.#keys.contact(personId).pk)) {
      if (item["dealId"] !== undefined) dealIds.add(dealIdSchema.parse(item["dealId"]));
      if (dealIds.size === MOST_MARKED) break;
    }
    const dirtyBlocks = new DirtyBlocks();
    for (const item of await this.#operations.batchGet([...dealIds].map((dealId) => this.#keys.deal(dealId)))) {
      const { dealId, planId } = rowAs(dealSchema, item);
      dirtyBlocks.note({ dealId, planId });
    }
    return dirtyBlocks.writes(this.#keys);
  }

  async #saveEach(pieces: readonly (readonly TransactWrite[])[]): Promise<("saved" | "overtaken")[]> {
    const outcomes = pieces.map((): "saved" | "overtaken" => "overtaken");
    let left: PiecedWrites[] = pieces.map((writes, at) => ({ at, writes }));
    while (left.length > 0) {
      const { group, rest } = apart(left);
      const overtaken = await this.#saveGroup(group);
      for (const one of group) if (!overtaken.has(one)) outcomes[one.at] = "saved";
      left = rest;
    }
    return outcomes;
  }

  async #saveGroup<G extends { readonly writes: readonly TransactWrite[] }>(group: readonly G[]): Promise<Set<G>> {
    const overtaken = new Set<G>();
    let trying = group;
    while (trying.length > 0) {
      const owner = trying.flatMap((one) => one.writes.map(() => one));
      const failed = await this.#operations.transactOrFailed(trying.flatMap(({ writes }) => writes));
      if (failed.length === 0) return overtaken;
      for (const at of failed) {
        const one = owner[at];
        if (one !== undefined) overtaken.add(one);
      }
      trying = trying.filter((one) => !overtaken.has(one));
    }
    return overtaken;
  }

  /** What a lead writes besides its queue entry or its deal: who sent it and who it is. */
  intakeWrites({ queueEntry, idempotencyRecord, ...contact }: LeadIntakeWrite, hmac: Hmac): TransactWrite[] {
    const { personId, createdAt } = queueEntry.deal;
    const writes = this.#openDealWrites(queueEntry);
    if (idempotencyRecord !== undefined) writes.push(putIdempotencyRecord(this.#keys, idempotencyRecord, createdAt));
    writes.push(...this.personWrites({ ...contact, personId }, hmac));
    return writes;
  }

  /** What identities are stored as. */
  hmac(): Promise<Hmac> {
    return this.#sources.addresses.hmac();
  }

  /** Writes of a new contact, or of new data of a known one, and of the identities that are added to them. */
  personWrites({ personId, newPerson, learned, newIdentities }: ContactIntake, hmac: Hmac): TransactWrite[] {
    const writes: TransactWrite[] = newIdentities.map((identity) =>
      useIdentity(identityKey(this.#keys, hmac, identity), personId),
    );
    if (newPerson !== undefined) return [this.#putPerson(newPerson), ...writes];
    return learned === undefined ? writes : [this.#fillIn(personId, learned), ...writes];
  }

  #fillIn(personId: ContactId, learned: LearnedDetails): TransactWrite {
    const given = Object.entries(learned).filter(([, value]) => value !== undefined);
    return {
      Update: {
        Key: this.#keys.contact(personId),
        UpdateExpression: `SET ${given.map((_, i) => `#l${i} = if_not_exists(#l${i}, :l${i})`).join(", ")}`,
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeNames: Object.fromEntries(given.map(([name], i) => [`#l${i}`, name])),
        ExpressionAttributeValues: Object.fromEntries(given.map(([, value], i) => [`:l${i}`, value])),
      },
    };
  }

  /** A queued lead's row, and the row that prevents a second open deal of the contact. */
  queueWrites(queueEntry: QueuedLead): TransactWrite[] {
    return [this.#queueWrite(queueEntry), ...this.#openDealWrites(queueEntry)];
  }

  #queueWrite(queueEntry: QueuedLead): TransactWrite {
    const key = this.#keys.sequence(queueEntry.deal.planId, queueEntry.sequence);
    return { Put: { Item: { ...key, ...queueEntry }, ...mustBeNew } };
  }

  #openDealWrites({ deal }: QueuedLead): TransactWrite[] {
    if (!isOpenDeal(deal)) return [];
    const { personId, planId, dealId, isExtra } = deal;
    const openKey = this.#keys.openDeal(personId, planId, isExtra ? dealId : undefined);
    return [{ Put: { Item: { ...openKey, dealId }, ...mustBeNew } }];
  }

  noteDuplicate(
    { dealId, personId, planId }: Pick<Deal, "dealId" | "personId" | "planId">,
    note: Omit<LogEntry, "dealId" | "version">,
    {
      idempotencyRecord,
      isLearned,
    }: { readonly idempotencyRecord: NewIdempotencyRecord | undefined; readonly isLearned: boolean },
  ): Promise<boolean> {
    const dirtyBlocks = new DirtyBlocks();
    if (isLearned) dirtyBlocks.note({ dealId, planId });
    return this.#operations.transact([
      {
        ConditionCheck: {
          Key: this.#keys.openDeal(personId, planId),
          ConditionExpression: "dealId = :dealId",
          ExpressionAttributeValues: { ":dealId": dealId },
        },
      },
      { Put: { Item: { ...this.#keys.dealNote(dealId, note.at, note.requestId), ...note, dealId, version: 0 } } },
      ...(idempotencyRecord === undefined ? [] : [putIdempotencyRecord(this.#keys, idempotencyRecord, note.at)]),
      ...dirtyBlocks.writes(this.#keys),
    ]);
  }

  noteIdempotencyRecord(idempotencyRecord: NewIdempotencyRecord, at: Instant): Promise<boolean> {
    return this.#operations.transact([putIdempotencyRecord(this.#keys, idempotencyRecord, at)]);
  }

  #putPerson(person: Contact): TransactWrite {
    const shard = [...person.personId].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % AUDIENCE_SHARDS;
    const index = { g1p: this.#keys.audience(shard), g1s: `${person.createdAt}#${person.personId}` };
    return { Put: { Item: { ...this.#keys.contact(person.personId), ...person, ...index }, ...mustBeNew } };
  }
}

interface PiecedWrites {
  readonly at: number;
  readonly writes: readonly TransactWrite[];
}

/** The first elements that fit into one transaction without writing an item twice, which DynamoDB refuses. */
function apart(all: readonly PiecedWrites[]): { readonly group: PiecedWrites[]; readonly rest: PiecedWrites[] } {
  const touched = new Set<string>();
  const [group, rest]: [PiecedWrites[], PiecedWrites[]] = [[], []];
  for (const one of all) {
    const places = one.writes.map(placeOf);
    const fits = touched.size + places.length <= TRANSACTION_WRITES && !places.some((place) => touched.has(place));
    (fits ? group : rest).push(one);
    if (fits) for (const place of places) touched.add(place);
  }
  return { group, rest };
}

const placeOf = (write: TransactWrite): string => {
  const { pk, sk } = "Put" in write ? write.Put.Item : keyOf(write);
  return `${pk} ${sk}`;
};

function keyOf(write: Exclude<TransactWrite, { readonly Put: unknown }>): Key {
  if ("Delete" in write) return write.Delete.Key;
  return "Update" in write ? write.Update.Key : write.ConditionCheck.Key;
}
