import { beforeAll, describe, expect, it } from "vitest";
import { anOrder } from "@regulars/core/testing";
import { itemIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";

const NOW = Date.parse("2026-11-16T05:00:00Z");
let testTenant: TestTenant;
let pages: ReturnType<typeof aConsole>;

beforeAll(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  await store.imports.saveItems([{ itemId: itemIdSchema.parse("tea"), name: `Tea ${HOSTILE}` }]);
  await store.imports.saveOrders(
    Array.from({ length: 30 }, (_, i) =>
      anOrder({
        on: "2026-10-05",
        orderId: `o${i}`,
        customerId: `c${i % 5}`,
        lines: (i < 15 ? ["tea", "milk & honey"] : ["salt"]).map((itemId) => ({ itemId, quantity: 2 })),
      }),
    ),
  );
  const log = { info: () => undefined, error: () => undefined };
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues: { send: () => Promise.resolve() } },
  );
  const ada = userIdSchema.parse("ada");
  await store.imports.saveUsers([{ userId: ada, name: "Ada", role: "admin" }]);
  pages = aConsole(runtime, { type: "user", tenantId: tenant.tenantId, userId: ada });
});

const path = (more = ""): string => `/links/${testTenant.tenant.tenantId}${more}`;
const read = async (more = ""): Promise<string> => {
  const answer = await pages.request(path(more));
  expect(answer.status).toBe(200);
  return textOf(answer);
};
const send = (fields: Record<string, string>, more = "") =>
  pages.request(path(more), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost" },
    body: new URLSearchParams(fields).toString(),
  });
const link = { action: "set", itemId: "tea", linkedItemId: "salt", ratio: "2", linkedRatio: "3", lagDays: "0" };
const pair = { itemId: "tea", linkedItemId: "milk & honey" };

describe("the page of links", () => {
  it("CR29: sets a link by a form, shows it with names escaped, and removes it", async () => {
    expect(await read()).toContain("There are no links yet");
    expect((await send({ ...link, bidirectional: "1" })).status).toBe(303);
    const page = await read("?item=tea");
    expect(page).toContain("Tea &lt;script&gt;");
    expect(page).not.toContain(HOSTILE);
    expect(page).toContain("2:3");
    expect(await textOf(await pages.request(path("?item=pepper")))).toContain(
      "it can be an item, by its id or its name",
    );
    await testTenant.store.imports.saveItems([{ itemId: itemIdSchema.parse("mint"), name: "Mint" }]);
    await indexesCaughtUp();
    const without = await read("?item=mint");
    expect(without).not.toMatch(/role="(?:alert|note)"/);
    expect(without).toContain("This item has no link.");
    expect(without).toMatch(/name="itemId"[^>]* value="mint"/);
    expect((await send({ action: "remove", itemId: "tea", linkedItemId: "salt" })).status).toBe(303);
    expect(await read()).toContain("There are no links yet");
  });

  it("CR29: takes an item by its whole name, and names the ids of those that are named like it", async () => {
    const ids = Array.from({ length: 9 }, (_, i) => `rye-${i + 1}`).map((itemId) => ({
      itemId: itemIdSchema.parse(itemId),
      name: `Rye flour ${itemId}`,
    }));
    await testTenant.store.imports.saveItems([...ids, { itemId: itemIdSchema.parse("r3"), name: "Røget salt" }]);
    const like = await send({ ...link, itemId: "rye flour" });
    expect([
      like.status,
      (await textOf(like)).includes("rye-1 (Rye flour rye-1), rye-2 (Rye flour rye-2), rye-3"),
    ]).toEqual([422, true]);
    expect((await send({ ...link, itemId: "RYE FLOUR RYE-9", linkedItemId: "røget salt" })).status).toBe(303);
    const rows = (page: string) => page.match(/<th scope="row">\s*<bdi>Rye flour rye-9<\/bdi>/g)?.length;
    expect([rows(await read()), rows(await read("?item=Rye")), rows(await read("?item=r3"))]).toEqual([1, 1, 1]);
    expect((await send({ action: "remove", itemId: "rye-9", linkedItemId: "r3" })).status).toBe(303);
  });

  it.each([
    [{ ratio: "0" }, "Ratio “0” is not a whole number from 1 to 1000"],
    [{ linkedRatio: "1.5" }, "Linked ratio “1.5” is not a whole number from 1 to 1000"],
    [{ lagDays: "93" }, "Days later &quot;93&quot; is longer than the 3 months"],
    [{ lagDays: "" }, "Days later is missing: fill it in"],
    [{ linkedItemId: "tea" }, "Linked item is the item itself, tea"],
    [{ itemId: "pepper" }, "Item &quot;pepper&quot; is no item that was imported or ordered"],
    [{ itemId: "" }, "Item is missing: fill it in"],
  ])("CR29: comes back filled with the reason for %j, and saves nothing", async (wrong, says) => {
    const refused = await send({ ...link, ...wrong });
    expect(refused.status).toBe(422);
    const page = await textOf(refused);
    expect(page).toContain(says);
    expect(page).toContain(`value="${{ ...link, ...wrong }.linkedItemId}"`);
    expect(page).toContain("There are no links yet");
  });
});

describe("the page of suggested links", () => {
  it("CR31, CR32: suggests by a form, with for how many each would be red, and is reviewed without script", async () => {
    expect(await read("/suggestions")).toContain("Nothing was suggested yet");
    const asked = { action: "suggest", from: "2026-09-01", percent: "10", metric: "support", minJoint: "" };
    expect((await send(asked, "/suggestions")).status).toBe(303);
    const page = await read("/suggestions");
    expect(page).toContain("From 30 orders, Sep 1, 2026 to Nov 15, 2026, at 10 % support.");
    expect(page).toContain("for 0 of the 5 customers who buy it");
    expect(page).not.toContain(HOSTILE);
    const [, from = "", to = ""] =
      /name="itemId" value="([^"]*)" \/> <input type="hidden" name="linkedItemId" value="([^"]*)"/.exec(page) ?? [];
    expect([from, to].toSorted()).toEqual(["milk &amp; honey", "tea"]);
    const turned = from === "tea" ? pair : { itemId: pair.linkedItemId, linkedItemId: pair.itemId };
    expect((await send({ action: "rejected", ...turned }, "/suggestions")).status).toBe(303);
    expect(await read("/suggestions")).toContain("No link is suggested.");
    expect(await read("/suggestions?state=rejected")).toContain("Tea &lt;script&gt;");
    const accepted = await send({ action: "accepted", ...turned }, "/suggestions?state=rejected");
    expect(accepted.headers.get("location")).toBe(path("/suggestions?state=rejected#saved"));
    expect(await read("/suggestions?state=accepted")).toMatch(/Nov 16, 2026, 5:00\sAM<\/time>.*<bdi>Ada<\/bdi>/);
    expect(await read()).toContain("1:1");
    const again = await send({ action: "rejected", ...turned }, "/suggestions");
    expect([again.status, (await textOf(again)).includes("remove that link first")]).toEqual([422, true]);
  });

  it.each([
    [{ percent: "12,5" }, "Percent “12,5” is not a whole number from 1 to 100"],
    [{ percent: "0" }, "Percent “0” is not a whole number from 1 to 100"],
    [{ from: "soon" }, "First day “soon”"],
    [{ from: "2026-11-16" }, "is after 2026-11-15"],
    [{ metric: "luck" }, "Metric “luck” is not one of the choices"],
    [{ minJoint: "0" }, "Orders with both “0” is not a whole number"],
  ])("CR31: comes back filled with the reason for %j", async (wrong, says) => {
    const asked = { action: "suggest", from: "2026-09-01", percent: "10", metric: "support", minJoint: "3", ...wrong };
    const refused = await send(asked, "/suggestions");
    expect(refused.status).toBe(422);
    const page = await textOf(refused);
    expect(page).toContain(says);
    expect(page).toContain(`value="${asked.percent}"`);
  });

  it("knows no foreign tenant, and no other state", async () => {
    expect((await pages.request("/links/none")).status).toBe(404);
    expect((await pages.request("/links/none/suggestions")).status).toBe(404);
    const mangled = await pages.request(path("/suggestions?state=lost"));
    expect([mangled.status, (await textOf(mangled)).includes("<bdi>state=lost</bdi>")]).toEqual([200, true]);
  });
});
