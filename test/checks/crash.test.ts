import { expect, it } from "vitest";
import { tableAddress } from "../fixtures/table-address.ts";
import { aTenant } from "../fixtures/tenant.ts";
import { killSenders } from "./killed-senders.ts";

it("loses no message whose sender is killed, and marks every one that arrives twice", async () => {
  const { tableName, endpoint } = tableAddress();
  if (endpoint === undefined) throw new Error("the test's table has no endpoint");
  const { tenantId } = aTenant();
  const report = await killSenders({ tableName, endpoint, tenantId, rounds: 4, seed: 3 });
  expect(report).toMatchObject({ rounds: 4, kills: 4, messages: 48, missing: [], unmarked: [] });
});
