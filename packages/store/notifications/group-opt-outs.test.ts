import { toInstant } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";

it("keeps who wants no group mailings by a hash of the address, whatever its spelling, for one tenant", async () => {
  const { groupOptOuts } = aTenantStore().store;
  const hash = await groupOptOuts.hashOf("Shop@Cafe.example");
  expect(hash).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await groupOptOuts.hashOf(" mailto:shop@cafe.example")).toBe(hash);
  expect(await aTenantStore().store.groupOptOuts.hashOf("shop@cafe.example")).not.toBe(hash);
  expect([await groupOptOuts.has(hash), [...(await groupOptOuts.all())]]).toEqual([false, []]);
  for (const at of [0, 1]) await groupOptOuts.add(hash, toInstant(at));
  expect([await groupOptOuts.has(hash), [...(await groupOptOuts.all())]]).toEqual([true, [hash]]);
  await groupOptOuts.remove(hash);
  expect(await groupOptOuts.has(hash)).toBe(false);
});
