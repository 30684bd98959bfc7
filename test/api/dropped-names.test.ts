import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { exampleOf, apiOperations } from "../fixtures/api-operations.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

/** A body with a property that no record of names takes is refused wherever it stands: it is never dropped in silence. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

/** Stands for the name, which an object of a program cannot have by an assignment. */
const STAND_IN = "a name that is none";

/** The body as JSON once for each of its objects, with the name in it. */
function withName(body: unknown): readonly string[] {
  const objects: object[] = [];
  const copy = structuredClone(body);
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (!Array.isArray(value)) objects.push(value);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(copy);
  return objects.map((object) => {
    Object.assign(object, { [STAND_IN]: { a: 1 } });
    const text = JSON.stringify(copy).replace(JSON.stringify(STAND_IN), '"__proto__"');
    Reflect.deleteProperty(object, STAND_IN);
    return text;
  });
}

describe("a property named __proto__", () => {
  it("is refused in every object of every operation's body", async () => {
    // Marketing tools send more than a lead needs: the rest is left out there, by whatever name.
    const operations = (await apiOperations()).filter(
      ({ body, isOpen, path }) => body !== undefined && !isOpen && !path.startsWith("/v1/hooks/"),
    );
    const taken: string[] = [];
    let asked = 0;
    for (const operation of operations) {
      const { path } = exampleOf(operation);
      for (const [at, raw] of withName(operation.body).entries()) {
        const as = at % 2 === 0 ? fixture.tokens.ada : fixture.apiKey;
        const reply = await apiClient.ask(path, { as, method: operation.method, raw });
        const text = await reply.text();
        asked += 1;
        if (reply.status < 300 && !text.includes("__proto__")) taken.push(`${operation.name} ${raw}: ${reply.status}`);
      }
    }
    expect(taken).toEqual([]);
    expect(asked).toBeGreaterThan(100);
  });

  it("is refused with its path, and nothing else of the body is saved", async () => {
    const ask = (method: string, raw?: string) =>
      apiClient.ask("/v1/tenant/settings", { as: fixture.tokens.ada, method, ...(raw === undefined ? {} : { raw }) });
    const before = await (await ask("GET")).text();
    const reply = await ask("PATCH", '{"maxAlertsPerRepPerDay":3,"insights":{"__proto__":{"gate":"score"}}}');
    expect([reply.status, await reply.json()]).toMatchObject([
      422,
      { errors: [{ path: "insights.__proto__", code: "unknown-property", message: "is no property of this" }] },
    ]);
    expect(await (await ask("GET")).text()).toBe(before);
  });

  it("is refused however deep it stands, with the begin of its path", async () => {
    const deep = `${'{"a":'.repeat(100_000)}{"__proto__":1}${"}".repeat(100_000)}`;
    const reply = await apiClient.ask("/v1/tenant/settings", {
      as: fixture.tokens.ada,
      method: "PATCH",
      raw: `{"insights":{"lost-items":${deep}}}`,
    });
    expect(reply.status).toBe(422);
    expect((await reply.text()).length).toBeLessThan(5_000);
  });
});
