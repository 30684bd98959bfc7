import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

let apiClient: ApiTestClient;
let home: SalesPlanClient;

/** 60 orders of 10 customers: 20 with tea and milk, 5 with tea, 35 with salt. */
const orders = Array.from({ length: 60 }, (_, i) => ({
  orderId: `o${i}`,
  customerId: `c${i % 10}`,
  orderedAt: "2026-10-05",
  lines: (i < 20 ? ["tea", "milk"] : i < 25 ? ["tea"] : ["salt"]).map((itemId) => ({ itemId, quantity: 2 })),
}));

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  await home.ask("POST", "/orders/batch", { items: orders });
  const names = ["gun", "bullet", "oil", "<script>alert(1)</script>", "a/b#c|d", "Кава 1кг", "suggestions"];
  await home.ask("POST", "/items/batch", { items: names.map((itemId) => ({ itemId })) });
});
afterAll(() => apiClient.close());

const put = (link: object) => home.ask("PUT", "/links", link);
const listed = async (query = "") => (await home.ask("GET", `/links?limit=200${query}`)).body.data;
const suggest = (body: object) => home.ask("POST", "/links/suggestions", body);
const request = { from: "2026-09-01", percent: 10, asOf: "2026-11-15" };
const decide = (state: string, from = "tea", to = "milk") =>
  home.ask("PUT", `/links/suggestions/${from}/${to}`, { state });
const inState = async (state: string) =>
  (await home.ask("GET", `/links/suggestions?state=${state}`)).body.data as readonly { readonly from: string }[];

describe("links over the API", () => {
  it("CR29: are set, read, replaced whole, listed by filter and page, and removed", async () => {
    const link = { itemId: "gun", linkedItemId: "bullet", ratio: 1, linkedRatio: 24, lagDays: 14, bidirectional: true };
    expect(await put(link)).toMatchObject({ status: 200, body: link });
    expect((await home.ask("GET", "/links/gun/bullet")).body).toEqual(link);
    await put({ itemId: "gun", linkedItemId: "oil" });
    await put({ itemId: "oil", linkedItemId: "bullet", ratio: 3, linkedRatio: 2 });
    const pairs = (data: readonly (typeof link)[]) => data.map((one) => `${one.itemId} ${one.linkedItemId}`);
    expect(pairs(await listed())).toEqual(["gun bullet", "gun oil", "oil bullet"]);
    expect(pairs(await listed("&itemId=gun"))).toEqual(["gun bullet", "gun oil"]);
    expect(pairs(await listed("&linkedItemId=bullet"))).toEqual(["gun bullet", "oil bullet"]);
    expect(pairs(await listed("&anyItemId=oil"))).toEqual(["gun oil", "oil bullet"]);
    const first = (await home.ask("GET", "/links?limit=2")).body;
    expect(pairs(first.data)).toEqual(["gun bullet", "gun oil"]);
    expect(pairs((await home.ask("GET", `/links?limit=2&cursor=${first.next}`)).body.data)).toEqual(["oil bullet"]);
    await put({ itemId: "gun", linkedItemId: "bullet", ratio: 2, linkedRatio: 3 });
    const replaced = { ...link, ratio: 2, linkedRatio: 3, lagDays: 0, bidirectional: false };
    expect((await home.ask("GET", "/links/gun/bullet")).body).toEqual(replaced);
    for (const pair of ["gun/bullet", "gun/oil", "oil/bullet"])
      expect((await home.ask("DELETE", `/links/${pair}`)).status).toBe(204);
    expect((await home.ask("DELETE", "/links/gun/oil")).status).toBe(404);
    expect((await home.ask("GET", "/links/gun/oil")).body.type).toBe("unknown-link");
  });

  it.each([
    [{ linkedItemId: "gun" }, "linkedItemId", "is the item itself, gun"],
    [{ ratio: 0 }, "ratio", "is not a whole number from 1 to 1000 (given 0)"],
    [{ ratio: -1 }, "ratio", "is not a whole number from 1 to 1000 (given -1)"],
    [{ linkedRatio: 1.5 }, "linkedRatio", "is not a whole number from 1 to 1000 (given 1.5)"],
    [{ linkedRatio: 1001 }, "linkedRatio", "is not a whole number from 1 to 1000 (given 1001)"],
    [{ ratio: "12,5" }, "ratio", 'is not a whole number from 1 to 1000 (given "12,5")'],
    [{ lagDays: -1 }, "lagDays", "is not a whole number from 0 to 365 (given -1)"],
    [{ lagDays: 93 }, "lagDays", 'lagDays "93" is longer than the 3 months that are compared: 0 to 92 are allowed'],
    [{ linkedItemId: "powder" }, "linkedItemId", 'linkedItemId "powder" is no item that was imported or ordered'],
    [{ itemId: "ghost" }, "itemId", 'itemId "ghost" is no item that was imported or ordered'],
    [{ itemId: "bullet", linkedItemId: "gun" }, "ratio", 'ratio "1:1" from bullet to gun contradicts 1:24 from gun'],
  ])("CR29: refuse %j with path, value and what is allowed, and save nothing", async (wrong, path, message) => {
    await put({ itemId: "gun", linkedItemId: "bullet", linkedRatio: 24 });
    const before = await listed();
    const refused = await put({ itemId: "gun", linkedItemId: "oil", ...wrong });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ path, message: expect.stringContaining(message) }]);
    expect(await listed()).toEqual(before);
  });

  it("CR29: take items of any id", async () => {
    for (const itemId of ["<script>alert(1)</script>", "a/b#c|d", "Кава 1кг", "suggestions"]) {
      expect((await put({ itemId, linkedItemId: "oil" })).status).toBe(200);
      expect(await listed(`&itemId=${encodeURIComponent(itemId)}`)).toMatchObject([{ itemId }]);
      const removed = await home.ask("DELETE", `/links/${encodeURIComponent(itemId)}/oil`);
      expect([itemId, removed.status]).toEqual([itemId, 204]);
    }
  });

  it("CR29: never contradict each other, however many admins save them at once", async () => {
    for (let round = 0; round < 4; round += 1) {
      await home.ask("DELETE", "/links/gun/bullet");
      await home.ask("DELETE", "/links/bullet/gun");
      const answers = await Promise.all([
        put({ itemId: "gun", linkedItemId: "bullet", linkedRatio: 24 }),
        put({ itemId: "bullet", linkedItemId: "gun", ratio: 12 }),
        put({ itemId: "bullet", linkedItemId: "gun", ratio: 24 }),
      ]);
      const links: { ratio: number; linkedRatio: number }[] = await listed();
      expect(new Set(links.map((one) => Math.max(one.ratio, one.linkedRatio))).size).toBe(1);
      expect(answers.every(({ status }) => [200, 422].includes(status))).toBe(true);
    }
    await home.ask("DELETE", "/links/gun/bullet");
    await home.ask("DELETE", "/links/bullet/gun");
  });
});

describe("suggested links over the API", () => {
  it("CR31: have the figures of the command line, and for how many customers they would be red", async () => {
    const held = await suggest({ ...request, metric: "support", percent: 33 });
    expect(held.body).toMatchObject({ total: 0, held: 1, rules: [] });
    const { body } = await suggest({ ...request, metric: "support", percent: 33, all: true });
    expect(body).toEqual({
      asOf: "2026-11-15",
      invoices: 60,
      total: 1,
      held: 0,
      setAside: [],
      rules: [
        {
          from: "milk",
          to: "tea",
          joint: 20,
          support: 20 / 60,
          confidence: 1,
          lift: (20 * 60) / (25 * 20),
          ratio: "4:5",
          buyers: 10,
          wouldBeRed: 10,
        },
      ],
    });
  });

  it.each([
    [{ percent: 0 }, "percent"],
    [{ percent: 101 }, "percent"],
    [{ percent: 12.5 }, "percent"],
    [{ percent: "12,5" }, "percent"],
    [{ from: "2026-11-16" }, "from"],
    [{ from: "16.11.2026" }, "from"],
    [{ metric: "luck" }, "metric"],
    [{ minJoint: 0 }, "minJoint"],
    [{ nothing: 1 }, "nothing"],
  ])("CR31: are refused for %j with the path", async (wrong, path) => {
    const refused = await suggest({ ...request, ...wrong });
    expect(refused.status).toBe(422);
    expect(refused.body.errors).toMatchObject([{ path }]);
  });

  it("CR32: are accepted and rejected with who and when, and an entered link stays as it is", async () => {
    await suggest({ ...request, all: true });
    expect((await inState("suggested")).map(({ from }) => from)).toEqual(["milk", "tea"]);
    expect(await decide("rejected")).toMatchObject({
      status: 200,
      body: { from: "tea", state: "rejected", by: "boss", at: "2026-11-23T08:00:00.000Z" },
    });
    expect(await inState("suggested")).toEqual([]);
    await suggest({ ...request, all: true });
    expect(await inState("suggested")).toEqual([]);
    expect(await inState("rejected")).toMatchObject([{ from: "tea", to: "milk", by: "boss" }]);
    expect((await decide("perhaps")).body.errors).toMatchObject([
      { path: "state", message: 'is not one of accepted, rejected (given "perhaps")' },
    ]);
    expect(await decide("accepted")).toMatchObject({ status: 200, body: { state: "accepted" } });
    expect(await decide("accepted")).toMatchObject({ status: 200, body: { state: "accepted" } });
    expect(await listed("&anyItemId=tea")).toMatchObject([
      { itemId: "tea", linkedItemId: "milk", ratio: 6, linkedRatio: 5 },
    ]);
    for (const [from, to, state] of [
      ["milk", "tea", "accepted"],
      ["tea", "milk", "rejected"],
    ] as const)
      expect(await decide(state, from, to)).toMatchObject({ status: 409, body: { type: "already-linked" } });
    await home.ask("DELETE", "/links/tea/milk");
    await put({ itemId: "tea", linkedItemId: "milk", ratio: 7, linkedRatio: 9 });
    expect(await decide("accepted", "milk", "tea")).toMatchObject({ status: 409 });
    expect(await listed("&anyItemId=tea")).toMatchObject([{ ratio: 7, linkedRatio: 9 }]);
    await home.ask("DELETE", "/links/tea/milk");
    expect(await decide("accepted", "tea", "salt")).toMatchObject({
      status: 404,
      body: { type: "unknown-suggestion" },
    });
    expect(await decide("postponed")).toMatchObject({ status: 422, body: { errors: [{ path: "state" }] } });
  });

  it("CR32: have one decision, and a link only when it is the one that accepts, whoever decides at once", async () => {
    for (let round = 0; round < 4; round += 1) {
      await home.ask("DELETE", "/links/tea/milk");
      await home.ask("DELETE", "/links/milk/tea");
      await suggest({ ...request, all: true });
      const answers = await Promise.all([
        decide("accepted"),
        decide("rejected"),
        decide("accepted", "milk", "tea"),
        decide("rejected", "milk", "tea"),
        suggest({ ...request, all: true }),
      ]);
      expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(true);
      const links: { itemId: string }[] = await listed("&anyItemId=tea");
      const accepted = await inState("accepted");
      expect(links).toHaveLength(1);
      expect(accepted.map(({ from }) => from)).toEqual(links.map(({ itemId }) => itemId));
    }
  });
});
