import { builtInInsights } from "@regulars/core/insights/catalog";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import type { Criterion } from "@regulars/core/monitors/criteria";
import { usualCounterSettings } from "@regulars/core/monitors/counter-settings";
import type { OwnerType } from "@regulars/core/monitors/owner";
import { givenMonitorSchema } from "@regulars/core/monitors/read-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { activityIdSchema, customerIdSchema, day, personIdSchema, toInstant } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { explainCriteria } from "./explain-criteria.ts";
import { openNightWatch } from "./night-watch.ts";
import { previewCriteria } from "./preview-criteria.ts";
import { createMonitor } from "./save-monitor.ts";
import { selectOwners } from "./select-owners.ts";
import { settleChanged } from "./settle-changed.ts";

const customerId = customerIdSchema.parse("acme");
const personId = personIdSchema.parse("eva");
const START = day("2026-06-01");
const isPoor = { field: "health.grade", op: "is", value: "poor" } as const;
const isBelow60 = { field: "health", op: "<", value: 60 } as const;

// One call of theirs: 85 on its day, below 60 from 18 days after it, below 40 from 32 days after it.
describe("criteria on health", () => {
  let testTenant: TestTenant;
  let ids = 0;

  const inputOf = (asOf: string) => {
    const { tenant, store } = testTenant.another();
    const now = toInstant(Date.parse(`${addDays(day(asOf), 1)}T02:00:00Z`));
    return { tenant, catalog: builtInInsights, store, now, newId: () => `${(ids += 1)}` };
  };

  async function night(on: string): Promise<void> {
    const input = inputOf(on);
    const watch = await openNightWatch(input, day(on));
    for (const shard of input.store.shards)
      for await (const snapshot of input.store.nightly.snapshots(shard, { asOf: day(on) }, { repair: true }))
        await watch?.see(snapshot, []);
    await watch?.end();
  }

  const asking = (criteria: Criterion, asOf: string, ownerType: OwnerType = "company") => {
    const { store, ...input } = inputOf(asOf);
    const fields = { ownerType, settings: usualCounterSettings, kinds: [] };
    return {
      ...input,
      nightly: store.nightly,
      monitors: store.monitors,
      fields,
      criteria,
      asOf: day(asOf),
      canSee: () => true,
    };
  };

  const save = (statusId: string, ownerType: OwnerType, criteria: Criterion) =>
    testTenant.store.monitors.create(
      newMonitor(monitorIdSchema.parse(statusId), newMonitorSchema.parse({ name: statusId, ownerType, criteria })),
    );
  const called = (activityId: string, on: string) =>
    testTenant.store.imports.saveActivities([
      {
        activityId: activityIdSchema.parse(activityId),
        customerId,
        personId,
        type: "call",
        direction: "in",
        occurredAt: toInstant(Date.parse(`${on}T12:00:00Z`)),
        occurredOn: day(on),
        completed: true,
      },
    ]);
  const stored = async () => {
    const { values } = await testTenant.store.statuses.statusesOf(customerId);
    return [values?.held.map(({ statusId, since }) => `${statusId} ${since}`), values?.nextChangeOn];
  };

  beforeEach(async () => {
    testTenant = aTenantStore({ edition: "pro" });
    await testTenant.store.imports.saveCustomers([{ customerId, name: "Acme" }]);
    await testTenant.store.imports.savePersons([{ personId, customerId, name: "Eva" }]);
    await called("a", START);
  });

  it("hold from the day on which the score falls, by night, also when nights were missed, and no more after a call", async () => {
    await save("poor", "company", isPoor);
    await save("cool", "person", isBelow60);
    await night("2026-06-19");
    expect(await stored()).toEqual([["cool 2026-06-19"], "2026-07-03"]);
    await night("2026-07-02");
    expect(await stored()).toEqual([["cool 2026-06-19"], "2026-07-03"]);
    await night("2026-07-10");
    expect((await stored())[0]).toEqual(["poor 2026-07-03", "cool 2026-06-19"]);
    await called("b", "2026-07-11");
    await settleChanged({ ...inputOf("2026-07-10"), customerIds: [customerId] });
    expect((await stored())[0]).toEqual([]);
  });

  it("are selected, previewed and explained by the score of the day that is asked for", async () => {
    const selected = async (asOf: string) => {
      const found = await selectOwners(asking(isPoor, asOf));
      return found.ok ? found.value.owners : found;
    };
    expect(await selected("2026-07-02")).toEqual([]);
    expect(await selected("2026-07-03")).toEqual([{ type: "company", customerId }]);
    expect(await previewCriteria(asking(isBelow60, "2026-06-19", "person"))).toMatchObject({
      value: { owners: 1, matches: 1, unknown: 0 },
    });
    const owner = { type: "company", customerId } as const;
    expect(await explainCriteria({ ...asking(isPoor, "2026-06-19"), owner })).toMatchObject({
      value: { isOn: false, leaves: [{ value: "fair", truth: false }], willEnterOn: "2026-07-03" },
    });
  });

  it("are never met by a person who is out, and are met anew once they are back", async () => {
    const subject = { type: "person", id: personId } as const;
    const met = async () => {
      await settleChanged({ ...inputOf("2026-06-19"), customerIds: [customerId] });
      const found = await selectOwners(asking(isBelow60, "2026-06-19", "person"));
      return [(await stored())[0], found.ok ? found.value.owners : found];
    };
    await save("cool", "person", isBelow60);
    await night("2026-06-19");
    const eva = { type: "person", customerId, personId };
    expect(await met()).toEqual([["cool 2026-06-19"], [eva]]);
    await testTenant.store.whoKnows.optOut({
      subject,
      at: toInstant(Date.parse("2026-06-20T10:00:00Z")),
      by: "user:ada",
    });
    expect(await met()).toEqual([[], []]);
    await testTenant.store.whoKnows.optIn(subject);
    expect(await met()).toEqual([["cool 2026-06-20"], [eva]]);
  });

  it("are refused with the reason while health is off, and never hold if they were saved before", async () => {
    await save("poor", "company", isPoor);
    const off = { ...testTenant.tenant, relationships: { health: false } };
    expect(await selectOwners({ ...asking(isPoor, "2026-07-10"), tenant: off })).toMatchObject({
      value: { owners: [] },
    });
    const { store, ...input } = inputOf("2026-07-10");
    const { monitors, selections, customersAfter, nightly } = store;
    const given = givenMonitorSchema.parse({ name: "Cool", ownerType: "person", criteria: { not: isBelow60 } });
    const context = { ...input, monitors, selections, customersAfter, nightly };
    const path = "criteria.not.field";
    expect(await createMonitor({ ...context, tenant: off }, "cool", given)).toMatchObject({
      reason: "unusable-criteria",
      errors: [
        {
          path,
          message: `"health" cannot be compared: relationship health is off: the setting relationships.health turns it on. Allowed: fields other than health while it is off`,
        },
      ],
    });
    expect(await createMonitor(context, "cool", given)).toMatchObject({ ok: true });
  });
});
