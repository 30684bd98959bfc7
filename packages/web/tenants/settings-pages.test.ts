import { beforeEach, describe, expect, it } from "vitest";
import { addDays } from "@regulars/core/platform/period";
import { type Runtime, createRuntime } from "@regulars/functions/runtime";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";

const NOW = Date.parse("2026-11-16T05:00:00Z");
let testTenant: TestTenant;
let pages: ReturnType<typeof aConsole>;

let sent: unknown[];
let runtime: Runtime;

beforeEach(async () => {
  sent = [];
  testTenant = aTenantStore();
  const { table, tenant } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  const log = { info: () => undefined, error: () => undefined };
  runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues: { send: async (_, body) => void sent.push(await Promise.resolve(body)) } },
  );
  pages = aConsole(runtime);
});

const path = (): string => `/settings/${testTenant.tenant.tenantId}`;
const stored = () => openTenantDirectory(testTenant.table).find(testTenant.tenant.tenantId);

function send(
  fields: Readonly<Record<string, string>>,
  further: Readonly<Record<string, string>> = {},
): Response | Promise<Response> {
  const headers = { ...further, origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" };
  return pages.request(`http://localhost${path()}`, {
    method: "POST",
    headers,
    body: new URLSearchParams(fields).toString(),
  });
}

describe("the page of settings", () => {
  it("D2: has a field for every setting that a tenant may change, with the usual value where it has none", async () => {
    const page = await textOf(await pages.request(path()));
    for (const name of [
      "name",
      "locale",
      "currency",
      "phoneCountry",
      "closures.0.from",
      "priceEditing",
      "periods.company.0",
      "amountClasses.0.from",
      "contactDays",
    ])
      expect(page).toContain(`name="${name}"`);
    expect(page).toMatch(/name="goodMin" value="" placeholder="60"/);
  });

  it("CN04: does not read a name of ten million letters to its end: a short page says so, and nothing is written", async () => {
    const before = await stored();
    const answer = await pages.request(`http://localhost${path()}`, {
      method: "POST",
      headers: {
        accept: "text/html",
        origin: "http://localhost",
        "content-type": "application/x-www-form-urlencoded",
        cookie: "regulars-language=da",
      },
      body: `group=company&name=${"x".repeat(10_000_000)}`,
    });
    expect(answer.status).toBe(413);
    const page = await answer.text();
    expect(page).toContain("Det, der blev sendt, er større end 1.024 KB");
    expect(page.length).toBeLessThan(20_000);
    expect(await stored()).toEqual(before);
  });

  it("D2: takes settings of the company back to their usual values, which an empty field stands for", async () => {
    await openTenantDirectory(testTenant.table).change(testTenant.tenant.tenantId, { timeZone: "Europe/Kyiv" });
    const before = await stored();
    const unset = await textOf(await pages.request(path()));
    expect(unset).toContain('<option value="" selected>usual: Ukraine (UA)</option>');
    const set = { phoneCountry: "PL", locale: "de-AT", keepDays: "30", maxAlertsPerRepPerDay: "3" };
    expect((await send({ group: "company", do: "save", ...set })).status).toBe(303);
    expect(await stored()).toMatchObject({ phoneCountry: "PL", locale: "de-AT", keepDays: 30 });
    const none = Object.fromEntries(Object.keys(set).map((name) => [name, ""]));
    expect((await send({ group: "company", do: "save", ...none })).status).toBe(303);
    expect(await stored()).toEqual(before);
  });

  it("D2: saves what was changed and nothing else, and says who did it", async () => {
    const before = await stored();
    const fields = { group: "company", name: "Nordic <b>", phoneCountry: "ua", closures: "12-24..12-26, 2026-07-01" };
    expect((await send(fields)).status).toBe(303);
    expect(await stored()).toEqual({
      ...before,
      name: "Nordic <b>",
      phoneCountry: "UA",
      closures: [
        { from: "12-24", to: "12-26" },
        { from: "2026-07-01", to: "2026-07-01" },
      ],
    });
    const page = await textOf(await pages.request(path()));
    expect(page).toContain("Nordic &lt;b&gt;");
    expect(page).toMatch(
      />phoneCountry<\/code><\/th> <td data-of="From"><bdi>usual<\/bdi><\/td> <td data-of="To"><bdi>Ukraine \(UA\)<\/bdi><\/td>/,
    );
    expect(page).toContain("<bdi>operator</bdi>");
  });

  it("names who changed a setting", async () => {
    const { tenant, store } = testTenant;
    const userId = userIdSchema.parse("u-17");
    await store.imports.saveUsers([{ userId, name: "Ada <b>", role: "admin" }]);
    pages = aConsole(runtime, { type: "user", tenantId: tenant.tenantId, userId });
    await send({ group: "company", name: "Nordic" });
    for (const own of [path(), `/code-red-settings/${tenant.tenantId}`]) {
      const log = (await textOf(await pages.request(own))).split('id="changes"')[1]?.split("</table>")[0];
      expect(log).toContain("<bdi>Ada &lt;b&gt;</bdi>");
      expect(log).not.toContain("u-17");
    }
  });

  it("names whose grade a change would give another, a customer as well as a person", async () => {
    const { store } = testTenant;
    const customerId = customerIdSchema.parse("c-17");
    const personId = personIdSchema.parse("p-17");
    await store.imports.saveCustomers([{ customerId, name: "Acme <b>" }]);
    await store.imports.savePersons([{ personId, customerId, name: "Eva <b>" }]);
    await store.imports.saveActivities(
      Array.from({ length: 12 }, (_, i) => addDays(day("2026-10-13"), -7 * i)).map((on, i) => ({
        activityId: activityIdSchema.parse(`a${i}`),
        customerId,
        personId,
        userId: userIdSchema.parse("ana"),
        type: "meeting" as const,
        direction: "none" as const,
        occurredAt: toInstant(Date.parse(`${on}T09:00:00Z`)),
        occurredOn: on,
        completed: true,
      })),
    );
    await store.nightly.saveNightly({ asOf: day("2026-11-15"), customers: 1, kinds: {} });
    const page = await textOf(await send({ group: "relationships", goodMin: "99", fairMin: "98", do: "preview" }));
    const table = page.split('class="tried"').at(-1);
    expect(table).toContain("<bdi>Acme &lt;b&gt;</bdi>");
    expect(table).toContain("<bdi>Eva &lt;b&gt;</bdi>");
    expect(table).not.toMatch(/[cp]-17/);
  });

  it("has everybody's statuses settled anew at once after a change that they count by", async () => {
    await send({ group: "company", name: "Nordic" });
    expect(sent).toEqual([]);
    await send({ group: "monitors", periods: '{"company":[45]}' });
    expect(sent).toEqual([{ tenantId: testTenant.tenant.tenantId, everybody: true }]);
  });

  it("has fields and rows for lists, of which the form adds and takes away some, and stores what the API has", async () => {
    const rows = {
      group: "monitors",
      "periods.company.0": "10",
      "periods.company.1": "20",
      "periods.company.2": "",
      "periods.person.0": "",
      "periods.project.0": "",
      "amountClasses.rows": "",
      "amountClasses.0.class": "1",
      "amountClasses.0.currency": "eur",
      "amountClasses.0.from": "",
      "amountClasses.0.to": "1000,50",
      "amountClasses.2.class": "2",
      "amountClasses.2.currency": "JPY",
      "amountClasses.2.from": "500",
      "amountClasses.2.to": "",
      "amountClasses.3.currency": "",
      "amountClasses.3.class": "",
    };
    expect((await send(rows)).status).toBe(303);
    const amountClasses = [
      { class: 1, currency: "EUR", fromMinor: 0, toMinor: 100_050 },
      { class: 2, currency: "JPY", fromMinor: 500 },
    ];
    expect((await stored())?.monitors).toEqual({ periods: { company: [10, 20] }, amountClasses });
    const drawn = await textOf(await pages.request(path()));
    expect(drawn).toContain('name="amountClasses.0.to" value="1000.50"');
    expect(drawn).toContain('name="periods.company.1" value="20"');
    expect(drawn).toContain('name="periods.company.2" value="" placeholder=""');
    expect(drawn).toContain('name="periods.person.2" value="" placeholder="90"');
    const more = await textOf(await send({ ...rows, rows: "more amountClasses" }));
    expect(more).toContain('name="amountClasses.4.from" value=""');
    const fewer = await textOf(await send({ ...rows, rows: "drop amountClasses.0" }));
    expect(fewer).not.toContain('name="amountClasses.0.from"');
    expect(fewer).toContain('name="amountClasses.2.from" value="500"');
    const closed = {
      group: "company",
      "closures.rows": "",
      "closures.0.from": "2026-12-24",
      "closures.0.yearly": "on",
    };
    await send({ ...closed, "closures.0.to": "2026-12-26", "closures.1.from": "2027-07-01", "closures.1.to": "" });
    expect((await stored())?.closures).toEqual([
      { from: "12-24", to: "12-26" },
      { from: "2027-07-01", to: "2027-07-01" },
    ]);
    await send({ group: "monitors", "periods.company.0": "", "amountClasses.rows": "" });
    expect((await stored())?.monitors).toEqual({});
  });

  it("shows both versions to whoever adds a row after somebody else's change, and writes nothing over it", async () => {
    const stampIn = (page: string): string => /value="monitors" \/>.*?name="was" value="([^"]*)"/.exec(page)?.[1] ?? "";
    const was = stampIn(await textOf(await pages.request(path())));
    await send({ group: "monitors", was, "periods.company.0": "30" });
    const rows = { group: "monitors", was, "periods.company.0": "10", "amountClasses.rows": "" };
    const drawn = stampIn(await textOf(await send({ ...rows, rows: "more amountClasses" })));
    const late = await send({ ...rows, was: drawn });
    expect([late.status, (await stored())?.monitors]).toEqual([409, { periods: { company: [30] } }]);
    expect((await send({ ...rows, was: stampIn(await textOf(late)) })).status).toBe(303);
    expect((await stored())?.monitors).toEqual({ periods: { company: [10] } });
  });

  it.each([
    [{ "periods.person.1": "qqq" }, "Periods of counters, in days: Period 2 (person) “qqq” is not", "periods.person.1"],
    [{ "periods.company.0": "9", "periods.company.2": "8" }, "is not in order", "periods.company.0"],
    [
      { "amountClasses.3.class": "1", "amountClasses.3.currency": "EUR", "amountClasses.3.from": "1,234.5" },
      "from “1,234.5” is not written like 1234.56",
      "amountClasses.3.from",
    ],
    [
      {
        "amountClasses.3.class": "1",
        "amountClasses.3.currency": "EUR",
        "amountClasses.3.from": "5",
        "amountClasses.3.to": "4",
      },
      "to, not included “4” ends before it begins",
      "amountClasses.3.to",
    ],
    [
      {
        "amountClasses.3.class": "1",
        "amountClasses.3.currency": "EUR",
        "amountClasses.3.from": "5",
        "amountClasses.4.class": "2",
        "amountClasses.4.currency": "EUR",
      },
      "Class “2” overlaps another range of this currency",
      "amountClasses.4.class",
    ],
    [
      {
        "amountClasses.3.class": "1",
        "amountClasses.3.currency": "EUR",
        "amountClasses.4.class": "2",
        "amountClasses.4.currency": "EUR",
        "amountClasses.4.from": "5",
      },
      "from “5” overlaps another range of this currency",
      "amountClasses.4.from",
    ],
    [
      { "amountClasses.3.class": "10", "amountClasses.3.currency": "EUR", "amountClasses.3.from": "5" },
      "Class “10” is not a whole number from 1 to 9",
      "amountClasses.3.class",
    ],
  ])("says of a list at its field what is wrong: %j", async (fields, said, wrong) => {
    const before = await stored();
    const currency = { "periods.company.0": "", "amountClasses.rows": "" };
    const answer = await send({ group: "monitors", ...currency, ...fields });
    const page = await textOf(answer);
    expect([answer.status, await stored()]).toEqual([422, before]);
    expect(page).toContain(said);
    expect(page).toMatch(new RegExp(`aria-invalid="true"[^>]* name="${wrong}"`));
  });

  it("takes a setting back to the usual value with an empty field", async () => {
    await send({ group: "relationships", goodMin: "70", contactDays: "30" });
    expect((await stored())?.relationships).toEqual({ goodMin: 70, contactDays: 30 });
    await send({ group: "relationships", goodMin: "", contactDays: "30" });
    expect((await stored())?.relationships).toEqual({ contactDays: 30 });
  });

  it.each([
    [{ group: "company", phoneCountry: "Ukraine" }, "Country of phone numbers “Ukraine” is not a country"],
    [{ group: "company", closures: "13-40" }, "Days closed “13-40” is not a closed day"],
    [
      { group: "company", maxAlertsPerRepPerDay: "many" },
      "Most alerts for a rep in a day “many” is not a whole number from 0 to 1000.",
    ],
    [
      { group: "monitors", periods: '{"company":[0]}' },
      "Periods of counters, in days “{&quot;company&quot;:[0]}” (company",
    ],
    [{ group: "relationships", contactDays: "15" }, "Expected days between two contacts “15” is not one of"],
    [
      { group: "nothing" },
      "There are no settings &quot;nothing&quot;, only company, monitors, relationships, insights.overdue-payments",
    ],
  ])("F2: refuses %j on the form, filled, and saves nothing", async (fields, said) => {
    const before = await stored();
    const answer = await send(fields);
    const page = await textOf(answer);
    expect([answer.status, await stored()]).toEqual([422, before]);
    expect(page).toContain(said);
    for (const value of Object.values(fields).slice(1)) expect(page).toContain(value.replaceAll('"', "&quot;"));
  });

  it.each(["en", "da", "pt-BR", "uk"])(
    "F2: refuses every setting by its label on the page, with the value once (%s)",
    async (language) => {
      const cookie = `regulars-language=${language}`;
      const drawn = await textOf(await pages.request(path(), { headers: { cookie } }));
      const forms = [...drawn.matchAll(/<form class="settings".*?<\/form>/g)].map(([form]) => form);
      const asked = forms.flatMap((form) => {
        const [, group = ""] = /name="group" value="([^"]+)"/.exec(form) ?? [];
        const labels = [...form.matchAll(/<label ?>([^<]+?) <(?:input|select) name="([^"]+)"/g)];
        return labels.map(([, label = "", name = ""]) => ({ group, label, name }));
      });
      expect(asked.length).toBeGreaterThan(25);
      for (const { group, label, name } of asked)
        for (const value of ["qqq", '{"qqq":1}']) {
          const answer = await send({ group, [name]: value, do: "preview" }, { cookie });
          if (answer.status === 200) continue;
          const page = await textOf(answer);
          const [, told = ""] = /role="alert"[^>]*>(.*?)<\/p>/.exec(page) ?? [];
          const inside = value.replaceAll('"', "&quot;");
          const written = language === "uk" ? `«${inside}»` : `“${inside}”`;
          expect([name, told]).toEqual([name, expect.stringContaining(label)]);
          expect([name, told.split(written).length]).toEqual([name, 2]);
          // Neither its name in programs, nor what a program expects, nor the value again.
          expect(told.replace(written, "")).not.toMatch(/[a-z][A-Z]|expected|given|[{}]/);
        }
    },
  );

  it("CN04: two admins: the second sees the first's change before overwriting it, and nothing is written", async () => {
    const drawn = await textOf(await pages.request(path()));
    const [, was = ""] =
      /name="group" value="company" \/> <input type="hidden" name="was" value="([^"]+)"/.exec(drawn) ?? [];
    expect((await send({ group: "company", was, name: "Of the first" })).status).toBe(303);
    const before = await stored();
    const second = await send({ group: "company", was, name: "Of the second", maxAlertsPerRepPerDay: "7" });
    const page = await textOf(second);
    expect([second.status, await stored()]).toEqual([409, before]);
    expect(page).toMatch(
      /<th scope="row"><bdi>Name<\/bdi><\/th> <td><bdi>Of the first<\/bdi><\/td> <td><bdi>Of the second<\/bdi><\/td>/,
    );
    expect(page).toMatch(/name="name" value="Of the second"/);
    const [, now = ""] =
      /name="group" value="company" \/> <input type="hidden" name="was" value="([^"]+)"/.exec(page) ?? [];
    expect((await send({ group: "company", was: now, name: "Of the second" })).status).toBe(303);
    expect((await stored())?.name).toBe("Of the second");
  });

  it("CN04: of two admins who save at the same moment, only the first has an effect", async () => {
    const drawn = await textOf(await pages.request(path()));
    const [, was = ""] =
      /name="group" value="relationships" \/> <input type="hidden" name="was" value="([^"]+)"/.exec(drawn) ?? [];
    const answers = await Promise.all(
      ["61", "62", "63"].map((goodMin) => send({ group: "relationships", was, goodMin })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409, 409]);
  });

  it("CN05: has the settings of every kind of insight, and shows what one would change before it is saved", async () => {
    const before = await stored();
    const fields = { group: "insights.churn-risk", do: "preview", minOrders: "9", minMonths: "" };
    const page = await textOf(await send(fields));
    expect(page).toContain("Nothing is saved yet.");
    expect(page).toMatch(
      /<bdi>Churn risk: Days with an order, at least<\/bdi> <code class="soft">insights\.churn-risk\.minOrders<\/code><\/th> <td class="number"><bdi>usual<\/bdi><\/td> <td class="number"><strong><bdi>9</,
    );
    expect(page).toContain(`name="minOrders" value="9" placeholder="5"`);
    expect(await stored()).toEqual(before);
    expect((await send({ ...fields, do: "save" })).status).toBe(303);
    expect((await stored())?.insights).toEqual({ "churn-risk": { minOrders: 9 } });
    const same = await textOf(await send({ ...fields }));
    expect(same).toContain("Nothing would change");
    const refused = await send({ ...fields, minOrders: "1" });
    expect([refused.status, (await textOf(refused)).includes("Days with an order, at least “1”")]).toEqual([422, true]);
  });

  it("takes no form from another site", async () => {
    const headers = { origin: "https://elsewhere.example", "content-type": "application/x-www-form-urlencoded" };
    const answer = await pages.request(`http://localhost${path()}`, { method: "POST", headers, body: "group=company" });
    expect(answer.status).toBe(403);
  });
});
