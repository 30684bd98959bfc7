import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { day } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";

const monitor = newMonitor(
  monitorIdSchema.parse("-first.by-name"),
  newMonitorSchema.parse({ name: "Neglected", ownerType: "company", criteria: { field: "name", op: "isNotNull" } }),
  1,
);
const agenda = { shard: 12, settledOn: day("2026-11-22"), book: "k3x", settled: [1], entries: new Map() };

it("monitors are read without the agendas beside them, and with them by one call", async () => {
  const { store } = aTenantStore();
  await store.monitors.create(monitor);
  await store.statuses.saveAgenda(agenda);
  expect(await store.monitors.monitors()).toEqual([monitor]);
  const agendas = new Map([[12, agenda]]);
  expect(await store.monitors.monitorsAndAgendas()).toEqual({ monitors: [monitor], agendas });
  expect(await store.statuses.agendaOf(12)).toEqual(agenda);
});

it("a monitor that an earlier version stored with the day of its return is read", async () => {
  const { store, operations, keys } = aTenantStore();
  await operations.put({ ...keys.monitor(monitor.statusId), ...monitor, resumedOn: "2026-11-01" });
  expect(await store.monitors.monitors()).toEqual([monitor]);
});
