import { mkdir } from "node:fs/promises";
import { userIdSchema } from "@regulars/core/platform/values";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** What cannot be used is refused alike by the API, the command line and the pages, and nothing of it is saved. */

const AS_OF = "asOf=2026-11-22";

let apiClient: ApiTestClient;
let home: SalesPlanClient;
let other: SalesPlanClient;
let place: TempWorkspace;

const activity = (activityId: string, more: object = {}) => ({
  activityId,
  type: "meeting",
  userId: "anna",
  personId: "eva",
  customerId: "oak",
  occurredAt: "2026-11-12T09:00:00Z",
  ...more,
});

beforeAll(async () => {
  place = await aWorkspace();
  await mkdir(place.data);
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  other = await SalesPlanClient.open(apiClient);
  for (const [client, customerId, personId] of [
    [home, "oak", "eva"],
    [other, "elm", "theirs"],
  ] as const) {
    await client.ask("POST", "/customers/batch", { items: [{ customerId, name: customerId }] });
    const email = `${personId}@customer.example`;
    await client.ask("POST", "/persons/batch", { items: [{ personId, customerId, name: personId, email }] });
    await client.ask("POST", "/activities/batch", { items: [activity("a1", { customerId, personId })] });
  }
  await home.ask("POST", "/users/batch", {
    items: [
      { userId: "anna", name: "Anna", role: "admin", email: "anna@own.example" },
      { userId: "bo", name: "Bo", role: "admin", email: "bo@own.example" },
    ],
  });
});
afterAll(async () => {
  await apiClient.close();
  await place.close();
});

/** The same table from the command line. */
async function command(...args: readonly string[]) {
  const { table, clock } = apiClient.runtime;
  const { code, stdout, stderr } = await place.run([...args, "--tenant", home.tenant.tenantId], { table, clock });
  return { code, stdout, said: stderr };
}

/** A page as Bo sees it, or what it answers to their form. */
async function page(path: string, form?: Readonly<Record<string, string>>) {
  const viewer = { type: "user", tenantId: home.tenant.tenantId, userId: userIdSchema.parse("bo") } as const;
  const answer = await aConsole(apiClient.runtime, viewer).request(path, {
    headers: { accept: "text/html", "sec-fetch-site": "same-origin" },
    ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
  });
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, " ") };
}

const stored = () => openTenantDirectory(apiClient.runtime.table).find(home.tenant.tenantId);

const asUser = async (userId: string, method: string, path: string, body?: object) => {
  const as = await apiClient.tokenOf(home.tenant, userId);
  const answer = await apiClient.ask(`/v1${path}`, { method, as, body });
  return { status: answer.status, body: await answer.json() };
};
const ask = (personId: string, colleagueId: string) =>
  asUser("bo", "POST", "/introductions", { personId, colleagueId });

describe("settings of relationships", () => {
  it.each([
    ["weightEmail", 2, "weightEmail: is not a whole number from 3 to 9 (given 2)"],
    ["weightMeeting", 10, "weightMeeting: is not a whole number from 3 to 9 (given 10)"],
    ["weightCall", 6.5, "weightCall: is not a whole number from 3 to 9 (given 6.5)"],
    ["weightTask@hotel", 2, "weightTask@hotel: is not a whole number from 3 to 9 (given 2)"],
    ["contactDays", 15, "contactDays: is not one of 7, 14, 30, 60, 90 days (given 15)"],
    ["contactDays@hotel", 15, "contactDays@hotel: is not one of 7, 14, 30, 60, 90 days (given 15)"],
    ["goodMin", 40, "fairMin: is not below the lowest good score (given 40)"],
    ["fairMin", 61, "fairMin: is not below the lowest good score (given 61)"],
  ] as const)("RH06: %s = %s is refused with its path, its value and what is allowed", async (setting, value, says) => {
    const before = await stored();
    const detail = `relationships.${says}`;
    const refused = { status: 422, body: { type: "unusable-setting", detail } };
    const settings = { [setting]: value };
    expect(await home.ask("PATCH", "/tenant/settings", { relationships: settings })).toMatchObject(refused);
    expect(await home.ask("POST", "/relationships:preview", { settings })).toMatchObject(refused);
    for (const args of [
      ["settings", "--relationships"],
      ["health", "--try"],
    ]) {
      const { code, said } = await command(...args, `${setting}=${value}`);
      expect([code, said]).toEqual([2, expect.stringContaining(detail)]);
    }
    const path = `/settings/${home.tenant.tenantId}`;
    // Settings of a category have no field on the page.
    for (const action of setting.includes("@") ? [] : ["save", "preview"]) {
      const { status, text } = await page(path, { group: "relationships", do: action, [setting]: String(value) });
      // The page calls it by its label, and says the value once, before what is wrong with it.
      const [, what = ""] = / (is .*) \(given/.exec(says) ?? [];
      expect([status, text]).toEqual([422, expect.stringContaining(`“${value}” ${what}.`)]);
    }
    expect(await stored()).toEqual(before);
  });
});

describe("persons", () => {
  it.each([
    ["nobody has told of", "stranger"],
    ["is another tenant's", "theirs"],
    ["is a colleague", "anna@own.example"],
  ])("RH13: who %s is unknown to health, to who knows whom and to introductions", async (_, personId) => {
    const says = `there is no person ${personId}`;
    const unknown = { status: 404, body: { type: "unknown-person", detail: says } };
    expect(await home.ask("GET", `/persons/${personId}/health?${AS_OF}`)).toMatchObject(unknown);
    expect(await home.ask("GET", `/persons/${personId}/who-knows?${AS_OF}`)).toMatchObject(unknown);
    expect(await ask(personId, "anna")).toMatchObject(unknown);
    for (const args of [
      ["health", "--person", personId],
      ["who-knows", "--person", personId],
      ["introductions", "ask", "--by", "bo", "--colleague", "anna", "--person", personId],
    ])
      expect(await command(...args)).toEqual({ code: 2, stdout: "", said: expect.stringContaining(says) });
    expect((await page(`/who-knows/${home.tenant.tenantId}/${encodeURIComponent(personId)}`)).status).toBe(404);
  });

  it("RH03: a customer of another tenant, and one that is not there, are unknown", async () => {
    for (const customerId of ["elm", "nobody"]) {
      const unknown = { status: 404, body: { type: "unknown-customer" } };
      expect(await home.ask("GET", `/customers/${customerId}/health?${AS_OF}`)).toMatchObject(unknown);
      expect(await home.ask("GET", `/customers/${customerId}/who-knows?${AS_OF}`)).toMatchObject(unknown);
      for (const name of ["health", "who-knows"])
        expect(await command(name, "--customer", customerId)).toMatchObject({ code: 2, stdout: "" });
      expect((await page(`/relationships/${home.tenant.tenantId}/${customerId}`)).status).toBe(404);
    }
  });
});

describe("introductions", () => {
  const askedByCommand = (colleague: string) =>
    command("introductions", "ask", "--by", "bo", "--person", "eva", "--colleague", colleague);
  const askedOnPage = (colleague: string) => page(`/who-knows/${home.tenant.tenantId}/eva`, { colleague });
  const open = async () => (await asUser("bo", "GET", "/introductions")).body;

  it("RH14: cannot be asked of oneself, and nobody is named to themselves", async () => {
    const detail = "bo cannot be asked by themselves: name another colleague";
    expect(await ask("eva", "bo")).toMatchObject({ status: 422, body: { type: "oneself", detail } });
    expect(await askedByCommand("bo")).toMatchObject({ code: 2, said: expect.stringContaining(detail) });
    expect(await askedOnPage("bo")).toMatchObject({ status: 422 });
    const named = (userId: string) => asUser(userId, "GET", `/persons/eva/who-knows?${AS_OF}`);
    expect(await named("bo")).toMatchObject({ body: { colleagues: [{ userId: "anna" }] } });
    expect(await named("anna")).toMatchObject({ body: { colleagues: [] } });
  });

  it("RH14: are refused of a colleague who is out as of one without contact", async () => {
    const change = (isOut: boolean) =>
      home.ask("PUT", "/who-knows/opt-outs", { subject: { type: "user", id: "anna" }, isOut });
    const before = await open();
    expect((await change(true)).status).toBe(200);
    const detail = "anna is not known to have been in touch with person eva";
    expect(await ask("eva", "anna")).toMatchObject({ status: 422, body: { type: "no-connection", detail } });
    expect(await askedByCommand("anna")).toMatchObject({ code: 2, said: expect.stringContaining(detail) });
    expect(await askedOnPage("anna")).toMatchObject({ status: 422 });
    expect(await open()).toEqual(before);
    expect((await change(false)).status).toBe(200);
    expect(await ask("eva", "anna")).toMatchObject({ status: 201, body: { state: "requested" } });
  });
});

describe("activities", () => {
  const COLUMNS = [
    "activityId",
    "type",
    "direction",
    "userId",
    "personId",
    "customerId",
    "occurredAt",
    "durationMinutes",
  ];
  const imported = async (rows: readonly Readonly<Record<string, unknown>>[]) => {
    const lines = rows.map((row) => COLUMNS.map((column) => row[column] ?? "").join(","));
    await place.write("told.csv", `${[COLUMNS.join(","), ...lines].join("\n")}\n`);
    return command("import", "activities", "told.csv");
  };

  it.each([
    [
      "without a person and a customer",
      { personId: undefined, customerId: undefined },
      { path: "customerId", message: "customerId is missing, and so is a personId to find it by" },
    ],
    [
      "with an end before its start",
      { durationMinutes: -1 },
      { path: "durationMinutes", message: "is not a whole number of minutes from 0 to 10080 (given -1)" },
    ],
    [
      "that would last over a week",
      { durationMinutes: 10_081 },
      { path: "durationMinutes", message: "is not a whole number of minutes from 0 to 10080 (given 10081)" },
    ],
  ])("one %s is refused", async (_, more, error) => {
    const health = () => home.ask("GET", `/persons/eva/health?${AS_OF}`);
    const before = (await health()).body;
    const told = await home.ask("POST", "/activities/batch", { items: [activity("bad", more)] });
    expect(told.body.results).toMatchObject([{ id: "bad", outcome: "rejected", errors: [error] }]);
    const { code, stdout, said } = await imported([activity("bad", more)]);
    expect([code, stdout + said]).toEqual([1, expect.stringContaining(error.message.replace(/ \(given .*/, ""))]);
    expect((await health()).body).toEqual(before);
  });

  it("one in the future is the next, and counts after its day", async () => {
    const before = (await home.ask("GET", `/persons/eva/health?${AS_OF}`)).body;
    const next = activity("next", { occurredAt: "2026-11-25T09:00:00Z" });
    await home.ask("POST", "/activities/batch", { items: [next] });
    const { body } = await home.ask("GET", `/persons/eva/health?${AS_OF}`);
    expect(body.score).toBe(before.score);
    expect([before.kpis.nextOn, body.kpis.nextOn]).toEqual([null, "2026-11-25"]);
  });

  it("a thousand in one day are stored, three counted, and it is said how many are not", async () => {
    const flood = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        activity(`flood-${i}`, { type: "email", direction: "in", occurredAt: "2026-11-20T09:00:00Z" }),
      );
    const parts = async () => (await home.ask("GET", `/persons/eva/health?${AS_OF}`)).body.formula;
    expect(await imported(flood(3))).toMatchObject({ code: 0 });
    const three = await parts();
    expect(await imported(flood(1_000))).toMatchObject({ code: 0 });
    const { body } = await home.ask("GET", `/persons/eva/health?${AS_OF}`);
    expect([body.formula, body.kpis.overDailyLimit]).toEqual([three, 997]);
    expect(body.kpis.counts).toContainEqual({ type: "email", direction: "in", count: 1_000 });
    const told = await command("health", "--customer", "oak", "--as-of", "2026-11-22");
    expect(told.stdout).toContain("997 e-mails over three of a day do not count for the score");
    expect((await page(`/relationships/${home.tenant.tenantId}/oak?${AS_OF}`)).text).toMatch(
      /e-mails over three of a day, not in the score<\/th> <td><bdi>997</,
    );
  });
});
