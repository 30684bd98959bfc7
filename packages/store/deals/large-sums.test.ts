import { planIdSchema } from "@regulars/core/platform/ids";
import { describe, expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";

describe("the sums of a board", () => {
  it("are told also beyond what a number holds exactly, rounded", async () => {
    const { store, operations, keys } = aTenantStore();
    const planId = planIdSchema.parse("plan_large");
    const add = (deals: number) =>
      operations.update({
        Key: keys.dealCount(planId, undefined),
        UpdateExpression: "ADD #n :n, #m :m",
        ExpressionAttributeNames: { "#n": "n:st_open", "#m": "m:st_open:EUR" },
        ExpressionAttributeValues: { ":n": deals, ":m": deals * 90_000_000_000_000 },
      });
    await add(100);
    await add(1);
    await add(101);
    expect(await store.sales.deals.counts(planId)).toMatchObject([
      { statusId: "st_open", count: 202, sums: { EUR: 18_180_000_000_000_000 } },
    ]);
  });
});
