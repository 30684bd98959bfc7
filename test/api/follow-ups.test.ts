import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, type PageBody, type ProblemBody, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

/** Follow-ups over HTTP, and deleting a record that was made by mistake. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
});
afterAll(() => apiClient.close());
beforeEach(async () => {
  fixture = await anApiFixture(apiClient);
});

interface FollowUpBody {
  readonly followUpId: string;
  readonly state: string;
  readonly userId: string | null;
}

const PATH = "/v1/follow-ups/company:acme:status:neglected:2026-11-20";
const ask = (path: string, as = fixture.tokens.anna, asked: object = {}) => apiClient.ask(path, { as, ...asked });
const listed = async (path = "/v1/follow-ups", as = fixture.tokens.anna) =>
  (await bodyOf<PageBody<FollowUpBody>>(await ask(path, as))).data;

describe("/v1/follow-ups", () => {
  it("lists the open ones of the caller, and of the users they see", async () => {
    expect(await listed()).toEqual([
      {
        followUpId: "company:acme:status:neglected:2026-11-20",
        ownerType: "company",
        ownerId: "acme",
        customerId: "acme",
        statusId: "neglected",
        since: "2026-11-20",
        operationId: null,
        requestId: null,
        type: "call",
        text: "Call Acme Café",
        userId: "anna",
        dueOn: "2026-11-23",
        state: "open",
        isAutomatic: false,
        createdAt: expect.any(String),
        endedOn: null,
      },
    ]);
    expect(await listed("/v1/follow-ups?userId=anna", fixture.tokens.max)).toHaveLength(1);
    expect(await listed("/v1/follow-ups", fixture.tokens.bo)).toEqual([]);
    expect((await ask("/v1/follow-ups?userId=anna", fixture.tokens.bo)).status).toBe(404);
    expect((await ask(PATH, fixture.tokens.bo)).status).toBe(404);
  });

  it("changes, completes and lists them with their customer; completed twice is once", async () => {
    const change = await ask(PATH, fixture.tokens.anna, {
      method: "PATCH",
      body: { userId: "max", dueOn: "2026-12-01" },
    });
    expect(await bodyOf<FollowUpBody>(change)).toMatchObject({ userId: "max", dueOn: "2026-12-01" });
    expect([await listed(), (await listed("/v1/follow-ups", fixture.tokens.max)).length]).toEqual([[], 1]);
    for (const as of [fixture.tokens.max, fixture.tokens.anna])
      expect(await bodyOf<FollowUpBody>(await ask(`${PATH}/complete`, as, { method: "POST" }))).toMatchObject({
        state: "done",
        endedOn: "2026-11-23",
      });
    expect(await listed("/v1/customers/acme/follow-ups")).toMatchObject([{ state: "done", userId: "max" }]);
    const late = await ask(`${PATH}/drop`, fixture.tokens.anna, { method: "POST" });
    expect(await bodyOf<ProblemBody>(late)).toMatchObject({ status: 409, type: "follow-up-ended" });
  });

  it("has the statuses of the customer settled at once when one is completed or dropped", async () => {
    const settled = async (path: string, asked: object = {}) => {
      apiClient.sent.length = 0;
      const reply = await ask(path, fixture.tokens.anna, { method: "POST", ...asked });
      return [reply.status, ...apiClient.sent.filter(({ queue }) => queue === "rebuilds").map((sent) => sent.body)];
    };
    const ofAcme = { tenantId: fixture.tenant.tenantId, customerIds: ["acme"] };
    const made = { body: { text: "Call <name>" } };
    expect(await settled(`${PATH}/complete`)).toEqual([200, ofAcme]);
    // One that is made is no contact yet.
    expect(await settled("/v1/customers/acme/statuses/neglected/follow-up", made)).toEqual([200]);
    // Sent again by who got no answer, whose message may have been lost too.
    for (const _ of [1, 2]) expect(await settled(`${PATH.slice(0, -2)}21/drop`)).toEqual([200, ofAcme]);
    expect(await settled(`${PATH}/drop`)).toEqual([409]);
  });

  it("refuses what cannot be used, and changes nothing", async () => {
    const bodies = [
      { dueOn: "2026-13-01" },
      { text: " " },
      { userId: "" },
      { userId: "ghost" },
      { state: "done" },
      { text: "x".repeat(2_001) },
    ];
    for (const body of bodies) {
      const reply = await ask(PATH, fixture.tokens.anna, { method: "PATCH", body });
      expect([body, reply.status]).toEqual([body, 422]);
    }
    expect(await listed()).toMatchObject([{ dueOn: "2026-11-23", text: "Call Acme Café" }]);
    expect((await ask("/v1/follow-ups/company:acme:status:neglected:2026-11-19")).status).toBe(404);
    expect((await ask("/v1/follow-ups/nothing")).status).toBe(404);
  });
});

describe("/v1/customers/{customerId}/statuses/{statusId}/follow-up", () => {
  const FOLLOW = "/v1/customers/acme/statuses/neglected/follow-up";
  const follow = (path: string, body: object, as = fixture.tokens.anna) => ask(path, as, { method: "POST", body });

  it("SA04: makes the follow-up of a status by hand, once, for those who see the customer", async () => {
    for (const body of [{ text: "Call <name> (<cpho>)" }, { text: "Other" }])
      expect(await bodyOf<FollowUpBody>(await follow(FOLLOW, body))).toMatchObject({
        followUpId: "company:acme:status:neglected:2026-11-21",
        text: "Call Acme Café (+45 12 34 56 78)",
        userId: "anna",
        isAutomatic: false,
        state: "open",
      });
    expect((await follow(FOLLOW, {}, fixture.tokens.bo)).status).toBe(404);
  });

  it("refuses a status that is not held, an owner of somebody else, and a text that cannot be used", async () => {
    for (const [path, body, status, type] of [
      ["/v1/customers/blue/statuses/neglected/follow-up", { text: "Call" }, 409, "status-not-held"],
      ["/v1/customers/acme/statuses/none/follow-up", { text: "Call" }, 404, "unknown-status"],
      [FOLLOW, {}, 422, "unusable-fields"],
      [FOLLOW, { text: "Call <name" }, 422, "unusable-fields"],
      [FOLLOW, { text: "Call", userId: "ghost" }, 422, "unusable-fields"],
      [FOLLOW, { text: "Call", ownerType: "person", ownerId: "nobody" }, 404, "unknown-person"],
      [FOLLOW, { text: "Call", ownerType: "project" }, 404, "unknown-project"],
      [
        "/v1/customers/blue/statuses/neglected/follow-up",
        { text: "Call", ownerType: "person", ownerId: "eva" },
        404,
        "unknown-person",
      ],
    ] as const)
      expect(await bodyOf<ProblemBody>(await follow(path, body))).toMatchObject({ status, type });
    expect(await listed()).toHaveLength(1);
  });
});

describe("a record that was recorded by mistake", () => {
  it.each(["/v1/activities/A-502", "/v1/sales/S-32", "/v1/requests/T-9002"])("is deleted by %s, once", async (path) => {
    const remove = () => apiClient.ask(path, { as: fixture.apiKey, method: "DELETE" });
    expect(await bodyOf<object>(await remove())).toEqual({ id: path.split("/")[3], deleted: true });
    expect((await remove()).status).toBe(404);
  });
});
