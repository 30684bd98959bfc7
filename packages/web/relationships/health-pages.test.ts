import type { Activity } from "@regulars/core/customers/activity";
import { ok } from "@regulars/core/platform/result";
import { addDays } from "@regulars/core/platform/period";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeAll, describe, expect, it } from "vitest";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";

const NOW = Date.parse("2026-11-27T05:00:00Z");
const ACME = customerIdSchema.parse("H&M / 1");
const PERSON = personIdSchema.parse("p-1");
let testTenant: TestTenant;
let pages: ReturnType<typeof aConsole>;

const activity = (id: string, on: string, parts: Partial<Activity> = {}): Activity => ({
  activityId: activityIdSchema.parse(id),
  customerId: ACME,
  type: "meeting",
  direction: "none",
  userId: userIdSchema.parse("ana"),
  personId: PERSON,
  occurredAt: toInstant(Date.parse(`${on}T09:00:00Z`)),
  occurredOn: day(on),
  completed: true,
  ...parts,
});

beforeAll(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  await store.imports.saveCustomers([
    { customerId: ACME, name: `Waiting ${HOSTILE}` },
    { customerId: customerIdSchema.parse("b"), name: "Never met" },
  ]);
  await store.imports.savePersons([{ personId: PERSON, customerId: ACME, name: `Eva ${HOSTILE}` }]);
  const weekly = Array.from({ length: 12 }, (_, i) => activity(`m${i}`, addDays(day("2026-11-19"), -7 * i)));
  await store.imports.saveActivities([...weekly, activity("ask", "2026-11-23", { type: "email", direction: "in" })]);
  const log = { info: () => undefined, error: () => undefined };
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues: { send: () => Promise.resolve() } },
  );
  pages = aConsole(runtime);
});

const read = async (path: string, status = 200): Promise<string> => {
  const answer = await pages.request(`/relationships/${testTenant.tenant.tenantId}${path}`);
  expect(answer.status).toBe(status);
  return (await answer.text()).replaceAll(/\s+/g, " ");
};

describe("the pages of relationships", () => {
  it("RH05: list customers with rating, trend and what to act on, names escaped", async () => {
    const page = await read("");
    expect(page).toContain("59 fair");
    expect(page).toContain("waits 3 working days");
    expect(page).toContain("not enough data");
    expect(page).toContain("Waiting &lt;script&gt;");
    expect(page).not.toContain(HOSTILE);
    expect(await read("?weak=1&from=x")).not.toContain("Never met");
  });

  it("RH03, RH05: show one customer with a chart, a table beside it, figures and people", async () => {
    const page = await read("/~H~0026M~0020~002f~00201");
    for (const text of [
      "<svg",
      "Scores of 56 days up to Nov 26, 2026",
      "a message waits since Nov 23, 2026",
      "Eva &lt;script&gt;",
    ])
      expect(page).toContain(text);
    expect(page).not.toContain(HOSTILE);
    const rows = [...page.matchAll(/<th scope="row">([^<]*)<\/th> <td><bdi>([^<]*)/g)].map(([, what, value]) => [
      what,
      value,
    ]);
    // The week of the as-of day: one mail of theirs. The one before: a meeting on its last day.
    expect(page).toMatch(
      /Contacts by week.*<th scope="row">Nov 13, 2026<\/th> <td class="number">1<\/td> <td class="number">0<.*<th scope="row">Nov 20, 2026<\/th> <td class="number">1<\/td> <td class="number">1</,
    );
    // A meeting has no direction: it is named by its type alone.
    expect(rows.slice(0, 2)).toEqual([
      ["email, in", "1"],
      ["meeting", "12"],
    ]);
    expect(rows.slice(-2)).toEqual([
      ["last contact", "Nov 23, 2026"],
      ["next contact", "none is planned"],
    ]);
  });

  it("RH11, RH12: tell in page and CSV that with good from 50 fair ends at 49", async () => {
    const directory = openTenantDirectory(testTenant.table);
    const set = (relationships: object) =>
      directory.revise(testTenant.tenant.tenantId, () => ok({ relationships: { ...relationships } }));
    await set({ goodMin: 50 });
    expect(await read("?csv=1")).toContain(`,49,fair,40,49,waits 3 working days,steady,2026-11-23,`);
    expect(await read("/~H~0026M~0020~002f~00201")).toContain("fair from 40 to 49");
    await set({});
  });

  it("RH04: show no score while health is off", async () => {
    const directory = openTenantDirectory(testTenant.table);
    await directory.revise(testTenant.tenant.tenantId, () => ok({ relationships: { health: false } }));
    for (const path of ["", "?csv=1", "/~H~0026M~0020~002f~00201"])
      expect(await read(path, 403)).toContain("Relationship health is off");
    await directory.revise(testTenant.tenant.tenantId, () => ok({ relationships: {} }));
  });

  it("have no page of a customer who is not there", async () => {
    expect(await read("/nobody", 404)).toContain("There is no customer nobody");
  });

  it("say which command brings in contacts while none is known", async () => {
    const other = aTenantStore({}, () => testTenant.table);
    await openTenantDirectory(other.table).ensure(other.tenant, toInstant(NOW));
    const answer = await pages.request(`/relationships/${other.tenant.tenantId}`);
    expect(await answer.text()).toContain(`import activities activities.csv --tenant ${other.tenant.tenantId}`);
  });
});
