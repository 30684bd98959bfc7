import { formatKey, parseKey } from "@regulars/core/access/api-key";
import { userIdSchema } from "@regulars/core/platform/values";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { toInstant } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { aTenant } from "../fixtures/tenant.ts";
import { type ApiTestClient, API_NOW, type PageBody, bodyOf, anApiClient } from "../fixtures/api-client.ts";
import { type ApiOperation, exampleOf, examplesOf, apiOperations, pathWith } from "../fixtures/api-operations.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { itemsByKey } from "../fixtures/items-by-key.ts";

/**
 * Calls every operation of the OpenAPI document with ids of another tenant: nothing leaks and nothing changes. The
 * operations are read from the document, so that a new one is covered too.
 */

/** Text in every name of the tenant under attack; a reply with it has leaked. */
const CANARY = " c4n4ry";
const HIDDEN = new Set([401, 403, 404]);

const operations = (await apiOperations()).filter(({ isOpen }) => !isOpen);

let apiClient: ApiTestClient;
/** The tenant with the records that the examples name. */
let victim: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  victim = await anApiFixture(apiClient, CANARY);
});

afterAll(() => apiClient.close());

/** A tenant with only an admin and an API key. */
async function aStranger(): Promise<{ readonly admin: string; readonly apiKey: string }> {
  const tenant = aTenant({ name: "Stranger" });
  await openTenantDirectory(apiClient.runtime.table).ensure(tenant, toInstant(API_NOW));
  const store = openTenantStore(apiClient.runtime.table, tenant);
  await store.imports.saveUsers([{ userId: userIdSchema.parse("stranger"), name: "Stranger", role: "admin" }]);
  const admin = await apiClient.tokenOf(tenant, "stranger");
  const made = await bodyOf<{ secret: string }>(
    await apiClient.ask("/v1/api-keys", {
      method: "POST",
      as: admin,
      body: {
        name: "all",
        actions: ["insights.view_all", "ingest.write", "users.manage", "nightly.run", "notifications.manage"],
      },
    }),
  );
  return { admin, apiKey: made.secret };
}

/** A tenant's stored items by key, without the counters of its requests. */
function everythingOf({ tenant: { tenantId } }: ApiFixture): Readonly<Record<string, object>> {
  const all = Object.entries(itemsByKey(tenantId));
  const items = all.filter(([key]) => !key.startsWith(`T#${tenantId}#RATE#`));
  expect(items.length).toBeGreaterThan(10);
  return Object.fromEntries(items);
}

/** Each operation's status, and whether the canary was in its reply. */
async function walk(as: string, headers: Record<string, string> = {}) {
  const ask = async ({ operation, path, asked }: ReturnType<typeof allExamples>[number]) => {
    const reply = await apiClient.ask(path, { ...asked, as, headers });
    const text = `${await reply.text()} ${[...reply.headers].join(" ")}`;
    return { operation, path, status: reply.status, leaks: text.includes(CANARY.trim()) };
  };
  const { reads = [], writes = [] } = Object.groupBy(allExamples(), ({ operation: { method } }) =>
    method === "GET" ? "reads" : "writes",
  );
  const met = await mapConcurrent(reads, ask);
  // One by one and after the reads: a write may create records of the calling tenant that later calls find.
  for (const write of writes) met.push(await ask(write));
  return met;
}

/** A request for each example of every operation. */
const allExamples = () =>
  operations.flatMap((operation) => examplesOf(operation).map((example) => ({ operation, ...example })));

const namesThings = ({ path }: ApiOperation): boolean => path.includes("{");
/** Whether an operation creates missing records, by its documented answers. */
const makes = ({ responses }: ApiOperation): boolean => responses["201"] !== undefined;

describe("another tenant's records", () => {
  it.each(["an admin", "an API key"])("are not found by %s of this tenant, in any operation", async (who) => {
    const before = everythingOf(victim);
    const stranger = await aStranger();
    const met = await walk(who === "an admin" ? stranger.admin : stranger.apiKey);
    expect(new Set(met.map(({ operation }) => operation))).toEqual(new Set(operations));
    expect(met.filter(({ leaks }) => leaks)).toEqual([]);
    const found = met.filter(
      ({ operation, status }) => namesThings(operation) && !makes(operation) && !HIDDEN.has(status),
    );
    expect(found.map(({ path, status }) => ({ path, status }))).toEqual([]);
    expect(everythingOf(victim)).toEqual(before);
  });

  it("are answered exactly like ids that do not exist in any tenant", async () => {
    const stranger = await aStranger();
    const asked = operations.filter((one) => namesThings(one) && !makes(one));
    await mapConcurrent(asked, async (operation) => {
      const { body: sent } = exampleOf(operation).asked;
      const ids = operation.parameters
        .filter(({ in: place }) => place === "path")
        .map(({ example }) => String(example));
      const ask = async (idOf: (example: string) => string) => {
        // A body may contain the same id as the path.
        const body = ids.reduce((text, id) => text?.replaceAll(`"${id}"`, `"${idOf(id)}"`), JSON.stringify(sent));
        const reply = await apiClient.ask(
          pathWith(operation, ({ example }) => idOf(String(example))),
          { method: operation.method, as: stranger.admin, ...(body === undefined ? {} : { raw: body }) },
        );
        const { requestId: _requestId, detail: _detail, ...problem } = await bodyOf<Record<string, unknown>>(reply);
        return { status: reply.status, problem };
      };
      const theirs = await ask((example) => example);
      const nobodys = await ask(() => "nobody");
      expect({ name: operation.name, ...theirs }).toEqual({ name: operation.name, ...nobodys });
    });
  });

  it("are not reached by that tenant's cursors", async () => {
    const stranger = await aStranger();
    let walked = 0;
    for (const operation of operations) {
      if (!operation.parameters.some(({ name }) => name === "cursor")) continue;
      const path = pathWith(operation, ({ example }) => String(example));
      const first = await apiClient.ask(`${path}?limit=1`, { as: victim.tokens.ada });
      // A CSV has the cursors of its list.
      if (first.headers.get("content-type")?.startsWith("text/csv") === true) continue;
      const page = await bodyOf<PageBody<unknown>>(first);
      if (page.next === null) continue;
      walked += 1;
      const reply = await apiClient.ask(`${path}?limit=1&cursor=${page.next}`, { as: stranger.admin });
      expect({ path, status: reply.status }).toEqual({ path, status: 404 });
      expect(await reply.text()).not.toContain(CANARY.trim());
    }
    expect(walked).toBeGreaterThan(2);
  });
});

describe("another tenant's credentials", () => {
  const key = () => {
    const parts = parseKey(victim.apiKey);
    if (parts === undefined) throw new Error("the fixture's API key is malformed");
    return parts;
  };

  it.each([
    ["a token of a user that the tenant has not", () => apiClient.tokenOf(victim.tenant, "stranger")],
    ["a token of a tenant that is not there", () => apiClient.tokenOf(aTenant(), "ada")],
    ["a key's secret under another tenant", () => formatKey({ ...key(), tenantId: aTenant().tenantId })],
    ["another key's secret", () => formatKey({ ...key(), secret: "x".repeat(43) })],
    ["no key at all", () => "rgl_live_"],
  ])("are refused: %s", async (_, credential) => {
    const before = everythingOf(victim);
    for (const { path, status, leaks } of await walk(await credential()))
      expect({ path, status, leaks }).toEqual({ path, status: 401, leaks: false });
    expect(everythingOf(victim)).toEqual(before);
  });
});

describe("a role", () => {
  it("of a rep shows no customer of another rep, in any operation", async () => {
    const mine = await anApiFixture(apiClient);
    await mapConcurrent(allExamples(), async ({ path, asked }) => {
      const reply = await apiClient.ask(path, { ...asked, as: mine.tokens.bo });
      const text = await reply.text();
      expect({ path, leaks: /Acme|Eva Dahl|:acme/.test(text) && !/"type":"unknown-/.test(text) }).toEqual({
        path,
        leaks: false,
      });
    });
  });

  it("without a right is refused before any work", async () => {
    const mine = await anApiFixture(apiClient);
    const before = everythingOf(mine);
    // Criteria are too long for an address: these read with a body, and a rep may; and change, or try, what reaches them.
    const ofReps = ["POST /v1/criteria/", "PATCH /v1/me/", "POST /v1/me/notification-preferences:preview"];
    const writes = operations.filter(
      ({ method, name }) => method !== "GET" && !ofReps.some((one) => name.startsWith(one)),
    );
    expect(writes.length).toBeGreaterThan(3);
    await mapConcurrent(writes, async (operation) => {
      const { path, asked } = exampleOf(operation);
      const { status } = await apiClient.ask(path, { ...asked, as: mine.tokens.bo });
      expect({ path, isHidden: HIDDEN.has(status) }).toEqual({ path, isHidden: true });
    });
    expect(everythingOf(mine)).toEqual(before);
  });
});
