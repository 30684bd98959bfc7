import { customerIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  API_NOW,
  type ApiTestClient,
  type PageBody,
  type ProblemBody,
  bodyOf,
  anApiClient,
} from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { aTenant } from "../fixtures/tenant.ts";

interface Row {
  readonly id: string;
  readonly customerId: string;
}

/** A page, a card or a problem: each test reads the part that it expects. */
type Answer = PageBody<Row> & ProblemBody & { readonly findings: readonly Row[] };

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

const get = async (path: string, as = fixture.tokens.ada) => {
  const reply = await apiClient.ask(path, { as });
  return { status: reply.status, page: await bodyOf<Answer>(reply) };
};

describe("a list", () => {
  it.each(["/v1/users", "/v1/findings", "/v1/customers", "/v1/notifications"])(
    "%s has everything once over its pages, in the same order as on one",
    async (path) => {
      const whole = (await get(`${path}?limit=200`)).page;
      expect(whole.next).toBeNull();
      expect(whole.data.length).toBeGreaterThan(1);
      const found: Row[] = [];
      let next = "";
      do {
        const { page } = await get(`${path}?limit=1${next}`);
        expect(page.data).toHaveLength(1);
        found.push(...page.data);
        next = page.next === null ? "" : `&cursor=${page.next}`;
      } while (next !== "");
      expect(found).toEqual(whole.data);
    },
  );

  it("has a page size of 1 to 200", async () => {
    for (const limit of ["0", "201", "-1", "1.5", "x", "1e9", ""])
      expect((await get(`/v1/users?limit=${limit}`)).status).toBe(400);
    expect((await get("/v1/users?limit=200")).status).toBe(200);
  });

  it("refuses a changed cursor, one of another list, and one of the same list with other filters", async () => {
    const { next } = (await get("/v1/findings?limit=1")).page;
    const changed = `${next?.slice(0, -2)}${next?.endsWith("AA") ? "BB" : "AA"}`;
    for (const path of [
      `/v1/findings?cursor=${changed}`,
      `/v1/users?cursor=${next}`,
      `/v1/findings?repId=anna&cursor=${next}`,
      "/v1/findings?cursor=junk",
      "/v1/findings?cursor=",
    ]) {
      const { status, page } = await get(path);
      expect({ path, status, type: page.type }).toEqual({ path, status: 400, type: "unusable-cursor" });
    }
  });

  it("gives cursors that reveal nothing of the records between the pages, and that work with any search text", async () => {
    const own = await bodyOf<Answer>(await apiClient.ask("/v1/customers?limit=1", { as: fixture.tokens.max }));
    const sealed = Buffer.from(own.next ?? "", "base64url").toString("latin1");
    expect(own.next).not.toBeNull();
    for (const hidden of ["acme", "blue", "cove", fixture.tenant.tenantId]) expect(sealed).not.toContain(hidden);
    await fixture.store.imports.saveCustomers(
      ["odd-1", "odd-2"].map((id) => ({ customerId: customerIdSchema.parse(id), name: "\u0001".repeat(99) })),
    );
    const odd = `/v1/customers?limit=1&search=${"%01".repeat(98)}`;
    const { next } = (await get(odd)).page;
    expect((await get(`${odd}&cursor=${next}`)).page.data.map(({ customerId }) => customerId)).toEqual(["odd-2"]);
  });

  it("refuses another tenant's cursor", async () => {
    const other = await anApiFixture(apiClient);
    const { next } = (await get("/v1/findings?limit=1", other.tokens.ada)).page;
    expect((await get(`/v1/findings?cursor=${next}`)).status).toBe(404);
  });
});

describe("customers", () => {
  it("are found by a part of their name or id, in upper or lower case", async () => {
    const names = async (search: string) =>
      (await get(`/v1/customers?search=${encodeURIComponent(search)}`)).page.data.map(({ customerId }) => customerId);
    expect(await names("CAFÉ")).toEqual(["acme"]);
    expect(await names("cove")).toEqual(["cove"]);
    expect(await names("kitchen")).toEqual(["cove"]);
    expect(await names("nothing like it")).toEqual([]);
  });

  it("have a card with persons and findings, as of the last nightly run or a past day", async () => {
    const { page } = await get("/v1/customers/acme");
    expect(page).toMatchObject({
      customer: { customerId: "acme", repId: "anna", category: null },
      persons: [{ personId: "eva", phone: "+4511223344" }],
      asOf: "2026-11-22",
    });
    const ids = ["overdue-payments:acme", "churn-risk:acme"];
    expect(page.findings.map(({ id }) => id)).toEqual(ids);
    const past = (await get("/v1/customers/acme?asOf=2026-08-15")).page.findings.map(({ id }) => id);
    expect(past.filter((id) => ids.includes(id))).toEqual([]);
  });

  it("of a day that is not over are not available yet", async () => {
    expect((await get("/v1/customers/acme?asOf=2026-11-23")).page).toMatchObject({ status: 422, type: "not-over" });
  });
});

describe("the request rate", () => {
  it("is counted for each actor, shown in headers, and limited until the bucket refills", async () => {
    const strict = await anApiClient({ requests: 3 });
    const narrow = await anApiFixture(strict);
    const ask = async (as: string) => (await strict.ask("/v1/me", { as })).headers;
    const remaining = [];
    for (let i = 0; i < 3; i += 1) remaining.push((await ask(narrow.tokens.ada)).get("ratelimit-remaining"));
    expect(remaining).toEqual(["2", "1", "0"]);
    const over = await strict.ask("/v1/me", { as: narrow.tokens.ada });
    expect(over.status).toBe(429);
    expect(Object.fromEntries(over.headers)).toMatchObject({
      "ratelimit-limit": "3",
      "ratelimit-remaining": "0",
      "ratelimit-reset": "5",
      "retry-after": "2",
      "content-type": "application/problem+json",
    });
    expect((await ask(narrow.tokens.anna)).get("ratelimit-remaining")).toBe("2");
    strict.clock.nowMs += 5_000;
    expect((await ask(narrow.tokens.ada)).get("ratelimit-remaining")).toBe("2");
    await strict.close();
  });

  it("is counted for requests that come together as for one after the other", async () => {
    const strict = await anApiClient({ requests: 3 });
    const { tokens } = await anApiFixture(strict);
    const together = (count: number) =>
      Promise.all(Array.from({ length: count }, () => strict.ask("/v1/me", { as: tokens.ada })));
    const remaining = (replies: readonly Response[]) =>
      replies.map(({ status, headers }) => `${status} ${headers.get("ratelimit-remaining")}`).toSorted();
    expect(remaining(await together(2))).toEqual(["200 1", "200 2"]);
    expect(remaining(await together(4))).toEqual(["200 0", "429 0", "429 0", "429 0"]);
    strict.clock.nowMs += 5_000;
    expect(remaining(await together(5))).toEqual(["200 0", "200 1", "200 2", "429 0", "429 0"]);
    await strict.close();
  });

  it("OP01: is limited for all callers of a tenant together, by its edition, and for no other tenant", async () => {
    const usual = await anApiClient({ requests: 100 });
    const callersOf = async (edition: string): Promise<string[]> => {
      const tenant = aTenant({ edition });
      await openTenantDirectory(usual.runtime.table).ensure(tenant, toInstant(API_NOW));
      const ids = ["u1", "u2", "u3", "u4"];
      await openTenantStore(usual.runtime.table, tenant).imports.saveUsers(
        ids.map((id) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" as const, teamId: "north" })),
      );
      return Promise.all(ids.map((id) => usual.tokenOf(tenant, id)));
    };
    const asked = (tokens: readonly string[], each: number) =>
      mapConcurrent(Array.from({ length: each }, () => tokens).flat(), (as) => usual.ask("/v1/me", { as }));
    const accepted = (replies: readonly Response[]) => replies.filter(({ status }) => status === 200).length;
    const [basic, pro] = [await callersOf("basic"), await callersOf("pro")];
    const replies = await asked(basic, 55);
    expect(accepted(replies)).toBe(200);
    const over = replies.find(({ status }) => status === 429);
    expect(await over?.json()).toMatchObject({
      type: "too-many-requests",
      detail: "all callers of this tenant together: more than 200 requests at once, or in 5 seconds: try again in 1 s",
    });
    expect(Object.fromEntries(over?.headers ?? [])).toMatchObject({
      "ratelimit-limit": "200",
      "ratelimit-remaining": "0",
      "retry-after": "1",
    });
    expect(accepted(await asked(pro, 51))).toBe(204);
    usual.clock.nowMs += 1_000;
    expect(accepted(await asked(basic, 11))).toBe(40);
    await usual.close();
  });

  it("SP25 is a hundred at once and then twenty a second, unless set otherwise", async () => {
    const usual = await anApiClient({ requests: 100 });
    const narrow = await anApiFixture(usual);
    const accepted = async (count: number) => {
      const replies = await Promise.all(
        Array.from({ length: count }, () => usual.ask("/v1/me", { as: narrow.tokens.ada })),
      );
      return replies.filter(({ status }) => status === 200).length;
    };
    expect(await accepted(110)).toBe(100);
    for (const [afterMs, more] of [
      [49, 0],
      [1, 1],
      [1_000, 20],
      [500, 10],
      [60_000, 100],
    ] as const) {
      usual.clock.nowMs += afterMs;
      expect(await accepted(more + 3)).toBe(more);
    }
    await usual.close();
  });

  it("is exact for concurrent requests", async () => {
    const strict = await anApiClient({ requests: 10 });
    const narrow = await anApiFixture(strict);
    const replies = await Promise.all(
      Array.from({ length: 30 }, () => strict.ask("/v1/me", { as: narrow.tokens.ada })),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
    await strict.close();
  });
});

describe("jobs", () => {
  it("start a nightly run through the queue, for a day that is over", async () => {
    const start = (body: object) => apiClient.ask("/v1/nightly-runs", { method: "POST", as: fixture.tokens.ada, body });
    const reply = await start({ isOnHold: true });
    expect({ status: reply.status, body: await reply.json() }).toEqual({ status: 202, body: { asOf: "2026-11-22" } });
    expect(apiClient.sent.at(-1)).toEqual({
      queue: "nightly",
      body: { tenantId: fixture.tenant.tenantId, asOf: "2026-11-22", isOnHold: true, mayRewind: false },
    });
    expect((await start({ asOf: "2026-11-23" })).status).toBe(422);
  });

  it("F0: refuse a nightly run of a day before the last one's, unless it is asked to rewind", async () => {
    const start = (body: object) => apiClient.ask("/v1/nightly-runs", { method: "POST", as: fixture.tokens.ada, body });
    const queued = apiClient.sent.length;
    const reply = await start({ asOf: "2026-11-21" });
    expect({ status: reply.status, body: await reply.json() }).toMatchObject({
      status: 409,
      body: { type: "later-nightly-run", detail: expect.stringContaining("the last nightly run is of 2026-11-22") },
    });
    expect(apiClient.sent).toHaveLength(queued);
    expect((await start({ asOf: "2026-11-21", mayRewind: true })).status).toBe(202);
    expect(apiClient.sent.at(-1)).toMatchObject({ body: { asOf: "2026-11-21", mayRewind: true } });
  });

  it("log one line per request without its content", async () => {
    apiClient.lines.length = 0;
    await apiClient.ask("/v1/customers?search=Acme", { as: fixture.tokens.ada });
    expect(apiClient.lines.filter(({ what }) => what === "request")).toEqual([
      {
        what: "request",
        figures: {
          requestId: expect.stringMatching(/^req_/),
          method: "GET",
          route: "/v1/customers",
          status: 200,
          ms: expect.any(Number),
          tenantId: fixture.tenant.tenantId,
          edition: "enterprise",
          actor: "user:ada",
        },
      },
    ]);
  });
});
