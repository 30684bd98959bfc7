import { customerIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { closeTable } from "@regulars/store/engine/table";
import { openTenantStore } from "@regulars/store/tenant-store";
import { expect, it } from "vitest";
import { anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { watchWrites } from "../../../test/fixtures/table-writes.ts";
import { aTable, aTenantStore } from "../../../test/fixtures/tenant.ts";

it("OP02: findings follow a customer to another rep also when the first import ended in between, and was run again", async () => {
  const fixture = anInsightTenant({}, aTenantStore());
  const { store, tenant } = fixture.testTenant;
  const [first, second] = ["u-1", "u-2"].map((id) => userIdSchema.parse(id));
  await store.imports.saveUsers(
    [first, second].flatMap((userId) => (userId === undefined ? [] : [{ userId, name: userId, role: "rep" as const }])),
  );
  await fixture.customers({ a: "u-1" });
  await fixture.invoice("a", "I-a", "2026-09-01");
  await fixture.nightly("2026-09-24");
  const repsOfFindings = async () => {
    const partition = fixture.testTenant.keys.snapshot(customerIdSchema.parse("a")).pk;
    const items = await fixture.testTenant.partition(partition);
    return items.flatMap(({ sk, repId }) => (String(sk).includes("F#") ? [repId] : []));
  };
  expect(await repsOfFindings()).toEqual(["u-1"]);

  const moved = [{ customerId: customerIdSchema.parse("a"), name: "a", repId: second }];
  const table = aTable();
  watchWrites(table, ({ keys }) => {
    if (keys.some(({ sk }) => sk.includes("F#"))) throw new Error("the process has ended");
    return "send";
  });
  await expect(openTenantStore(table, tenant).imports.saveCustomers(moved)).rejects.toThrow("the process has ended");
  closeTable(table);
  expect(await repsOfFindings()).toEqual(["u-1"]);

  expect(await store.imports.saveCustomers(moved)).toMatchObject({ unchanged: 1 });
  expect(await repsOfFindings()).toEqual(["u-2"]);
});
