import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { Agenda } from "@regulars/core/monitors/agenda";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import { pictureTypes } from "@regulars/core/monitors/picture";
import { type StatusMonitor, compareMonitors, statusMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { unreadableMonitor } from "@regulars/core/monitors/unreadable-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import * as z from "zod";
import { writesOf } from "../engine/companion-writes.ts";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";
import { agendaIn } from "./agendas.ts";
import { AFTER_AGENDAS, isAgenda } from "./keys.ts";

const pictureItemSchema = z.object({ type: z.enum(pictureTypes), bytes: z.instanceof(Uint8Array) });

/** What status monitors store of a tenant. */
export function openMonitors(operations: Operations, keys: Keys): MonitorStore {
  return {
    monitors: async (isFresh = true) => {
      const monitors: StatusMonitor[] = [];
      const stored = operations.query({
        KeyConditionExpression: "pk = :pk AND sk > :agendas",
        ExpressionAttributeValues: { ":pk": keys.monitors(), ":agendas": AFTER_AGENDAS },
        ConsistentRead: isFresh,
      });
      for await (const item of stored) monitors.push(monitorOf(item));
      return monitors.toSorted(compareMonitors);
    },
    monitorsAndAgendas: async (isFresh = true) => {
      const monitors: StatusMonitor[] = [];
      const agendas = new Map<number, Agenda>();
      for await (const item of operations.partition(keys.monitors(), "", isFresh)) {
        if (!isAgenda(String(item["sk"]))) monitors.push(monitorOf(item));
        else {
          const agenda = agendaIn(item);
          if (agenda !== undefined) agendas.set(agenda.shard, agenda);
        }
      }
      return { monitors: monitors.toSorted(compareMonitors), agendas };
    },
    monitor: async (statusId) => {
      const item = await operations.get(keys.monitor(statusId));
      return item === undefined ? undefined : monitorOf(item);
    },
    create: (monitor, companion) =>
      operations.transact([
        { Put: { Item: { ...keys.monitor(monitor.statusId), ...monitor }, ...mustBeNew } },
        ...(monitor.number === undefined ? [] : [takenNumber(keys, monitor.number)]),
        ...writesOf(companion),
      ]),
    save: (monitor, companion) =>
      operations.transact([
        {
          Put: {
            Item: { ...keys.monitor(monitor.statusId), ...monitor },
            // One that cannot be read may have no version.
            ConditionExpression: "version = :before OR (attribute_exists(pk) AND NOT attribute_type(version, :number))",
            ExpressionAttributeValues: { ":before": monitor.version - 1, ":number": "N" },
          },
        },
        ...writesOf(companion),
      ]),
    savePicture: async ({ pictureId, type, bytes }) => {
      await operations.put({ ...keys.statusPicture(pictureId), type, bytes }, mustBeNew);
    },
    picture: async (pictureId) => {
      const item = await operations.get(keys.statusPicture(pictureId), false);
      return item === undefined ? undefined : { pictureId, ...rowAs(pictureItemSchema, item) };
    },
  };
}

/** The monitor of a stored item. An earlier version noted the day of its return. */
function monitorOf({ pk: _pk, sk, resumedOn: _resumedOn, ...item }: Readonly<Record<string, unknown>>): StatusMonitor {
  const { data, error } = statusMonitorSchema.safeParse(item);
  return data ?? unreadableMonitor(monitorIdSchema.parse(sk), item, error);
}

/** Each number is taken once, one after the other. */
const takenNumber = (keys: Keys, number: number): TransactWrite => ({
  Update: {
    Key: keys.monitorNumber(),
    UpdateExpression: "SET n = :number",
    ConditionExpression: number === 1 ? "attribute_not_exists(n)" : "n = :before",
    ExpressionAttributeValues: { ":number": number, ...(number === 1 ? {} : { ":before": number - 1 }) },
  },
});
