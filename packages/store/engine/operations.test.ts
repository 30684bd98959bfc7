import { expect, it } from "vitest";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";

it("a batch reads an item once, however often it names its key", async () => {
  const { operations } = aTenantStore();
  const [key, other] = ["a", "b"].map((sk) => ({ pk: "T#acme#X", sk }));
  if (key === undefined || other === undefined) throw new Error("a key is missing");
  await operations.put({ ...key, it: "is there" });
  expect(await operations.batchGet([key, other, { ...key }, other])).toMatchObject([{ it: "is there" }]);
  await operations.delete(key);
});
