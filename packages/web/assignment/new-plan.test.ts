import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { askAsUser, wrongIn } from "../../../test/fixtures/page-console.ts";
import { type PostedForm, postedForms } from "../../../test/fixtures/posted-forms.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;
/** The form of a new plan as its page draws it. */
let form: PostedForm;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
beforeEach(async () => {
  form = formIn((await ask("ada", path())).text);
});
afterAll(() => apiClient.close());

const path = (page = "new-plan"): string => `/${page}/${fixture.tenant.tenantId}`;

const ask = (user: string, address: string, body?: URLSearchParams, language = "en") =>
  askAsUser(apiClient.runtime, { tenantId: fixture.tenant.tenantId, user, language }, address, body);

function formIn(page: string): PostedForm {
  const found = postedForms(page).find(({ action }) => action.startsWith("/new-plan/"));
  if (found === undefined) throw new Error("there is no form of a new plan");
  return found;
}

/** Sends the form with other texts in some of its fields; a field without a text is not sent. */
function send(fields: Readonly<Record<string, string | undefined>>, user = "ada") {
  const sent = { ...Object.fromEntries(form.entries), as: `${fixture.tenant.tenantId}:${user}`, ...fields };
  const entries = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return ask(user, path(), new URLSearchParams(entries));
}

const named = async (wanted: string) =>
  (await fixture.store.sales.salesPlans.plans()).filter(({ name }) => name === wanted);
/** The names that stand in the rows of statuses. */
const columnsIn = (page: string): readonly string[] =>
  formIn(page).entries.flatMap(([name, value]) => (/^statuses\.\d+\.name$/.test(name) ? [value] : []));

describe("a new sales plan", () => {
  it("CN01: begins with usual statuses in the reader's language, and leads to its board", async () => {
    expect(columnsIn((await ask("ada", path())).text)).toEqual(["New", "Contacted", "Offer", "Won", "Lost"]);
    expect(columnsIn((await ask("ada", path(), undefined, "da")).text)).toEqual([
      "Ny",
      "Kontaktet",
      "Tilbud",
      "Vundet",
      "Tabt",
    ]);
    const made = await send({ name: "Spring fair" });
    const [plan] = await named("Spring fair");
    expect([made.status, made.location]).toEqual([303, `${path("plans")}/${plan?.planId}`]);
    expect(plan?.statuses.map(({ name, kind }) => [name, kind])).toEqual([
      ["New", "intermediate"],
      ["Contacted", "intermediate"],
      ["Offer", "intermediate"],
      ["Won", "won"],
      ["Lost", "lost"],
    ]);
    expect((await ask("ada", made.location)).text).toContain("Contacted");
  });

  it("CN01: has all that the API takes: label, amount, rule, members with hours, statuses and their reasons", async () => {
    const [reason] = [...(await fixture.store.sales.salesPlans.reasons()).values()].filter((one) => !one.isArchived);
    const made = await send({
      name: "Restaurants",
      label: "Eat",
      averageAmount: "1900.50",
      currency: "dkk",
      distribution: "related>least",
      "statuses.1.name": "",
      "statuses.2.name": "Tasting",
      [`reason.${reason?.reasonId}`]: "on",
      isRequired: "on",
      "members.0.userId": "anna",
      "members.0.weight": "2",
      "members.0.cap": "30",
      "hours.0.day1": "on",
      "hours.0.day5": "on",
      "hours.0.from": "09:00",
      "hours.0.to": "00:00",
    });
    expect(made.status).toBe(303);
    const [plan] = await named("Restaurants");
    expect(plan).toMatchObject({
      label: "Eat",
      averageMinor: 190_050,
      currency: "DKK",
      distribution: { mode: "uniform", affinity: "related", balance: "least" },
      members: [{ userId: "anna", weight: 2, cap: 30, hours: [{ days: [1, 5], from: "09:00", to: "24:00" }] }],
    });
    expect(plan?.statuses.map(({ name, refusal }) => [name, refusal])).toEqual([
      ["New", undefined],
      ["Tasting", undefined],
      ["Won", undefined],
      ["Lost", { isRequired: true, reasonIds: [reason?.reasonId] }],
    ]);
  });

  it("CN01: makes one plan of a form that is sent twice, also at the same time, and none without the right", async () => {
    const both = await Promise.all([send({ name: "Autumn" }), send({ name: "Autumn" })]);
    const again = await send({ name: "Autumn" });
    const [plan] = await named("Autumn");
    expect([...both, again].map(({ location }) => location)).toEqual(Array(3).fill(`${path("plans")}/${plan?.planId}`));
    form = formIn((await ask("ada", path())).text);
    const other = await send({ name: "Autumn" });
    expect([other.status, wrongIn(other.text)]).toEqual([422, ["name"]]);
    expect((await send({ name: "Mine" }, "anna")).status).toBe(403);
    expect((await ask("anna", path())).status).toBe(403);
    expect([(await named("Autumn")).length, (await named("Mine")).length]).toEqual([1, 0]);
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["no name", { name: "" }, ["name"]],
    ["a label too long", { label: "more than twelve letters" }, ["label"]],
    ["an amount that is none", { averageAmount: "a lot" }, ["averageAmount"]],
    ["a currency that is none", { currency: "qqq" }, ["currency"]],
    ["a rule that is none", { distribution: "qqq" }, ["distribution"]],
    ["two statuses of one name", { "statuses.2.name": "contacted" }, ["statuses.4.name"]],
    ["a kind that is none", { "statuses.2.kind": "qqq" }, ["statuses.2.kind"]],
    ["two won statuses", { "statuses.2.kind": "won" }, ["statuses.4.name"]],
    ["a reason required and none offered", { isRequired: "on" }, ["isRequired"]],
    ["a member who is no user", { "members.0.userId": "qqq" }, ["members.0.userId"]],
    [
      "a member twice",
      { "members.0.userId": "anna", "members.2.row": "", "members.2.userId": "anna" },
      ["members.2.userId"],
    ],
    ["too much weight", { "members.0.userId": "anna", "members.0.weight": "101" }, ["members.0.weight"]],
    [
      "hours without days",
      { "members.0.userId": "anna", "hours.0.from": "09:00", "hours.0.to": "10:00" },
      ["hours.0.day1"],
    ],
    ["two mistakes", { label: "more than twelve letters", averageAmount: "a lot" }, ["averageAmount", "label"]],
  ])("CN04: says %s beside its field, and keeps the rest as it was filled", async (_, fields, wrong) => {
    const refused = await send({ name: "Kept as it is", "statuses.0.name": "First", ...fields });
    expect([refused.status, wrongIn(refused.text).toSorted()]).toEqual([422, wrong]);
    const { entries } = formIn(refused.text);
    const first = entries.find(([name]) => name === "statuses.0.name");
    expect([first?.[1], await named("Kept as it is")]).toEqual(["First", []]);
    const texts = Object.entries(fields).filter(([name]) => !/kind|distribution|userId|row/.test(name));
    expect(entries).toEqual(expect.arrayContaining(texts));
  });

  it("CN01: brings a status up, takes one away and adds one without saving anything", async () => {
    const up = await send({ name: "Ordered", do: undefined, rows: "up statuses.2" });
    expect([up.status, columnsIn(up.text)]).toEqual([200, ["New", "Offer", "Contacted", "Won", "Lost"]]);
    const first = await send({ do: undefined, rows: "up statuses.0" });
    expect(columnsIn(first.text)).toEqual(["New", "Contacted", "Offer", "Won", "Lost"]);
    const less = await send({ do: undefined, rows: "drop statuses.1" });
    expect(columnsIn(less.text)).toEqual(["New", "Offer", "Won", "Lost"]);
    const more = await send({ do: undefined, rows: "more statuses" });
    expect(columnsIn(more.text)).toEqual(["New", "Contacted", "Offer", "Won", "Lost", ""]);
    expect(await named("Ordered")).toEqual([]);
  });

  it("CN01: is led to by the list of plans, for who may make one", async () => {
    const link = `href="${path()}"`;
    const shown = await Promise.all(["ada", "anna"].map(async (user) => (await ask(user, path("plans"))).text));
    expect(shown.map((text) => text.includes(link))).toEqual([true, false]);
  });
});
