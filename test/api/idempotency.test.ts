import { orderIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { cancelOrder } from "@regulars/flows/imports/cancel-order";
import { revokeApiKey } from "@regulars/flows/access/revoke-api-key";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, bodyOf, impatiently, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, EXAMPLE_KEY_ID, anApiFixture } from "../fixtures/api-tenants.ts";

interface NewKey {
  readonly keyId: string;
  readonly secret: string | null;
}

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

const SEVEN_DAYS_MS = 7 * 86_400_000;

const makeKey = (key: string, name: string, as = fixture.tokens.ada) =>
  apiClient.ask("/v1/api-keys", {
    method: "POST",
    as,
    body: { name, actions: ["ingest.write"] },
    headers: { "idempotency-key": key },
  });
const keysNamed = async (name: string) => (await fixture.store.apiKeys.list()).filter((key) => key.name === name);

describe("a write with an Idempotency-Key", () => {
  it("sent 50 times concurrently has one effect and one answer", async () => {
    const replies = await Promise.all(Array.from({ length: 50 }, () => makeKey("fifty", "fifty")));
    const bodies = await Promise.all(replies.map((reply) => bodyOf<NewKey>(reply)));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(bodies.map(({ keyId }) => keyId)).size).toBe(1);
    expect(bodies.filter(({ secret }) => secret !== null)).toHaveLength(1);
    expect(replies.filter((reply) => reply.headers.get("idempotency-replayed") === "true")).toHaveLength(49);
    expect(await keysNamed("fifty")).toHaveLength(1);
  });

  it("is answered again with the stored answer, marked as replayed, also when it was refused", async () => {
    const first = await makeKey("again", "again");
    const second = await makeKey('"again"', "again");
    expect(await bodyOf<NewKey>(second)).toEqual({
      ...(await bodyOf<NewKey>(first)),
      secret: null,
      signingSecret: null,
    });
    const bad = () =>
      apiClient.ask("/v1/users/x%01y", {
        method: "PUT",
        as: fixture.tokens.ada,
        body: { name: "X" },
        headers: { "idempotency-key": "bad" },
      });
    const [one, two] = [await bad(), await bad()];
    expect([one.status, two.status]).toEqual([400, 400]);
    expect(two.headers.get("content-type")).toBe("application/problem+json");
    expect(two.headers.get("idempotency-replayed")).toBe("true");
    expect(await two.json()).toEqual(await one.json());
  });

  it("is answered again however large the answer is", async () => {
    const sent = (key: string, path: string, body: object) =>
      apiClient.ask(path, {
        method: path.endsWith("batch") ? "POST" : "PUT",
        as: fixture.tokens.ada,
        body,
        headers: { "idempotency-key": key },
      });
    const hostile = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${"\u0001".repeat(60)}${i}`, 1]));
    for (const [key, path, body, status] of [
      ["much-1", "/v1/items/batch", { items: Array.from({ length: 100 }, () => hostile) }, 200],
      ["much-2", "/v1/users/zoe", { ["k".repeat(900_000)]: 1 }, 422],
      ["much-3", "/v1/users/zoe", { email: `${"a".repeat(600_000)}@example.com` }, 422],
    ] as const) {
      const [first, second] = [await sent(key, path, body), await sent(key, path, body)];
      expect([first.status, second.status]).toEqual([status, status]);
      expect(second.headers.get("idempotency-replayed")).toBe("true");
      expect(await second.text()).toBe(await first.text());
    }
  });

  it("is refused with another body, path or method, and changes nothing", async () => {
    await makeKey("other", "other");
    const reply = await makeKey("other", "others");
    expect(await reply.json()).toMatchObject({ status: 422, type: "key-reused" });
    expect(await keysNamed("others")).toEqual([]);
    const headers = { "idempotency-key": "other" };
    const elsewhere = await apiClient.ask("/v1/users/x", {
      method: "PUT",
      as: fixture.tokens.ada,
      body: { name: "X" },
      headers,
    });
    expect(elsewhere.status).toBe(422);
  });

  it("that was refused for a missing right succeeds once the right is given", async () => {
    const other = await anApiFixture(apiClient);
    expect((await makeKey("early", "early", other.tokens.bo)).status).toBe(403);
    await apiClient.ask("/v1/users/bo", { method: "PUT", as: other.tokens.ada, body: { name: "Bo", role: "admin" } });
    expect((await makeKey("early", "early", other.tokens.bo)).status).toBe(201);
  });

  it("is separate for each actor", async () => {
    const put = (as: string, name: string) =>
      apiClient.ask("/v1/users/zoe", { method: "PUT", as, body: { name }, headers: { "idempotency-key": "shared" } });
    expect((await put(fixture.tokens.ada, "Zoe")).status).toBe(201);
    expect((await put(fixture.apiKey, "Zoe again")).status).toBe(200);
  });

  it("gets 409 while the first is running, and takes over when the first never ends", async () => {
    const key = { actorId: "user:ada", key: "stuck", fingerprint: "f" };
    const first = await fixture.store.idempotency.begin(key, apiClient.clock.nowMs);
    expect(first.state).toBe("fresh");
    expect(await fixture.store.idempotency.begin(key, apiClient.clock.nowMs + 34_000)).toEqual({ state: "in-flight" });
    const second = await fixture.store.idempotency.begin(key, apiClient.clock.nowMs + 35_000);
    expect(second.state).toBe("fresh");
    // The first continues: its answer is too late.
    if (first.state !== "fresh" || second.state !== "fresh") throw new Error("both claims were expected to be fresh");
    await first.claim.keep({ status: 200, body: "first" });
    await second.claim.keep({ status: 200, body: "second" });
    expect(await fixture.store.idempotency.begin(key, apiClient.clock.nowMs)).toEqual({
      state: "answered",
      answer: { status: 200, body: "second" },
    });
  });

  it("answers 409 with Retry-After when its waiting time ends", async () => {
    const request = { method: "POST", as: fixture.tokens.ada, headers: { "idempotency-key": "slow" } };
    const fingerprint = await fingerprintOf("POST /v1/notifications/retry\n");
    await fixture.store.idempotency.begin({ actorId: "user:ada", key: "slow", fingerprint }, apiClient.clock.nowMs);
    const reply = await impatiently(apiClient, () => apiClient.ask("/v1/notifications/retry", request));
    expect({ status: reply.status, retryAfter: reply.headers.get("retry-after") }).toEqual({
      status: 409,
      retryAfter: "1",
    });
  });

  it("is forgotten after seven days", async () => {
    await makeKey("week", "week");
    const before = apiClient.clock.nowMs;
    apiClient.clock.nowMs = before + SEVEN_DAYS_MS - 1_000;
    const late = await makeKey("week", "week", await apiClient.tokenOf(fixture.tenant, "ada"));
    expect(late.headers.get("idempotency-replayed")).toBe("true");
    apiClient.clock.nowMs = before + SEVEN_DAYS_MS + 1_000;
    const later = await makeKey("week", "week", await apiClient.tokenOf(fixture.tenant, "ada"));
    expect(later.headers.get("idempotency-replayed")).toBeNull();
    expect(await keysNamed("week")).toHaveLength(2);
    apiClient.clock.nowMs = before;
  });

  it("must have a valid key", async () => {
    for (const key of ["a b", "x".repeat(256)]) expect((await makeKey(key, "unread")).status).toBe(400);
    expect(await keysNamed("unread")).toEqual([]);
  });

  it("is answered with its effect, even if a later step fails", async () => {
    const invoice = { invoiceId: "INV-2001", customerId: "acme", invoiceDate: "2026-09-20", total: "900.00" };
    const writes: readonly [string, string, object?][] = [
      ["POST", "/v1/orders/SO-1002/cancel"],
      [
        "PUT",
        "/v1/orders/SO-1003",
        { orderId: "SO-1003", customerId: "acme", orderedAt: "2026-07-02", lines: [{ itemId: "rye", quantity: 9 }] },
      ],
      ["PUT", "/v1/invoices/INV-2001", invoice],
      ["POST", "/v1/invoices/INV-2002/void"],
    ];
    for (const [method, path, body] of writes) {
      const asked = {
        method,
        as: fixture.apiKey,
        headers: { "idempotency-key": `late-${path}` },
        ...(body === undefined ? {} : { body }),
      };
      apiClient.sent.push = () => {
        throw new Error("the queue is away");
      };
      expect((await apiClient.ask(path, asked)).status).toBe(500);
      Reflect.deleteProperty(apiClient.sent, "push");
      const again = await apiClient.ask(path, asked);
      expect({ path, status: again.status, replayed: again.headers.get("idempotency-replayed") }).toEqual({
        path,
        status: 200,
        replayed: "true",
      });
      const now = await apiClient.ask(path.replace(/\/(?:cancel|void)$/, ""), { as: fixture.apiKey });
      expect(await again.json()).toEqual(await now.json());
    }
  });

  it("that another request has taken over changes no order, invoice, user or API key", async () => {
    const lost = async (key: string) => {
      const given = { actorId: "user:ada", key, fingerprint: "f" };
      const mine = await fixture.store.idempotency.begin(given, apiClient.clock.nowMs);
      await fixture.store.idempotency.begin(given, apiClient.clock.nowMs + 36_000);
      if (mine.state !== "fresh") throw new Error("the claim was expected to be fresh");
      return mine.claim.companion({ status: 200 });
    };
    const { documents } = fixture.store;
    const companion = await lost("taken over");
    const before = [
      await documents.findOrder(orderIdSchema.parse("SO-2001")),
      await fixture.store.user(userIdSchema.parse("bo")),
    ];
    await expect(
      cancelOrder({ documents, orderId: orderIdSchema.parse("SO-2001"), companionOf: () => companion }),
    ).rejects.toThrow("try again");
    await expect(
      fixture.store.saveUser({ userId: userIdSchema.parse("bo"), name: "Bo", role: "admin" }, () => companion, {
        at: toInstant(0),
        by: "operator",
      }),
    ).rejects.toThrow("try again");
    expect([
      await documents.findOrder(orderIdSchema.parse("SO-2001")),
      await fixture.store.user(userIdSchema.parse("bo")),
    ]).toEqual(before);
    const stamp = { at: toInstant(apiClient.clock.nowMs), by: "user:ada" };
    await expect(revokeApiKey(fixture.store.apiKeys, EXAMPLE_KEY_ID, stamp, () => companion)).rejects.toThrow(
      "was not revoked",
    );
  });

  it("stores its effect and its answer together, or neither", async () => {
    const claim = await fixture.store.idempotency.begin(
      { actorId: "user:ada", key: "torn", fingerprint: "f" },
      apiClient.clock.nowMs,
    );
    if (claim.state !== "fresh") throw new Error("the claim was expected to be fresh");
    const key = {
      keyId: "k00000000torn",
      name: "torn",
      actions: [],
      createdAt: (await keysNamed("erp"))[0]?.createdAt ?? ("" as never),
      createdBy: "user:ada",
      secretHash: "",
    };
    // The claim was taken over: the effect is refused with the answer.
    await fixture.store.idempotency.begin(
      { actorId: "user:ada", key: "torn", fingerprint: "f" },
      apiClient.clock.nowMs + 36_000,
    );
    expect(await fixture.store.apiKeys.create(key, [], claim.claim.companion({ status: 201 }))).toBe(false);
    expect(await keysNamed("torn")).toEqual([]);
  });
});

async function fingerprintOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
