import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

let place: TempWorkspace;

beforeAll(async () => {
  place = await aWorkspace();
  await place.json(["tenants", "create", "acme", "--admin", "ada"]);
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(place.data, name), text);
    return join(place.data, name);
  };
  const customers = await file("customers.csv", "customerId,name\nc1,Canary Foods\nc2,Sparrow Foods\n");
  await place.json(["import", "customers", customers, "--tenant", "acme"]);
  const orders = await file(
    "orders.csv",
    "orderId,customerId,orderedAt,itemId,quantity,unitPrice\nO-1,c1,2026-03-02,bolt,2,9.50\nO-2,c2,2026-03-02,bolt,2,9.50\n",
  );
  await place.json(["import", "orders", orders, "--tenant", "acme"]);
});

afterAll(() => place.close());

it("OP03: erase rehearses, erases a customer, says what was erased, and finds nothing the second time", async () => {
  const erase = ["erase", "--tenant", "acme", "--customer", "c1"];
  expect((await place.run([...erase, "--dry-run"])).stdout).toMatch(/\nwould erase customer c1: \d+ items\n$/);
  const { kinds, ...report } = await place.json<{ kinds: readonly object[] }>(erase);
  expect(report).toEqual({ tenant: "acme", dryRun: false, subject: { type: "customer", id: "c1" } });
  expect(kinds).toContainEqual({ kind: "orders", removed: 1, blanked: 0 });
  expect((await place.run(erase)).stdout).toBe("nothing is stored of customer c1\n");
  const { checks } = await place.json<{ checks: readonly object[] }>(["doctor", "--rebuild"]);
  expect(checks).toContainEqual({
    check: "acme histories",
    isWell: true,
    says: "1 customer-year checked: all match the documents",
  });
});

it.each([
  [[], "erase needs one of --customer and --person: regulars erase --tenant acme --customer 10001"],
  [["--customer", "c1", "--person", "p1"], "erase needs one of --customer and --person"],
  [["--customer", ""], '--customer "" is not an id'],
])("OP03: erase refuses %j", async (given, says) => {
  const refused = await place.run(["erase", "--tenant", "acme", ...given]);
  expect([refused.code, refused.stdout]).toEqual([2, ""]);
  expect(refused.stderr).toContain(says);
});
