import { TEST_NOW } from "@regulars/core/testing";
import { day } from "@regulars/core/platform/values";
import { importRecords } from "@regulars/flows/imports/import-records";
import { dealIdOf, dealIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { memoryGrouper } from "@regulars/flows/imports/memory-grouper";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import { describe, expect, it } from "vitest";
import { type SalesPlanFixture, aSalesPlan } from "../../../test/fixtures/sales-plan.ts";
import { all } from "../../../test/fixtures/tenant.ts";
import { demoPlans, demoReasons } from "./demo-plans.ts";
import { managerId, userRecords } from "./staff.ts";
import { seedDemoPlans } from "./seed-demo-plans.ts";

const SEED = 7;
const ASOF = day("2026-11-22");
const { restaurants, fair } = demoPlans;

async function aDemo(): Promise<SalesPlanFixture> {
  const story = aSalesPlan();
  const { tenant, store } = story.testTenant;
  await importRecords({
    tenant,
    now: TEST_NOW,
    format: ownFormat("users"),
    records: (async function* () {
      for (const [i, record] of userRecords().entries()) yield await Promise.resolve({ line: i + 2, record });
    })(),
    grouper: memoryGrouper(),
    imports: store.imports,
    onReject: ({ reason }) => {
      throw new Error(reason);
    },
  });
  await seedDemoPlans(story.context, { seed: SEED, asOf: ASOF });
  return story;
}

describe("the demo's sales plans", () => {
  it("have deals in every status, losses for every reason, and a cancelled closing", async () => {
    const { store } = (await aDemo()).testTenant;
    const counts = await store.sales.deals.counts(restaurants.planId);
    expect(new Set(counts.filter(({ count }) => count > 0).map(({ statusId }) => statusId))).toEqual(
      new Set(restaurants.statusIds),
    );
    const closings = await all(store.sales.deals.closingsOf(restaurants.planId, {}));
    const standing = closings.filter(({ cancelled }) => cancelled === undefined);
    expect(new Set(standing.flatMap(({ reasonId }) => reasonId ?? []))).toEqual(
      new Set(demoReasons.map(({ reasonId }) => reasonId)),
    );
    const [opened] = closings.filter(({ cancelled }) => cancelled !== undefined);
    expect(opened?.cancelled).toMatchObject({ actorId: `user:${managerId}`, at: `${ASOF}T15:00:00.000Z` });
    expect(closings.length - standing.length).toBe(1);
  });

  it("assign a known person to the same rep, and leave the leads from the fair to be assigned by hand", async () => {
    const { sales: plans } = (await aDemo()).testTenant.store;
    const again = await plans.deals.deal(dealIdOf(restaurants.planId, 1));
    const won = (await plans.deals.column(restaurants.planId, statusIdSchema.parse("st_customer"), 200)).find(
      ({ personId }) => personId === again?.personId,
    );
    expect(again).toMatchObject({ title: "Second restaurant", assignment: { rule: "related>least" } });
    expect([again?.managerId]).toEqual([won?.managerId ?? "somebody else's"]);
    const met = await plans.deals.column(fair.planId, statusIdSchema.parse("st_met"), 200);
    expect(met.map(({ managerId: holder }) => holder)).toEqual([undefined, undefined, undefined]);
  });

  it("are created once: a repeated seeding writes no deal, no lead and no log", async () => {
    const story = await aDemo();
    const state = async () => {
      const { sales: plans } = story.testTenant.store;
      const counts = await Promise.all([restaurants, fair].map(({ planId }) => plans.deals.counts(planId)));
      const logs = await Promise.all(["D-4001", "D-4065"].map((id) => plans.deals.timeline(dealIdSchema.parse(id))));
      return { counts: new Set(counts.flat()), logs, entries: await plans.assignment.lastReserved(restaurants.planId) };
    };
    const first = await state();
    await seedDemoPlans(story.context, { seed: SEED, asOf: ASOF });
    expect(await state()).toEqual(first);
  });
});
