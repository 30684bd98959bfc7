import { SignJWT, exportJWK, generateKeyPair, generateSecret } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ApiTestClient,
  DESK_NOW,
  type PageBody,
  type ProblemBody,
  bodyOf,
  anApiClient,
} from "../fixtures/api-client.ts";
import { WORLD_KEY_ID, type ApiWorld, anApiWorld } from "../fixtures/api-world.ts";

interface NewKey {
  readonly keyId: string;
  readonly secret: string;
}

let desk: ApiTestClient;
let world: ApiWorld;

beforeAll(async () => {
  desk = await anApiClient();
  world = await anApiWorld(desk);
});

afterAll(() => desk.close());

const problemOf = async (reply: Response) => ({
  status: reply.status,
  media: reply.headers.get("content-type"),
  problem: await bodyOf<ProblemBody>(reply),
});

describe("an address", () => {
  it("that is asked with another method than it has says which it has", async () => {
    for (const [method, path, allow] of [
      ["DELETE", "/v1/findings", "GET, HEAD"],
      ["POST", "/v1/orders/SO-1001", "GET, HEAD, PUT"],
      ["GET", "/v1/hooks/plans/pln_1/leads:batch", "POST"],
    ] as const) {
      const reply = await desk.ask(path, { method, as: world.tokens.ada, ...(method === "GET" ? {} : { body: {} }) });
      expect([path, reply.status, reply.headers.get("allow")]).toEqual([path, 405, allow]);
      expect(await bodyOf<ProblemBody>(reply)).toMatchObject({ type: "unknown-method", status: 405 });
    }
  });

  it("that is nowhere is not found", async () => {
    const { status, problem } = await problemOf(await desk.ask("/v1/nothing", { as: world.tokens.ada }));
    expect([status, problem.type]).toEqual([404, "unknown-address"]);
  });
});

describe("who comes in", () => {
  it("is a person with a token: rights follow from the role", async () => {
    const me = await (await desk.ask("/v1/me", { as: world.tokens.anna })).json();
    expect(me).toMatchObject({
      type: "user",
      id: "anna",
      name: "Anna Berg",
      rights: ["insights.view_own", "deals.edit_own"],
      tenant: { tenantId: world.tenant.tenantId, timeZone: "UTC", currency: "EUR", plan: "enterprise" },
    });
  });

  it("has the role that the tenant's list says now, whatever the token is from", async () => {
    const other = await anApiWorld(desk);
    expect((await desk.ask("/v1/machine-keys", { as: other.tokens.bo })).status).toBe(403);
    await desk.ask("/v1/users/bo", { method: "PUT", as: other.tokens.ada, body: { name: "Bo", role: "admin" } });
    expect((await desk.ask("/v1/machine-keys", { as: other.tokens.bo })).status).toBe(200);
  });

  it("is a machine with its key, as a bearer token or in a header of its own", async () => {
    const expected = { type: "key", id: WORLD_KEY_ID, name: "erp" };
    expect(await (await desk.ask("/v1/me", { as: world.machineKey })).json()).toMatchObject(expected);
    const headers = { "x-api-key": world.machineKey };
    expect(await (await desk.ask("/v1/me", { headers })).json()).toMatchObject(expected);
  });

  it("is nobody without credentials", async () => {
    const { status, media, problem } = await problemOf(await desk.ask("/v1/me"));
    expect({ status, media }).toEqual({ status: 401, media: "application/problem+json" });
    expect(problem).toMatchObject({ type: "not-signed-in", title: "Not signed in", status: 401, errors: [] });
    expect(problem.requestId).toMatch(/^req_[0-9a-f-]{36}$/);
  });
});

describe("a token", () => {
  const tampered = (token: string): string => token.slice(0, -6) + (token.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA");
  const claimed = () =>
    new SignJWT({ tenant_id: world.tenant.tenantId })
      .setIssuer(desk.issuerUrl)
      .setAudience("regulars")
      .setSubject("ada")
      .setExpirationTime(new Date(DESK_NOW + 3_600_000));
  const refused = async (token: string) => (await desk.ask("/v1/me", { as: token })).status;

  it("is refused when it has expired, and not a minute of clock skew before", async () => {
    const eightHours = 8 * 3_600_000;
    expect(await refused(await desk.tokenOf(world.tenant, "ada", DESK_NOW - eightHours - 61_000))).toBe(401);
    expect(await refused(await desk.tokenOf(world.tenant, "ada", DESK_NOW - eightHours + 1_000))).toBe(200);
  });

  it("is refused when its signature is not the issuer's", async () => {
    expect(await refused(tampered(world.tokens.ada))).toBe(401);
    const { privateKey } = await generateKeyPair("ES256");
    expect(await refused(await claimed().setProtectedHeader({ alg: "ES256" }).sign(privateKey))).toBe(401);
  });

  it("is refused when it is signed with a shared secret, or with the public key as one, or not at all", async () => {
    const secret = await generateSecret("HS256");
    expect(await refused(await claimed().setProtectedHeader({ alg: "HS256" }).sign(secret))).toBe(401);
    const reply = await fetch(`${desk.issuerUrl}/jwks.json`);
    const keys = await bodyOf<{ keys: { kid: string }[] }>(reply);
    const confused = new TextEncoder().encode(JSON.stringify(keys.keys[0]));
    expect(
      await refused(
        await claimed()
          .setProtectedHeader({ alg: "HS256", kid: keys.keys[0]?.kid ?? "" })
          .sign(confused),
      ),
    ).toBe(401);
    const [, payload] = world.tokens.ada.split(".");
    expect(await refused(`${btoa(JSON.stringify({ alg: "none" })).replaceAll("=", "")}.${payload}.`)).toBe(401);
  });

  it("is refused when it brings a key of its own", async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    const jwk = await exportJWK(publicKey);
    expect(await refused(await claimed().setProtectedHeader({ alg: "ES256", jwk }).sign(privateKey))).toBe(401);
  });

  it("is refused for another audience, of another issuer, of a tenant or user that is not there", async () => {
    const unsigned = await desk.tokenOf({ tenantId: world.tenant.tenantId }, "nobody");
    expect(await refused(unsigned)).toBe(401);
    const other = await anApiClient();
    expect(await refused(await other.tokenOf(world.tenant, "ada"))).toBe(401);
    await other.close();
    const stranger = await anApiWorld(desk);
    expect(await refused(await desk.tokenOf({ ...stranger.tenant, tenantId: "t-nowhere" as never }, "ada"))).toBe(401);
  });
});

describe("a machine key", () => {
  const make = (body: object, as = world.tokens.ada) => desk.ask("/v1/machine-keys", { method: "POST", as, body });

  it("is shown once, works at once, and stops working the moment it is revoked", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "shop", actions: ["insights.view_all"] }));
    expect(made.secret).toMatch(/^rgl_live_/);
    expect((await desk.ask("/v1/findings", { as: made.secret })).status).toBe(200);
    const listed = await (await desk.ask("/v1/machine-keys?limit=200", { as: world.tokens.ada })).text();
    expect(listed).toContain(made.keyId);
    expect(listed).not.toContain(made.secret.split(".").at(-1));
    const path = `/v1/machine-keys/${made.keyId}/revoke`;
    expect((await desk.ask(path, { method: "POST", as: world.tokens.ada })).status).toBe(200);
    expect((await desk.ask("/v1/findings", { as: made.secret })).status).toBe(401);
  });

  it("is kept as a hash: its secret is nowhere in the table", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "kept", actions: ["ingest.write"] }));
    const stored = await world.store.machineKeys.find(made.keyId);
    expect(stored?.secretHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(stored)).not.toContain(made.secret.split(".").at(-1));
  });

  it("may do what it was made for and nothing else", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "reader", actions: ["nights.run"] }));
    expect((await desk.ask("/v1/findings", { as: made.secret })).status).toBe(403);
    expect((await desk.ask("/v1/nights/last", { as: made.secret })).status).toBe(200);
  });

  it("that is to add leads or to ingest does not read who works here", async () => {
    for (const action of ["leads.add", "ingest.write"]) {
      const made = await bodyOf<NewKey>(await make({ name: `blind ${action}`, actions: [action] }));
      for (const path of ["/v1/users", "/v1/users/anna"])
        expect((await desk.ask(path, { as: made.secret })).status).toBe(403);
    }
    expect((await desk.ask("/v1/users/anna", { as: world.machineKey })).status).toBe(200);
  });

  it("cannot be made to make others", async () => {
    const reply = await make({ name: "maker", actions: ["keys.manage"] });
    expect((await problemOf(reply)).problem).toMatchObject({ status: 422, type: "unusable-action" });
  });

  it("has one beside it for a rotation, never two, however many are asked for at once", async () => {
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => make({ name: "turn", actions: ["ingest.write"] })),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, 201, 409, 409, 409, 409, 409, 409]);
    const keys = await world.store.machineKeys.list();
    const live = keys.filter(({ name, revokedAt }) => name === "turn" && revokedAt === undefined);
    expect(live).toHaveLength(2);
    await desk.ask(`/v1/machine-keys/${live[0]?.keyId}/revoke`, { method: "POST", as: world.tokens.ada });
    expect((await make({ name: "turn", actions: ["ingest.write"] })).status).toBe(201);
  });

  it("says the day on which it was last used", async () => {
    const made = await bodyOf<NewKey>(await make({ name: "used", actions: ["insights.view_all"] }));
    expect((await world.store.machineKeys.find(made.keyId))?.lastUsedOn).toBeUndefined();
    await desk.ask("/v1/me", { as: made.secret });
    expect((await world.store.machineKeys.find(made.keyId))?.lastUsedOn).toBe("2026-11-23");
    const writes = world.store.usage.itemsWritten;
    await desk.ask("/v1/me", { as: made.secret });
    expect(world.store.usage.itemsWritten).toBe(writes);
  });

  it("is refused when any part of it is another's", async () => {
    const foreign = await anApiWorld(desk);
    const [tenant, keyId, secret] = world.machineKey.replace("rgl_live_", "").split(".");
    for (const key of [
      `rgl_live_${tenant}.${keyId}.${"A".repeat(43)}`,
      `rgl_live_${tenant}.k999999999999.${secret}`,
      `rgl_live_${foreign.tenant.tenantId}.${keyId}.${secret}`,
      `rgl_live_${tenant}.${keyId}.${secret}x`,
      "rgl_live_",
      "rgl_live_.k000000000001.",
    ])
      expect((await desk.ask("/v1/me", { as: key })).status).toBe(401);
  });
});

describe("who sees what", () => {
  const kinds = async (as: string, query = "") => {
    const reply = await desk.ask(`/v1/findings${query}`, { as });
    const page = await bodyOf<PageBody<{ id: string }>>(reply);
    return page.data.map(({ id }) => id).toSorted();
  };
  const acme = ["churn-risk:acme", "overdue-payments:acme"];
  const cove = ["churn-risk:cove", "overdue-payments:cove"];

  it("is the own customers for a rep, the team's for a manager, all for an admin and a key that may", async () => {
    expect(await kinds(world.tokens.anna)).toEqual(acme);
    expect(await kinds(world.tokens.bo)).toEqual(cove);
    expect(await kinds(world.tokens.max)).toEqual(acme);
    expect(await kinds(world.tokens.ada)).toEqual([...acme, ...cove].toSorted());
    expect(await kinds(world.machineKey)).toEqual([...acme, ...cove].toSorted());
  });

  it("is not widened by a filter or an id", async () => {
    expect(await kinds(world.tokens.anna, "?repId=bo")).toEqual([]);
    for (const path of ["/v1/findings/churn-risk:cove", "/v1/customers/cove", "/v1/for-you?userId=bo"])
      expect((await desk.ask(path, { as: world.tokens.anna })).status).toBe(404);
  });

  it("is the same on any past day, for the same customers", async () => {
    expect(await kinds(world.tokens.anna, "?asOf=2026-11-01")).toEqual(acme);
    const list = await bodyOf<PageBody<{ customerId: string }>>(
      await desk.ask("/v1/customers", { as: world.tokens.max }),
    );
    expect(list.data.map(({ customerId }) => customerId)).toEqual(["acme", "blue"]);
  });
});
