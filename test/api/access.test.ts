import { SignJWT, exportJWK, generateKeyPair, generateSecret } from "jose";
import { customerIdSchema, day } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ApiTestClient,
  API_NOW,
  type PageBody,
  type ProblemBody,
  bodyOf,
  anApiClient,
} from "../fixtures/api-client.ts";
import { FIXTURE_KEY_ID, type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

interface NewKey {
  readonly keyId: string;
  readonly secret: string;
}

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

const problemOf = async (reply: Response) => ({
  status: reply.status,
  media: reply.headers.get("content-type"),
  problem: await bodyOf<ProblemBody>(reply),
});

describe("a path", () => {
  it("answers 405 with its methods when it is asked with another", async () => {
    for (const [method, path, allow] of [
      ["DELETE", "/v1/findings", "GET, HEAD"],
      ["POST", "/v1/orders/SO-1001", "GET, HEAD, PUT"],
      ["GET", "/v1/hooks/plans/pln_1/leads:batch", "POST"],
    ] as const) {
      const reply = await apiClient.ask(path, {
        method,
        as: fixture.tokens.ada,
        ...(method === "GET" ? {} : { body: {} }),
      });
      expect([path, reply.status, reply.headers.get("allow")]).toEqual([path, 405, allow]);
      expect(await bodyOf<ProblemBody>(reply)).toMatchObject({ type: "unknown-method", status: 405 });
    }
  });

  it("that does not exist answers 404", async () => {
    const { status, problem } = await problemOf(await apiClient.ask("/v1/nothing", { as: fixture.tokens.ada }));
    expect([status, problem.type]).toEqual([404, "unknown-address"]);
  });
});

describe("an actor", () => {
  it("is a person with a token: rights follow from the role", async () => {
    const me = await (await apiClient.ask("/v1/me", { as: fixture.tokens.anna })).json();
    expect(me).toMatchObject({
      type: "user",
      id: "anna",
      name: "Anna Berg",
      rights: ["insights.view_own", "deals.edit_own"],
      tenant: { tenantId: fixture.tenant.tenantId, timeZone: "UTC", currency: "EUR", edition: "enterprise" },
    });
  });

  it("has the user's current role, whenever the token was issued", async () => {
    const other = await anApiFixture(apiClient);
    expect((await apiClient.ask("/v1/api-keys", { as: other.tokens.bo })).status).toBe(403);
    await apiClient.ask("/v1/users/bo", { method: "PUT", as: other.tokens.ada, body: { name: "Bo", role: "admin" } });
    expect((await apiClient.ask("/v1/api-keys", { as: other.tokens.bo })).status).toBe(200);
  });

  it("is a machine with its API key, as a bearer token or in X-Api-Key", async () => {
    const expected = { type: "key", id: FIXTURE_KEY_ID, name: "erp" };
    expect(await (await apiClient.ask("/v1/me", { as: fixture.apiKey })).json()).toMatchObject(expected);
    const headers = { "x-api-key": fixture.apiKey };
    expect(await (await apiClient.ask("/v1/me", { headers })).json()).toMatchObject(expected);
  });

  it("is required: without credentials the answer is 401", async () => {
    const { status, media, problem } = await problemOf(await apiClient.ask("/v1/me"));
    expect({ status, media }).toEqual({ status: 401, media: "application/problem+json" });
    expect(problem).toMatchObject({ type: "not-signed-in", title: "Not signed in", status: 401, errors: [] });
    expect(problem.requestId).toMatch(/^req_[0-9a-f-]{36}$/);
  });
});

describe("a token", () => {
  const tampered = (token: string): string => token.slice(0, -6) + (token.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA");
  const claimed = () =>
    new SignJWT({ tenant_id: fixture.tenant.tenantId })
      .setIssuer(apiClient.issuerUrl)
      .setAudience("regulars")
      .setSubject("ada")
      .setExpirationTime(new Date(API_NOW + 3_600_000));
  const refused = async (token: string) => (await apiClient.ask("/v1/me", { as: token })).status;

  it("is refused when it has expired by more than a minute of clock skew", async () => {
    const eightHours = 8 * 3_600_000;
    expect(await refused(await apiClient.tokenOf(fixture.tenant, "ada", API_NOW - eightHours - 61_000))).toBe(401);
    expect(await refused(await apiClient.tokenOf(fixture.tenant, "ada", API_NOW - eightHours + 1_000))).toBe(200);
  });

  it("is refused when its signature is not the issuer's", async () => {
    expect(await refused(tampered(fixture.tokens.ada))).toBe(401);
    const { privateKey } = await generateKeyPair("ES256");
    expect(await refused(await claimed().setProtectedHeader({ alg: "ES256" }).sign(privateKey))).toBe(401);
  });

  it("is refused when it is signed with a shared secret, with the public key as a secret, or not at all", async () => {
    const secret = await generateSecret("HS256");
    expect(await refused(await claimed().setProtectedHeader({ alg: "HS256" }).sign(secret))).toBe(401);
    const reply = await fetch(`${apiClient.issuerUrl}/jwks.json`);
    const keys = await bodyOf<{ keys: { kid: string }[] }>(reply);
    const confused = new TextEncoder().encode(JSON.stringify(keys.keys[0]));
    expect(
      await refused(
        await claimed()
          .setProtectedHeader({ alg: "HS256", kid: keys.keys[0]?.kid ?? "" })
          .sign(confused),
      ),
    ).toBe(401);
    const [, payload] = fixture.tokens.ada.split(".");
    expect(await refused(`${btoa(JSON.stringify({ alg: "none" })).replaceAll("=", "")}.${payload}.`)).toBe(401);
  });

  it("is refused when it carries its own key", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = await exportJWK(publicKey);
    expect(await refused(await claimed().setProtectedHeader({ alg: "ES256", jwk }).sign(privateKey))).toBe(401);
  });

  it("is refused for another audience or issuer, and for an unknown tenant or user", async () => {
    const unsigned = await apiClient.tokenOf({ tenantId: fixture.tenant.tenantId }, "nobody");
    expect(await refused(unsigned)).toBe(401);
    const other = await anApiClient();
    expect(await refused(await other.tokenOf(fixture.tenant, "ada"))).toBe(401);
    await other.close();
    const stranger = await anApiFixture(apiClient);
    expect(await refused(await apiClient.tokenOf({ ...stranger.tenant, tenantId: "t-nowhere" as never }, "ada"))).toBe(
      401,
    );
  });
});

describe("an API key", () => {
  const make = (body: object, as = fixture.tokens.ada) => apiClient.ask("/v1/api-keys", { method: "POST", as, body });

  it("is shown once, works at once, and stops working the moment it is revoked", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "shop", actions: ["insights.view_all"] }));
    expect(made.secret).toMatch(/^rgl_live_/);
    expect((await apiClient.ask("/v1/findings", { as: made.secret })).status).toBe(200);
    const listed = await (await apiClient.ask("/v1/api-keys?limit=200", { as: fixture.tokens.ada })).text();
    expect(listed).toContain(made.keyId);
    expect(listed).not.toContain(made.secret.split(".").at(-1));
    const path = `/v1/api-keys/${made.keyId}/revoke`;
    expect((await apiClient.ask(path, { method: "POST", as: fixture.tokens.ada })).status).toBe(200);
    expect((await apiClient.ask("/v1/findings", { as: made.secret })).status).toBe(401);
  });

  it("is stored as a hash: its secret is nowhere in the table", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "kept", actions: ["ingest.write"] }));
    const stored = await fixture.store.apiKeys.find(made.keyId);
    expect(stored?.secretHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(stored)).not.toContain(made.secret.split(".").at(-1));
  });

  it("has its own rights and no others", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "reader", actions: ["nightly.run"] }));
    expect((await apiClient.ask("/v1/findings", { as: made.secret })).status).toBe(403);
    expect((await apiClient.ask("/v1/nightly-runs/last", { as: made.secret })).status).toBe(200);
  });

  it("F6: the last nightly run's record says whom nobody will tell, and why", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "untold", actions: ["nightly.run"] }));
    await fixture.store.nightly.saveNightly({
      asOf: day("2026-09-24"),
      customers: 3,
      kinds: {},
      untold: [{ reason: "no-user", entries: 2, customers: 1, first: [customerIdSchema.parse("C1")], users: [] }],
    });
    const reply = await apiClient.ask("/v1/nightly-runs/last", { as: made.secret });
    expect(await bodyOf(reply)).toMatchObject({
      untold: [
        {
          reason: "no-user",
          why: "no user has these customers: name one as their repId or assignedUserId, or a rep of their territoryId or teamId",
          entries: 2,
          customers: 1,
          first: ["C1"],
          users: [],
        },
      ],
    });
  });

  it("with the right to add leads or to ingest cannot list the users", async () => {
    for (const action of ["leads.add", "ingest.write"]) {
      const made = await bodyOf<NewKey>(await make({ name: `blind ${action}`, actions: [action] }));
      for (const path of ["/v1/users", "/v1/users/anna"])
        expect((await apiClient.ask(path, { as: made.secret })).status).toBe(403);
    }
    expect((await apiClient.ask("/v1/users/anna", { as: fixture.apiKey })).status).toBe(200);
  });

  it("cannot have the right to create API keys", async () => {
    const reply = await make({ name: "maker", actions: ["keys.manage"] });
    expect((await problemOf(reply)).problem).toMatchObject({ status: 422, type: "unusable-action" });
  });

  it("has at most one more for a rotation, however many are requested concurrently", async () => {
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => make({ name: "turn", actions: ["ingest.write"] })),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409, 409, 409, 409, 409]);
    const keys = await fixture.store.apiKeys.list();
    const live = keys.filter(({ name, revokedAt }) => name === "turn" && revokedAt === undefined);
    expect(live).toHaveLength(2);
    await apiClient.ask(`/v1/api-keys/${live[0]?.keyId}/revoke`, { method: "POST", as: fixture.tokens.ada });
    expect((await make({ name: "turn", actions: ["ingest.write"] })).status).toBe(201);
  });

  it("shows the day of its last use", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "used", actions: ["insights.view_all"] }));
    expect((await fixture.store.apiKeys.find(made.keyId))?.lastUsedOn).toBeUndefined();
    await apiClient.ask("/v1/me", { as: made.secret });
    expect((await fixture.store.apiKeys.find(made.keyId))?.lastUsedOn).toBe("2026-11-23");
    const writes = fixture.store.usage.itemsWritten;
    await apiClient.ask("/v1/me", { as: made.secret });
    expect(fixture.store.usage.itemsWritten).toBe(writes);
  });

  it("is refused when any part of it is from another key", async () => {
    const foreign = await anApiFixture(apiClient);
    const [tenant, keyId, secret] = fixture.apiKey.replace("rgl_live_", "").split(".");
    for (const key of [
      `rgl_live_${tenant}.${keyId}.${"A".repeat(43)}`,
      `rgl_live_${tenant}.k999999999999.${secret}`,
      `rgl_live_${foreign.tenant.tenantId}.${keyId}.${secret}`,
      `rgl_live_${tenant}.${keyId}.${secret}x`,
      "rgl_live_",
      "rgl_live_.k000000000001.",
    ])
      expect((await apiClient.ask("/v1/me", { as: key })).status).toBe(401);
  });
});

describe("the scope of customers", () => {
  const kinds = async (as: string, query = "") => {
    const reply = await apiClient.ask(`/v1/findings${query}`, { as });
    const page = await bodyOf<PageBody<{ id: string }>>(reply);
    return page.data.map(({ id }) => id).toSorted();
  };
  const acme = ["churn-risk:acme", "overdue-payments:acme"];
  const cove = ["churn-risk:cove", "overdue-payments:cove"];

  it("is a rep's own customers, the team's for a manager, all for an admin and an API key with the right", async () => {
    expect(await kinds(fixture.tokens.anna)).toEqual(acme);
    expect(await kinds(fixture.tokens.bo)).toEqual(cove);
    expect(await kinds(fixture.tokens.max)).toEqual(acme);
    expect(await kinds(fixture.tokens.ada)).toEqual([...acme, ...cove].toSorted());
    expect(await kinds(fixture.apiKey)).toEqual([...acme, ...cove].toSorted());
  });

  it("is not widened by a filter or an id", async () => {
    expect(await kinds(fixture.tokens.anna, "?repId=bo")).toEqual([]);
    for (const path of ["/v1/findings/churn-risk:cove", "/v1/customers/cove", "/v1/for-you?userId=bo"])
      expect((await apiClient.ask(path, { as: fixture.tokens.anna })).status).toBe(404);
  });

  it("is the same on any past day, for the same customers", async () => {
    expect(await kinds(fixture.tokens.anna, "?asOf=2026-11-01")).toEqual(
      [...acme, "linked-products:acme:link:rye~0023butter"].toSorted(),
    );
    const list = await bodyOf<PageBody<{ customerId: string }>>(
      await apiClient.ask("/v1/customers", { as: fixture.tokens.max }),
    );
    expect(list.data.map(({ customerId }) => customerId)).toEqual(["acme", "blue"]);
  });
});
