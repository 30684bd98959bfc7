import { ownerTypes } from "@regulars/core/monitors/owner";
import type { FollowUpCause } from "@regulars/core/monitors/follow-up";
import { contactIdSchema, dealIdSchema, operationIdSchema } from "@regulars/core/platform/ids";
import { idOfKey } from "@regulars/core/platform/id-text";
import { type CustomerId, personIdSchema } from "@regulars/core/platform/values";
import type { DocumentFamily } from "../customers/keys.ts";
import { type Key, shardOf } from "../engine/key.ts";
import { outboxPartitions } from "../notifications/keys.ts";
import type { StoredItem } from "../engine/own-write.ts";
import type { Keys } from "../keys.ts";
import type { Found, TraceSources } from "./find-traces.ts";

/** A partition, or the items of it whose sort keys begin with `prefix`. */
interface Place {
  readonly pk: string;
  readonly prefix?: string;
}

/**
 * The items that may tell of somebody, found by queries alone: functions on AWS may not scan. Each family of
 * `item-fates.ts` that keeps anything of them is here, but the answers to requests, which end after a week by
 * themselves.
 */
export async function* itemsByQuery(sources: TraceSources, found: Found): AsyncGenerator<StoredItem> {
  const { operations, keys } = sources;
  for (const { pk, prefix } of [...ownPlaces(sources, found), ...tenantPlaces(sources)])
    for await (const item of operations.partition(pk, prefix)) {
      const row = documentIdOf(keys, item);
      const known = row === undefined ? undefined : await operations.get(row);
      if (known !== undefined) yield known;
      yield item;
    }
  for (const pk of await listedPlaces(sources)) yield* operations.partition(pk);
  if (found.customerId !== undefined) yield* operations.partition(keys.callList(shardOf(found.customerId)));
  yield* operations.partition(keys.findingLists());
}

/** Partitions of the customer, of the persons, and of their contacts and deals. */
function ownPlaces(sources: TraceSources, found: Found): Place[] {
  const { keys, hmac, userIds } = sources;
  const { ids } = found.traces;
  const persons = [...ids.person].map((id) => personIdSchema.parse(id));
  const owners = { company: ids.customer, person: ids.person, project: ids.project };
  return [
    ...(found.customerId === undefined ? [] : placesOfCustomer(keys, found.customerId)),
    ...persons.map((id) => ({ pk: keys.personPlaces(id) })),
    ...persons.map((id) => keys.documentId("person", id)).map(({ pk, sk }) => ({ pk, prefix: sk })),
    ...ownerTypes.flatMap((type) =>
      [...owners[type]].map((id) => ({ pk: keys.followUp({ owner: { type, id }, cause: ANY_CAUSE }).pk })),
    ),
    ...found.identityKeys,
    ...[...ids.contact].map((id) => ({ pk: keys.contactPartition(contactIdSchema.parse(id)) })),
    ...[...ids.deal].map((id) => ({ pk: keys.dealPartition(dealIdSchema.parse(id)) })),
    ...[...ids.introduction].map((id) => keys.introduction(id)),
    ...userIds.map((userId) => ({ pk: keys.asked(userId).pk })),
    ...(hmac === undefined ? [] : found.mailDomains.map((domain) => ({ pk: keys.mailDomain(hmac(domain)) }))),
  ];
}

/** Only its partition is used, which has the follow-ups of all causes. */
const ANY_CAUSE: FollowUpCause = { type: "selection", operationId: "any" };

function placesOfCustomer(keys: Keys, customerId: CustomerId): Place[] {
  const { pk, prefix } = keys.snapshot(customerId);
  return [
    { pk: keys.orders(customerId) },
    { pk: keys.invoices(customerId) },
    { pk: keys.persons(customerId) },
    ...(["activity", "sale", "request"] as const).map((family) => ({ pk: keys.documents(family, customerId) })),
    { pk: keys.projects(customerId) },
    { pk: keys.customerName(customerId).pk },
    { pk: keys.statusLog(customerId) },
    { pk, prefix },
    { pk: keys.changesOf(customerId), prefix },
    { pk: keys.statusFindings(customerId), prefix },
  ];
}

/** Partitions of the tenant, each with the items of many. */
const tenantPlaces = ({ keys, plans }: TraceSources): Place[] =>
  [
    keys.tenant().pk,
    keys.salesFigures(),
    keys.ignores(),
    keys.suggestions(),
    keys.leads(),
    keys.feedback(),
    keys.findingWithoutCustomer("finding", { kind: "any", subject: { type: "tenant", id: "any" } }).pk,
    keys.undoOf("any").pk,
    keys.resolvedFindings(),
    ...outboxPartitions.map((partition) => keys.notifications(partition)),
    keys.notificationLog(),
    keys.mailAddresses(),
    keys.slackHandled("any", "any").pk,
    keys.optOuts(),
    keys.programs(),
    ...plans.map(({ planId }) => keys.entries(planId)),
  ].map((pk) => ({ pk }));

/** Partitions that are named in lists: of senders, of webhooks, of selections and of bulk operations. */
async function listedPlaces({ operations, keys, userIds }: TraceSources): Promise<string[]> {
  const sortKeysOf = async (pk: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const { sk } of operations.partition(pk)) found.push(String(sk));
    return found;
  };
  const keyIds = (await sortKeysOf(keys.apiKeys())).filter((sk) => sk.startsWith("K#")).map((sk) => sk.slice(2));
  const senders = [...keyIds.map((id) => `key:${id}`), ...userIds.map((id) => `user:${id}`)];
  const operationIds = [...(await sortKeysOf(keys.openOperations())), ...(await sortKeysOf(keys.endedOperations()))];
  return [
    ...senders.map((scope) => keys.inboundRequests(scope)),
    ...(await sortKeysOf(keys.webhooks())).map((id) => keys.webhookDeliveries(id)),
    ...(await sortKeysOf(keys.selections())).map((id) => keys.selectionMembers(idOfKey(id))),
    ...operationIds.map((id) => keys.operationChunks(operationIdSchema.parse(id))),
    ...(await eventPartitions({ operations, keys })),
  ];
}

/** The events that were not delivered yet and are items of their own. */
async function eventPartitions({ operations, keys }: Pick<TraceSources, "operations" | "keys">): Promise<string[]> {
  const found: string[] = [];
  for await (const { pk } of operations.query({
    IndexName: "gsi2",
    KeyConditionExpression: "g2p = :events",
    ExpressionAttributeValues: { ":events": keys.publishedEvents() },
  }))
    if (String(pk).startsWith(keys.publishedEvent("").pk)) found.push(String(pk));
  return found;
}

const ID_FIELDS = {
  O: ["order", "orderId"],
  V: ["invoice", "invoiceId"],
  A: ["activity", "activityId"],
  SALE: ["sale", "saleId"],
  REQ: ["request", "requestId"],
  P: ["person", "personId"],
  PROJ: ["project", "projectId"],
} as const satisfies Readonly<Record<string, readonly [DocumentFamily, string]>>;

/** The id row of a customer's record; `undefined` for other items. */
function documentIdOf(keys: Keys, item: StoredItem): Key | undefined {
  const family = String(item["pk"]).split("#")[2] ?? "";
  if (!isFamily(family)) return undefined;
  const [name, field] = ID_FIELDS[family];
  const id = item[field];
  return typeof id === "string" ? keys.documentId(name, id) : undefined;
}

const isFamily = (text: string): text is keyof typeof ID_FIELDS => text in ID_FIELDS;
