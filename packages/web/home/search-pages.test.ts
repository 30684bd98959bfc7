import { customerIdSchema, itemIdSchema, personIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

async function search(user: string, q: string) {
  const { tenantId } = fixture.tenant;
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse(user) });
  const answer = await pages.request(`/search/${tenantId}?q=${encodeURIComponent(q)}`);
  const text = await answer.text();
  const main = text.slice(text.indexOf("<main"));
  return {
    status: answer.status,
    text,
    found: [...main.matchAll(/<li>\s*<a href="([^"]+)"/g)].map(([, href = ""]) => href),
  };
}

describe("the search", () => {
  it("CN01: finds customers, deals, persons and items by a part of their names, each with its page", async () => {
    const { tenantId } = fixture.tenant;
    expect((await search("ada", "kitchen")).found).toEqual([`/code-red/${tenantId}/cove`]);
    expect((await search("ada", "OLENA")).found).toEqual([
      `/plans/${tenantId}/pln_0000000000001/deals/deal_0000000000001_1`,
    ]);
    for (const q of ["eva d", "DAHL", "va da"])
      expect([q, (await search("ada", q)).found]).toEqual([q, [`/code-red/${tenantId}/acme`]]);
    for (const q of ["rye b", "bread"])
      expect([q, (await search("ada", q)).found]).toEqual([q, [`/links/${tenantId}?item=rye`]]);
    expect((await search("ada", "cafe")).found).toEqual([`/code-red/${tenantId}/acme`]);
  });

  it("CN01: finds them by the beginning of an id, and persons by the whole of it", async () => {
    const { tenantId } = fixture.tenant;
    expect((await search("ada", "cov")).found).toEqual([`/code-red/${tenantId}/cove`]);
    expect((await search("ada", "eva")).found).toEqual([`/code-red/${tenantId}/acme`]);
    expect((await search("ada", "ry")).found).toEqual([`/links/${tenantId}?item=rye`]);
  });

  it("CN01: finds several persons of one customer", async () => {
    const { tenantId } = fixture.tenant;
    const persons = ["Zoe Berg", "Zoe Holm"].map((name, i) => ({
      personId: personIdSchema.parse(`zoe-${i}`),
      customerId: customerIdSchema.parse("acme"),
      name,
    }));
    await fixture.store.imports.savePersons(persons);
    await indexesCaughtUp();
    const page = `/code-red/${tenantId}/acme`;
    expect((await search("ada", "zoe")).found).toEqual([page, page]);
  });

  it("CN01: finds nothing of another rep", async () => {
    for (const q of ["acme", "bistro", "eva", "dahl", "olena", "deal_0000000000001_1"])
      expect([q, (await search("bo", q)).found]).toEqual([q, []]);
    expect((await search("bo", "cove")).found).toHaveLength(1);
  });

  it("CN01: says that there is more than it shows, and that it has not looked inside all of many names", async () => {
    const few = (await search("ada", "bread")).text;
    expect(few).not.toMatch(/the first 20|too many names/);
    const items = Array.from({ length: 2_001 }, (_, i) => ({
      itemId: itemIdSchema.parse(`zest-${i}`),
      name: `Zest ${i}`,
    }));
    await fixture.store.imports.saveItems(items);
    const many = await search("ada", "zest");
    expect([many.found.length, many.text.includes("These are the first 20.")]).toEqual([20, true]);
    expect(many.text).not.toContain("too many names");
    const none = await search("ada", "no such name");
    expect([none.found, none.text.includes("There are too many names to look inside all of them")]).toEqual([[], true]);
  });

  it("takes any text as letters, and says when it is too long", async () => {
    const { status, text, found } = await search("ada", `<script>alert("x")</script>`);
    expect([status, found, text.includes("<script>")]).toEqual([200, [], false]);
    expect(text).toContain("Nothing that you may see");
    const long = await search("ada", "x".repeat(101));
    expect([long.status, long.text.includes("at most 100 characters, not 101")]).toEqual([200, true]);
    expect((await search("ada", " ")).text).toContain("Type a part of");
  });
});
