import type { Activity } from "@regulars/core/customers/activity";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { signLinkToken } from "@regulars/core/notifications/link-token";
import { addDays } from "@regulars/core/platform/period";
import { activityIdSchema, customerIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { listCodeRed } from "@regulars/flows/code-red/list-code-red";
import { listHealth } from "@regulars/flows/relationships/list-health";
import { openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, FIXTURE_AS_OF, anApiFixture } from "../fixtures/api-tenants.ts";
import { aConsole, aSignedOutConsole } from "../fixtures/page-console.ts";
import { postedForms } from "../fixtures/posted-forms.ts";

/** Every page of settings: what it says a change would do is what saving it does. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
});
beforeEach(async () => {
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

async function ask(
  path: string,
  fields?: Readonly<Record<string, string>>,
  { user = "ada", language = "en" } = {},
): Promise<string> {
  const { tenantId } = fixture.tenant;
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse(user) });
  const answer = await pages.request(path, {
    headers: { accept: "text/html", "sec-fetch-site": "same-origin", cookie: `regulars-language=${language}` },
    ...(fields === undefined ? {} : { method: "POST", body: new URLSearchParams(fields) }),
  });
  expect([path, fields, answer.status]).toEqual([path, fields, fields?.["do"] === "save" ? 303 : 200]);
  return (await answer.text()).replaceAll(/\s+/g, " ");
}

/** Rows of three cells that a page shows: a name, now and then. */
const rowsOf = (text: string): readonly (readonly [string, string, string])[] =>
  [...text.matchAll(/<th scope="row">(.*?)<\/th> <td[^>]*>(.*?)<\/td> <td[^>]*>(.*?)<\/td>/g)].map(
    ([, name = "", now = "", then = ""]) => [bare(name), bare(now), bare(then)],
  );
const bare = (text: string): string =>
  text
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
/** The lines of the lists that a page shows. */
const linesOf = (text: string): readonly string[] =>
  [...text.matchAll(/<li>(.*?)<\/li>/g)].map(([, line = ""]) => bare(line));

/** Findings to act on by kind, as the page of all reps counts them, of the day of the last night. */
async function toActOn(): Promise<ReadonlyMap<string, string>> {
  const text = await ask(`/for-you/${fixture.tenant.tenantId}?asOf=${FIXTURE_AS_OF}`);
  const kinds = [...text.matchAll(/<a href="[^"]*kind=[^"]*">\s*<span>([^<]*)<\/span>\s*<strong>(\d+)<\/strong>/g)];
  const counts = new Map(kinds.map(([, title = "", count = ""]) => [title, count]));
  return new Map(builtInInsights.kinds.map(({ title }) => [title, counts.get(title) ?? "0"]));
}

const tenantNow = async () => {
  const tenant = await openTenantDirectory(apiClient.runtime.table).find(fixture.tenant.tenantId);
  if (tenant === undefined) throw new Error("the tenant is gone");
  return { tenant, store: openTenantStore(apiClient.runtime.table, tenant) };
};

const CHANGES: readonly Readonly<Record<string, string>>[] = [
  { group: "insights.churn-risk", minOrders: "900" },
  { group: "insights.churn-risk", baseline: "max", lapsedAfterDays: "3" },
  { group: "insights.overdue-payments", graceDays: "60" },
  { group: "company", closures: "2026-08-12..2026-11-20" },
  { group: "company", maxAlertsPerRepPerDay: "1" },
  { group: "relationships", health: "true" },
  { group: "monitors", ordersAreSales: "true" },
];

/** A customer who is met every other day. */
const MEETINGS: readonly Activity[] = Array.from({ length: 9 }, (_, i) => ({
  activityId: activityIdSchema.parse(`met-${i}`),
  customerId: customerIdSchema.parse("cove"),
  type: "meeting",
  direction: "none",
  userId: userIdSchema.parse("bo"),
  occurredOn: addDays(FIXTURE_AS_OF, -2 * i),
  occurredAt: toInstant(Date.parse(`${addDays(FIXTURE_AS_OF, -2 * i)}T09:00:00Z`)),
  completed: true,
}));

describe("what a change of settings would do", () => {
  it.each(CHANGES)("CN05: is what saving it does: %j", async (fields) => {
    const path = `/settings/${fixture.tenant.tenantId}`;
    const before = await tenantNow();
    const present = await toActOn();
    const preview = rowsOf(await ask(path, { ...fields, do: "preview" }));
    expect((await tenantNow()).tenant).toEqual(before.tenant);
    const kinds = [...present.keys()].map((title) => preview.find(([name]) => name === title));
    expect(kinds.map((row) => row?.slice(0, 2))).toEqual([...present].map(([title, count]) => [title, count]));
    await ask(path, { ...fields, do: "save" });
    expect(kinds.map((row) => row?.[2])).toEqual([...(await toActOn()).values()]);
  });

  it("CN05: some of these changes do change what there is to act on", async () => {
    const path = `/settings/${fixture.tenant.tenantId}`;
    const preview = rowsOf(await ask(path, { group: "insights.churn-risk", minOrders: "900", do: "preview" }));
    expect(preview.find(([name]) => name === "Churn risk")).toEqual(["Churn risk", "2", "0"]);
    expect(preview[0]).toEqual([
      "Churn risk: Days with an order, at least insights.churn-risk.minOrders",
      "usual",
      "900",
    ]);
  });

  it("CN05: of relationships names the grades that customers then have", async () => {
    const path = `/settings/${fixture.tenant.tenantId}`;
    await fixture.store.imports.saveActivities(MEETINGS);
    const text = await ask(path, { group: "relationships", goodMin: "100", fairMin: "99", do: "preview" });
    const examples = rowsOf(text).filter(([, now, then]) => /^(?:none|\d+ \w+)$/.test(now) && /^\d+ \w+$/.test(then));
    const moves = [...text.matchAll(/<li> (\d+) customers?: \w+ → (\w+) <\/li>/g)];
    await ask(path, { group: "relationships", goodMin: "100", fairMin: "99", do: "save" });
    const { tenant, store } = await tenantNow();
    const list = await listHealth({
      tenant,
      store: store.nightly,
      scope: { canSee: () => true },
      filter: {},
      asOf: FIXTURE_AS_OF,
      now: toInstant(API_NOW),
    });
    if (!list.ok) throw new Error(list.message);
    const graded = Object.entries(list.value.counts).filter(([, count]) => count > 0);
    const named = moves.map(([, count, grade = ""]) => [grade, Number(count)]);
    expect(named.length).toBeGreaterThan(0);
    expect(graded).toEqual(expect.arrayContaining(named));
    const shown = list.value.rows.flatMap(({ customer, health }) =>
      health === undefined ? [] : [[customer.name, `${health.score} ${health.grade}`]],
    );
    const ofCustomers = examples.filter(([name]) => shown.some(([shownName]) => shownName === name));
    expect(ofCustomers).toHaveLength(named.reduce((sum, [, count]) => sum + Number(count), 0));
    expect(shown).toEqual(expect.arrayContaining(ofCustomers.map(([name, , then]) => [name, then])));
  });

  it("CN05: of Code Red counts the customers to call as the list then has them", async () => {
    const path = `/code-red-settings/${fixture.tenant.tenantId}`;
    const text = await ask(path, { percent: "90", do: "preview" });
    const [, red, confirmed] =
      /(\d+) customers? to call would be red in the place of \d+, (\d+) of them confirmed/.exec(text) ?? [];
    await ask(path, { percent: "90", do: "save" });
    const { tenant, store } = await tenantNow();
    const list = await listCodeRed({
      tenant,
      store: store.nightly,
      codeRed: store.codeRed,
      scope: { canSee: () => true },
      filter: { showIgnored: true },
      view: {},
      now: toInstant(API_NOW),
    });
    if (!list.ok) throw new Error(list.message);
    expect([red, confirmed]).toEqual([String(list.value.counts.red), String(list.value.counts.confirmed)]);
  });

  it("CN05: of one's own messages names the last night's news that would be told otherwise, and the next digest", async () => {
    const path = `/notifications/${fixture.tenant.tenantId}`;
    const fields = { form: "preferences", "kinds.*.high": "off", digestDays: "", "digestDays.tuesday": "on" };
    const { preferences } = fixture.store;
    const before = await preferences.all();
    const text = await ask(path, { ...fields, do: "preview" }, { user: "anna" });
    expect(rowsOf(text)).toEqual([
      ["Days with a digest", "every day", "tuesday your own choice"],
      ["All kinds: ▲ High", "at once", "off your own choice"],
      ["at once", "2", "0"],
      ["in the digest", "0", "0"],
      ["not told", "0", "2"],
    ]);
    expect(linesOf(text)).toEqual(
      expect.arrayContaining([
        "Acme Café, Churn risk, ▲ High: at once → not told",
        "Acme Café, Overdue payments, ▲ High: at once → not told",
      ]),
    );
    expect(bare(text)).toContain(
      "Next digest, if there is something to tell: Mon Nov 23, 2026, 8:00 AM (UTC) → Tue Nov 24, 2026, 7:30 AM (UTC)",
    );
    // The form stays as it was filled, and nothing was saved.
    expect(text).toMatch(/name="digestDays\.tuesday" checked/);
    expect(await preferences.all()).toEqual(before);
    expect(await ask(path, { form: "preferences", do: "preview" }, { user: "anna" })).toContain("Nothing would change");
  });

  it("CN05: of everybody's messages counts for whom it changes something, and who chose themselves", async () => {
    const path = `/notifications/${fixture.tenant.tenantId}/tenant`;
    await ask(
      `/notifications/${fixture.tenant.tenantId}`,
      { form: "preferences", digestAt: "08:00", do: "save" },
      { user: "anna" },
    );
    const fields = { form: "preferences", digestAt: "06:00", do: "preview" };
    const text = bare(await ask(path, fields));
    expect(text).toContain("It changes something for 3 of 4: Ada Ek, Bo Lund, Max Holm.");
    expect(text).toContain("It changes nothing for who chose themselves (1): Anna Berg.");
    for (const [language, sentence] of [
      ["da", "Det ændrer noget for 3 af 4:"],
      ["pt-BR", "Muda algo para 3 de 4:"],
      ["uk", "Щось зміниться для 3 з 4:"],
    ] as const)
      expect(bare(await ask(path, fields, { language }))).toContain(sentence);
    const compulsory = { form: "compulsion", preference: "digestAt", value: "06:00", reason: "Tours", do: "preview" };
    expect(bare(await ask(path, compulsory))).toMatch(/06:00 compulsory: Tours .* for 4 of 4: Ada Ek, /);
    expect((await fixture.store.preferences.of({ type: "tenant" })).version).toBe(0);
    await ask(path, { ...compulsory, do: "save" });
    const compulsion = JSON.stringify([["digestAt", "06:00"], "Tours"]);
    const removal = { form: "removal", compulsion };
    expect(bare(await ask(path, { ...removal, do: "preview" }))).toMatch(/06:00 07:30 as usual .* for 4 of 4: /);
    await ask(path, { ...removal, do: "save" });
    expect((await fixture.store.preferences.of({ type: "tenant" })).compulsions).toEqual([]);
  });

  it("CN05: behind a mail's link counts news, and names no customer", async () => {
    const [secret] = apiClient.runtime.linkSecrets;
    if (secret === undefined) throw new Error("there is no secret of links");
    const { tenantId } = fixture.tenant;
    const claims = {
      tenantId,
      userId: userIdSchema.parse("anna"),
      scope: "preferences",
      issuedOn: FIXTURE_AS_OF,
    } as const;
    const answer = await aSignedOutConsole(apiClient.runtime).request(
      `/links/preferences/${signLinkToken(claims, secret)}`,
      { method: "POST", body: new URLSearchParams({ form: "preferences", allOff: "true", do: "preview" }) },
    );
    const text = bare((await answer.text()).replaceAll(/\s+/g, " "));
    expect([answer.status, text.includes("News that would be told otherwise: 2")]).toEqual([200, true]);
    expect(text).not.toContain("Acme");
    expect((await fixture.store.preferences.of({ type: "user", userId: claims.userId })).version).toBe(0);
  });

  it.each(["/settings/$", "/code-red-settings/$", "/notifications/$", "/notifications/$/tenant"])(
    "CN05: %s says once that a form was saved",
    async (pattern) => {
      const { tenantId } = fixture.tenant;
      const path = pattern.replace("$", tenantId);
      const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse("ada") });
      const form = postedForms(await (await pages.request(path)).text()).find(
        ({ action, entries }) =>
          (action === "" || action.replace(/#.*/, "") === path) &&
          entries.some(([name, value]) => name === "do" && value === "save"),
      );
      if (form === undefined) throw new Error(`${path} has no form that saves`);
      const answer = await pages.request(path, {
        method: "POST",
        headers: { "sec-fetch-site": "same-origin" },
        body: new URLSearchParams(form.entries.map(([name, value]): [string, string] => [name, value])),
      });
      expect([answer.status, answer.headers.get("location")]).toEqual([303, `${path}#saved`]);
      const cookies = (of: Response) => of.headers.getSetCookie().map((one) => one.replace(/;.*/, ""));
      const next = await pages.request(path, { headers: { cookie: cookies(answer).join("; ") } });
      expect((await next.text()).match(/role="status"[^>]*>Saved\./g)).toHaveLength(1);
      const again = await pages.request(path, { headers: { cookie: cookies(next).join("; ") } });
      expect(await again.text()).not.toContain("Saved.");
    },
  );
});
