import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, type ProblemBody, bodyOf, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

/** A tenant's settings over HTTP, the same as `regulars settings` shows. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
});

afterAll(() => apiClient.close());

beforeEach(async () => {
  fixture = await anApiFixture(apiClient);
});

const PATH = "/v1/tenant/settings";
const patch = (body: object, as = fixture.tokens.ada) => apiClient.ask(PATH, { method: "PATCH", as, body });
const settings = async () => bodyOf<object>(await apiClient.ask(PATH, { as: fixture.tokens.ada }));

describe("/v1/tenant/settings", () => {
  it("shows all settings, and changes only those that are sent", async () => {
    const before = await settings();
    expect(before).toMatchObject({
      edition: "enterprise",
      priceEditing: false,
      maxAlertsPerRepPerDay: 10,
      insights: {},
    });
    const changed = { ...before, maxAlertsPerRepPerDay: 3, insights: { "lost-items": { gate: "score" } } };
    const reply = await patch({ maxAlertsPerRepPerDay: 3, insights: { "lost-items": { gate: "score" } } });
    expect([reply.status, await bodyOf<object>(reply)]).toEqual([200, changed]);
    expect(await settings()).toEqual(changed);
    await patch({ priceEditing: true, insights: { "lost-items": { gate: null } } });
    expect(await settings()).toEqual({ ...before, maxAlertsPerRepPerDay: 3, priceEditing: true });
  });

  it("keeps both of two concurrent changes", async () => {
    await Promise.all([patch({ priceEditing: true }), patch({ maxAlertsPerRepPerDay: 2 }), patch({ name: "Other" })]);
    expect(await settings()).toMatchObject({ priceEditing: true, maxAlertsPerRepPerDay: 2, name: "Other" });
  });

  it("FY24 switches GP% on the page on and off", async () => {
    const week = async () =>
      (
        await bodyOf<{ insights: { weeklySales: object } }>(
          await apiClient.ask("/v1/for-you", { as: fixture.tokens.anna }),
        )
      ).insights.weeklySales;
    expect(await week()).not.toHaveProperty("grossProfit");
    await patch({ priceEditing: true });
    expect(await week()).toHaveProperty("grossProfit");
  });

  it("needs the right to manage settings, and never changes the edition or the time zone", async () => {
    const { anna, max } = fixture.tokens;
    for (const as of [anna, max]) {
      expect((await apiClient.ask(PATH, { as })).status).toBe(403);
      expect((await patch({ priceEditing: true }, as)).status).toBe(403);
    }
    for (const body of [{ edition: "enterprise" }, { timeZone: "UTC" }])
      expect([body, (await patch(body)).status]).toEqual([body, 422]);
  });

  it("E6: refuses another base currency where amounts are stored, with the reason, and takes the same one", async () => {
    const reply = await patch({ currency: "USD", priceEditing: true });
    expect(await bodyOf<ProblemBody>(reply)).toMatchObject({
      status: 409,
      type: "currency-in-use",
      detail: expect.stringMatching(/stays EUR: amounts of its \w+( \w+)? are stored in it/),
    });
    expect(await settings()).toMatchObject({ currency: "EUR", priceEditing: false });
    expect((await patch({ currency: "EUR" })).status).toBe(200);
    expect((await patch({ currency: "EURO" })).status).toBe(422);
  });

  it("SA14: refuses a fourth period, a period of no day and classes that overlap, and saves nothing", async () => {
    const aClass = { class: 1, currency: "EUR", fromMinor: 0, toMinor: 1_000 };
    for (const [monitors, detail, paths] of [
      [
        { periods: { company: [30, 60, 90, 120] } },
        /^monitors.periods.company: has more than 3 periods .given .30,60,90,120/,
        ["monitors.periods.company"],
      ],
      [
        { ordersAreSales: "no", periods: { person: [0] } },
        /^monitors.periods.person.0: is shorter than 1 day .given 0.$/,
        ["monitors.periods.person[0]", "monitors.ordersAreSales"],
      ],
      [
        { amountClasses: [aClass, { ...aClass, class: 2 }] },
        /^monitors.amountClasses.1: class 2 .* overlaps class 1/,
        ["monitors.amountClasses[1]"],
      ],
    ] as const) {
      const reply = await patch({ monitors, priceEditing: true });
      expect(await bodyOf<ProblemBody>(reply)).toMatchObject({
        status: 422,
        type: "unusable-setting",
        detail: expect.stringMatching(detail),
        errors: paths.map((path) => ({ path })),
      });
    }
    expect(await settings()).toMatchObject({ monitors: {}, priceEditing: false });
    await patch({ monitors: { periods: { company: [45] }, ordersAreSales: false } });
    expect(await settings()).toMatchObject({ monitors: { periods: { company: [45] }, ordersAreSales: false } });
  });

  it("has the statuses of everybody settled anew at once after a change that they count by, and after no other", async () => {
    const { tenantId } = fixture.tenant;
    const rebuilds = async (change: object) => {
      apiClient.sent.length = 0;
      expect((await patch(change)).status).toBe(200);
      return apiClient.sent.filter(({ queue }) => queue === "rebuilds").map(({ body }) => body);
    };
    const everybody = [{ tenantId, everybody: true }];
    expect(await rebuilds({ monitors: { periods: { company: [45] } } })).toEqual(everybody);
    // Whoever gives it again may do so because the first message was lost.
    expect(await rebuilds({ monitors: { periods: { company: [45] } } })).toEqual(everybody);
    const classes = [{ class: 1, currency: "EUR", fromMinor: 0 }];
    expect(await rebuilds({ monitors: { amountClasses: classes } })).toEqual(everybody);
    expect(await rebuilds({ monitors: { ordersAreSales: false } })).toEqual(everybody);
    expect(await rebuilds({ relationships: { contactDays: 30 } })).toEqual(everybody);
    expect(await rebuilds({ closures: [{ from: "12-24", to: "12-26" }] })).toEqual(everybody);
    expect(await rebuilds({ maxAlertsPerRepPerDay: 3, priceEditing: true })).toEqual([]);
  });

  it("takes a tenant's own words for texts, and gives the product's back", async () => {
    const own = {
      da: { "digest.footer": "Du sælger for <firm>." },
      uk: { "churn-risk.followUp": "<pers>, як справи?" },
    };
    expect(await bodyOf(await patch({ templates: own }))).toMatchObject({ templates: own });
    await patch({ templates: { da: { "digest.footer": null } } });
    expect(await settings()).toMatchObject({ templates: { uk: own.uk } });
  });

  it.each<[string, object, number, string]>([
    [
      "an unknown variable",
      { da: { "digest.footer": "<frim>" } },
      422,
      "templates.da.digest.footer has the unknown variable <frim>: did you mean <firm>? There are <firm>",
    ],
    [
      "100 KB",
      { da: { "digest.footer": "x".repeat(100_000) } },
      422,
      "templates.da.digest.footer has 100000 characters: at most 600",
    ],
    [
      "a language without texts",
      { sv: { "digest.footer": "x" } },
      422,
      'templates: there are no texts in "sv"; the languages are en, da, pt-BR, uk',
    ],
  ])(
    "refuses a template with %s, says where and what is allowed, and saves nothing",
    async (_what, templates, status, said) => {
      const before = await settings();
      const reply = await patch({ name: "Other", templates });
      expect(reply.status).toBe(status);
      expect((await bodyOf<ProblemBody>(reply)).detail).toContain(said);
      expect(await settings()).toEqual(before);
    },
  );

  it("refuses a setting that no insight kind has", async () => {
    const reply = await patch({ insights: { "churn-risk": { minOrders: "many" } } });
    expect(await bodyOf<ProblemBody>(reply)).toMatchObject({ status: 422, type: "unusable-setting" });
    expect(await settings()).toMatchObject({ insights: {} });
  });

  it("lists the texts with their versions, and previews words with a real customer", async () => {
    const as = fixture.tokens.ada;
    for (const words of ["A <firm>", null]) await patch({ templates: { da: { "digest.footer": words } } });
    const { data } = await bodyOf<{ data: { textId: string; isOwn: boolean; versions: object[] }[] }>(
      await apiClient.ask("/v1/tenant/templates?language=da", { as }),
    );
    expect(data.find(({ textId }) => textId === "digest.footer")).toMatchObject({
      isOwn: false,
      places: ["text", "html"],
      versions: [
        { version: 2, by: "user:ada", words: null },
        { version: 1, by: "user:ada", words: "A <firm>" },
      ],
    });
    const preview = (body: object, by = as) =>
      apiClient.ask("/v1/tenant/templates/preview", { method: "POST", as: by, body });
    const words = "Hej <pers>, <firm> & venner";
    const asked = { textId: "digest.footer", words: "<firm> & venner", language: "da", customerId: "acme" };
    expect(await bodyOf(await preview(asked))).toMatchObject({
      customerId: "acme",
      places: [{ place: "text" }, { place: "html", written: expect.stringMatching(/ &amp; venner$/) }],
    });
    const said = async (body: object) => {
      const reply = await preview(body);
      return [reply.status, (await bodyOf<ProblemBody>(reply)).detail];
    };
    expect(await said({ ...asked, words })).toEqual([
      422,
      "the text digest.footer has the unknown variable <pers>: did you mean <firm>? There are <firm>",
    ]);
    expect(await said({ ...asked, customerId: "nobody" })).toEqual([404, "there is no customer nobody"]);
    expect((await preview(asked, fixture.tokens.anna)).status).toBe(403);
  });
});
