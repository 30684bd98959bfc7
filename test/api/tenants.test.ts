import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { formatKey, parseKey } from "@regulars/core/access/api-key";
import { userIdSchema } from "@regulars/core/platform/values";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { toInstant } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mapConcurrent } from "../fixtures/map-concurrent.ts";
import { aTenant } from "../fixtures/tenant.ts";
import { type ApiTestClient, API_NOW, type PageBody, bodyOf, anApiClient } from "../fixtures/api-client.ts";
import { type ApiOperation, exampleOf, examplesOf, operationsOf, pathWith } from "../fixtures/api-operations.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

/**
 * Every operation of the OpenAPI document, asked with what is another's: nothing leaks and nothing there changes. The
 * document says what there is to ask: an operation that is added is walked too.
 */

/** In every name of the tenant that is asked for. */
const CANARY = " c4n4ry";
const HIDDEN = new Set([401, 403, 404]);

let apiClient: ApiTestClient;
let operations: readonly ApiOperation[];
/** Its things are what the examples name. */
let victim: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  operations = (await operationsOf(apiClient)).filter(({ isOpen }) => !isOpen);
  victim = await anApiFixture(apiClient, CANARY);
});

afterAll(() => apiClient.close());

/** A tenant with an admin and a key of its own, and nothing else. */
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

/** All that a tenant has stored, by key. Counters of its own requests are none of that. */
async function everythingOf({ tenant }: ApiFixture): Promise<Readonly<Record<string, object>>> {
  const items: Record<string, object> = {};
  let from: Record<string, unknown> | undefined;
  do {
    const page = await apiClient.runtime.table.documents.send(
      new ScanCommand({
        TableName: apiClient.runtime.table.name,
        FilterExpression: "begins_with(pk, :tenant) AND NOT begins_with(pk, :rates)",
        ExpressionAttributeValues: { ":tenant": `T#${tenant.tenantId}#`, ":rates": `T#${tenant.tenantId}#RATE#` },
        ExclusiveStartKey: from,
      }),
    );
    for (const item of page.Items ?? []) items[`${String(item["pk"])} ${String(item["sk"])}`] = item;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  expect(Object.keys(items).length).toBeGreaterThan(10);
  return items;
}

/** What a walk met: each operation with its status, and whether the canary was in the reply. */
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
  // One by one and after the reads: what a write has made of the asker's own is there for those that come after it.
  for (const write of writes) met.push(await ask(write));
  return met;
}

/** Every operation by each of its examples. */
const allExamples = () =>
  operations.flatMap((operation) => examplesOf(operation).map((example) => ({ operation, ...example })));

const namesThings = ({ path }: ApiOperation): boolean => path.includes("{");
/** Whether an operation makes what is not there, as its document says. */
const makes = ({ responses }: ApiOperation): boolean => responses["201"] !== undefined;

describe("another tenant's things", () => {
  it.each(["an admin", "an API key"])(
    "are not there for %s of this one, whichever operation names them",
    async (who) => {
      const before = await everythingOf(victim);
      const stranger = await aStranger();
      const met = await walk(who === "an admin" ? stranger.admin : stranger.apiKey);
      expect(new Set(met.map(({ operation }) => operation))).toEqual(new Set(operations));
      expect(met.filter(({ leaks }) => leaks)).toEqual([]);
      const found = met.filter(
        ({ operation, status }) => namesThings(operation) && !makes(operation) && !HIDDEN.has(status),
      );
      expect(found.map(({ path, status }) => ({ path, status }))).toEqual([]);
      expect(await everythingOf(victim)).toEqual(before);
    },
  );

  it("are not there at an id that no tenant has either: the answers do not differ", async () => {
    const stranger = await aStranger();
    const asked = operations.filter((one) => namesThings(one) && !makes(one));
    await mapConcurrent(asked, async (operation) => {
      const { body: sent } = exampleOf(operation).asked;
      const ids = operation.parameters
        .filter(({ in: place }) => place === "path")
        .map(({ example }) => String(example));
      const ask = async (idOf: (example: string) => string) => {
        // A body may name the same thing as the address.
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

  it("are not reached by its cursors", async () => {
    const stranger = await aStranger();
    let walked = 0;
    for (const operation of operations) {
      if (!operation.parameters.some(({ name }) => name === "cursor")) continue;
      const path = pathWith(operation, ({ example }) => String(example));
      const page = await bodyOf<PageBody<unknown>>(await apiClient.ask(`${path}?limit=1`, { as: victim.tokens.ada }));
      if (page.next === null) continue;
      walked += 1;
      const reply = await apiClient.ask(`${path}?limit=1&cursor=${page.next}`, { as: stranger.admin });
      expect({ path, status: reply.status }).toEqual({ path, status: 404 });
      expect(await reply.text()).not.toContain(CANARY.trim());
    }
    expect(walked).toBeGreaterThan(2);
  });
});

describe("credentials of another", () => {
  const key = () => {
    const parts = parseKey(victim.apiKey);
    if (parts === undefined) throw new Error("the world's key is one");
    return parts;
  };

  it.each([
    ["a token of a user that the tenant has not", () => apiClient.tokenOf(victim.tenant, "stranger")],
    ["a token of a tenant that is not there", () => apiClient.tokenOf(aTenant(), "ada")],
    ["a key's secret under another tenant", () => formatKey({ ...key(), tenantId: aTenant().tenantId })],
    ["another key's secret", () => formatKey({ ...key(), secret: "x".repeat(43) })],
    ["no key at all", () => "rgl_live_"],
  ])("open nothing: %s", async (_, credential) => {
    const before = await everythingOf(victim);
    for (const { path, status, leaks } of await walk(await credential()))
      expect({ path, status, leaks }).toEqual({ path, status: 401, leaks: false });
    expect(await everythingOf(victim)).toEqual(before);
  });
});

describe("a role", () => {
  it("of a rep shows no customer of another rep, whichever operation is asked", async () => {
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

  it("without a right is refused before anything is done", async () => {
    const mine = await anApiFixture(apiClient);
    const before = await everythingOf(mine);
    const writes = operations.filter(({ method }) => method !== "GET");
    expect(writes.length).toBeGreaterThan(3);
    await mapConcurrent(writes, async (operation) => {
      const { path, asked } = exampleOf(operation);
      const { status } = await apiClient.ask(path, { ...asked, as: mine.tokens.bo });
      expect({ path, isHidden: HIDDEN.has(status) }).toEqual({ path, isHidden: true });
    });
    expect(await everythingOf(mine)).toEqual(before);
  });
});
