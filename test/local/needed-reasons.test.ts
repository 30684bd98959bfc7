import { reasonIdSchema } from "@regulars/core/platform/ids";
import { toInstant } from "@regulars/core/platform/values";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CommandPlace, aCommandPlace } from "../fixtures/command-place.ts";
import { PLAN_NOW, aSalesPlan } from "../fixtures/sales-plan.ts";
import { aDirectory } from "../fixtures/tenant.ts";

let place: CommandPlace;

beforeAll(async () => {
  place = await aCommandPlace();
});
afterAll(() => place.close());

it("SP27: a move without the refusal reason that it needs names those that the status offers, of one deal and of many", async () => {
  const fixture = aSalesPlan();
  const { tenant, store } = fixture.testTenant;
  await aDirectory().ensure(tenant, toInstant(PLAN_NOW));
  const reason = (id: string, name: string, isArchived = false) =>
    store.sales.salesPlans.saveReason({
      reasonId: reasonIdSchema.parse(id),
      name,
      needsClarification: false,
      isArchived,
    });
  await reason("rsn_price", "Too expensive");
  await reason("rsn_time", "No time");
  await reason("rsn_taste", "Other taste");
  const reasonIds = ["rsn_time", "rsn_price"];
  const plan = await fixture.plan("even", ["anna"], {
    statuses: [
      { name: "New", kind: "intermediate" },
      { name: "Won", kind: "won" },
      { name: "Lost", kind: "lost", refusal: { isRequired: true, reasonIds } },
    ],
  });
  const { dealId } = await fixture.add(plan);
  const run = (...args: readonly string[]) => place.run(["deals", ...args, "--tenant", tenant.tenantId]);
  const refused = {
    code: 2,
    stdout: "",
    stderr: 'regulars: "Lost" needs one of its refusal reasons: add --reason with one of No time, Too expensive\n',
  };
  expect(await run("move", dealId, "Lost")).toMatchObject(refused);
  expect(await run("move-many", plan.planId, "Lost", "--all")).toMatchObject(refused);
  expect((await run("move", dealId, "Lost", "--reason", "no time")).code).toBe(0);
});
