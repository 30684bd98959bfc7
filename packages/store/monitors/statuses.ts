import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { StatusTurn } from "@regulars/core/monitors/evaluate-customer";
import { type Regeneration, regenerationSchema } from "@regulars/core/monitors/regeneration";
import { statusEvent, statusLogSchema, turnName } from "@regulars/core/monitors/status-log";
import type { StatusStore } from "@regulars/core/monitors/status-store";
import { type MonitorId, monitorIdSchema } from "@regulars/core/platform/ids";
import { type CustomerId, type Instant, toInstant } from "@regulars/core/platform/values";
import { type StatusValues, noStatuses } from "@regulars/core/snapshots/status-values";
import type { Operations } from "../engine/operations.ts";
import { TRANSACTION_WRITES, type TransactWrite } from "../engine/transact-write.ts";
import type { StoredItem } from "../engine/own-write.ts";
import { eventAttributes } from "../engine/published-events.ts";
import { shardOf } from "../engine/key.ts";
import { replacing } from "../engine/revision.ts";
import type { Keys } from "../keys.ts";
import { agendaIn, packAgenda } from "./agendas.ts";
import { attributesOf, statusesOf } from "../snapshots/stored-statuses.ts";

/** The values lie in the customer's snapshot; the log in a partition of the customer. */
export function openStatuses(operations: Operations, keys: Keys): StatusStore {
  const logItem = (
    customerId: CustomerId,
    turn: StatusTurn,
    { at, isPublished, revision }: { readonly at: Instant; readonly isPublished: boolean; readonly revision: number },
  ) => ({
    ...keys.statusLogEntry(customerId, turn.on, turnName(turn)),
    ...turn,
    at,
    revision,
    ...(isPublished ? eventAttributes(keys, statusEvent(turn, at)) : {}),
  });
  return {
    statusesOf: async (customerId) => {
      const item = await operations.get(keys.snapshotPart(customerId, { part: "statuses" }));
      return item === undefined ? noStatuses : statusesOf(item);
    },
    saveStatuses: async ({ customerId, values, revision, turns, at, isPublished }) => {
      const rows = turns.map((turn) => logItem(customerId, turn, { at, isPublished, revision }));
      const most = TRANSACTION_WRITES - 1;
      // More than fit are written before: found again after a crash, they have the same keys.
      if (rows.length > most) await operations.batchPut(rows.slice(most));
      const writes: TransactWrite[] = [
        { Update: { Key: keys.snapshotPart(customerId, { part: "statuses" }), ...updateOf(values, revision) } },
        ...rows.slice(0, most).map((row) => ({ Put: { Item: row } })),
      ];
      return operations.transact(writes);
    },
    statusLog: async function* (customerId, on) {
      const lines = operations.partition(keys.statusLog(customerId), on === undefined ? "" : `${on}#`);
      for await (const item of lines) yield rowAs(statusLogSchema, item);
    },
    agendaOf: async (shard) => {
      const item = await operations.get(keys.agenda(shard), false);
      return item === undefined ? undefined : agendaIn(item);
    },
    saveAgenda: async (agenda) => {
      await operations.put({ ...keys.agenda(agenda.shard), ...packAgenda(agenda) });
    },
    shardOf,
    regenerations: async (isFresh = true) => {
      const known = new Map<MonitorId, Regeneration>();
      for await (const item of operations.partition(keys.regenerations(), "", isFresh)) {
        const regeneration = regenerationIn(item);
        known.set(regeneration.statusId, regeneration);
      }
      return known;
    },
    regeneration: async (statusId) => {
      const item = await operations.get(keys.regeneration(statusId));
      return item === undefined ? undefined : regenerationIn(item);
    },
    saveRegeneration: async (next, before) => {
      const { Item, ...condition } = replacing({ ...keys.regeneration(next.statusId), ...next }, before);
      return (await operations.put(Item, condition)) && regenerationSchema.parse(Item);
    },
  };
}

/** One that cannot be read is of criteria that nobody has: the present ones are evaluated anew. */
const regenerationIn = (item: StoredItem): Regeneration =>
  regenerationSchema.safeParse(item).data ?? {
    statusId: monitorIdSchema.parse(item["sk"]),
    criteriaVersion: 0,
    doneShards: [],
    customers: 0,
    matches: 0,
    startedAt: toInstant(0),
    revision: regenerationSchema.shape.revision.safeParse(item["revision"]).data,
  };

/** The values of the next revision. What is noted of findings beside them stays (store/snapshots/status-notes.ts). */
function updateOf(values: StatusValues, revision: number) {
  const given = Object.entries({ nextChangeOn: undefined, ...attributesOf(values), r: revision + 1 });
  const set = given.filter(([, value]) => value !== undefined);
  const removed = given.flatMap(([name, value]) => (value === undefined ? [`#${name}`] : []));
  return {
    UpdateExpression: [
      `SET ${set.map(([name]) => `#${name} = :${name}`).join(", ")}`,
      ...(removed.length === 0 ? [] : [`REMOVE ${removed.join(", ")}`]),
    ].join(" "),
    ConditionExpression: revision === 0 ? "attribute_not_exists(#r)" : "#r = :revision",
    ExpressionAttributeNames: Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      ...(revision === 0 ? {} : { ":revision": revision }),
    },
  };
}
