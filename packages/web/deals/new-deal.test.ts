import { dealIdOf, planIdSchema } from "@regulars/core/platform/ids";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient, impatiently } from "../../../test/fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../../../test/fixtures/api-tenants.ts";
import { askAsUser, wrongIn } from "../../../test/fixtures/page-console.ts";
import { type PostedForm, postedForms } from "../../../test/fixtures/posted-forms.ts";

const PLAN = planIdSchema.parse("pln_0000000000001");

let apiClient: ApiTestClient;
let fixture: ApiFixture;
/** The form of a new deal as its page draws it for Ada. */
let form: PostedForm;

beforeAll(async () => {
  apiClient = await anApiClient();
});
beforeEach(async () => {
  fixture = await anApiFixture(apiClient);
  form = formIn((await ask("ada", path())).text);
});
afterAll(() => apiClient.close());

const path = (more = "/new-deal"): string => `/plans/${fixture.tenant.tenantId}/${PLAN}${more}`;

const ask = (user: string, address: string, body?: URLSearchParams, language = "en") =>
  askAsUser(apiClient.runtime, { tenantId: fixture.tenant.tenantId, user, language }, address, body);

function formIn(page: string): PostedForm {
  const found = postedForms(page).find(({ action }) => action.endsWith("/new-deal"));
  if (found === undefined) throw new Error("there is no form of a new deal");
  return found;
}

/** Sends the form with other texts in some of its fields. */
function send(fields: Readonly<Record<string, string>>, user = "ada", language = "en") {
  const sent = { ...Object.fromEntries(form.entries), as: `${fixture.tenant.tenantId}:${user}`, ...fields };
  return ask(user, path(), new URLSearchParams(sent), language);
}
const another = async (user = "ada") => {
  form = formIn((await ask(user, path())).text);
};

/** The deals of a title; the store knows them by the ids that a plan gives in order. */
async function titled(title: string) {
  const { deals } = fixture.store.sales;
  const all = await Promise.all(Array.from({ length: 12 }, (_, i) => deals.deal(dealIdOf(PLAN, i + 1))));
  return all.filter((deal) => deal !== undefined).filter((deal) => deal.title === title);
}
const mainOf = (page: string): string =>
  (/<main\b[^]*<\/main>/.exec(page)?.[0] ?? "").replaceAll(/<[^>]*>/g, "").replaceAll(/\s+/g, " ");

describe("a new deal", () => {
  it("CN01: has all that the API takes of a deal added by hand, and leads to its card on the board", async () => {
    const added = await send({
      name: "Olena K.",
      email: "olena@example.com",
      phone: "+45 12 34 56 78",
      externalId: "crm-7",
      title: "Course B",
      amount: "1900,50",
      currency: "dkk",
      statusId: "st_talk",
      managerId: "bo",
    });
    const [deal] = await titled("Course B");
    expect([added.status, added.location]).toEqual([303, `${path("")}?added=${deal?.dealId}#card-${deal?.dealId}`]);
    expect(deal).toMatchObject({ amountMinor: 190_050, currency: "DKK", statusId: "st_talk", managerId: "bo" });
    const person = deal && (await fixture.store.sales.contacts.atCustomer(deal.personId));
    expect(person?.contact).toMatchObject({
      name: "Olena K.",
      email: "olena@example.com",
      phone: "+4512345678",
      externalId: "crm-7",
    });
    const board = (await ask("ada", added.location.split("#")[0] ?? "")).text;
    expect(board).toMatch(new RegExp(`<li\\b[^>]*id="card-${deal?.dealId}"[^>]*tabindex="-1"`));
    expect(mainOf(board)).toContain("“Course B” is new in “Talking”.");
  });

  it("CN01: left empty, has the plan's usual amount, its first status, the person's name and whom the plan chooses", async () => {
    await send({ name: "Petro", email: "petro@example.com" });
    const plan = await fixture.store.sales.salesPlans.plan(PLAN);
    expect(await titled("Petro")).toMatchObject([
      { amountMinor: plan?.averageMinor, currency: plan?.currency, statusId: "st_new" },
    ]);
    expect((await titled("Petro"))[0]?.managerId).toMatch(/^(?:anna|bo)$/);
  });

  it("CN01: is one of a form that is sent twice, also at the same time; a changed form asks first for another", async () => {
    const fields = { title: "Once", email: "once@example.com", onDuplicate: "create" };
    const both = await Promise.all([send(fields), send(fields)]);
    const again = await send(fields);
    expect(new Set([...both, again].map(({ location }) => location)).size).toBe(1);
    expect((await titled("Once")).length).toBe(1);
    const changed = await send({ ...fields, title: "Twice" });
    expect([changed.status, (await titled("Twice")).length]).toEqual([422, 0]);
    form = formIn(changed.text);
    expect((await send({})).status).toBe(303);
    expect((await titled("Twice")).length).toBe(1);
  });

  it("CN01: does with the person's open deal as it is told, and leads to that deal", async () => {
    const email = "again@example.com";
    await send({ title: "First", email, managerId: "anna" });
    const [first] = await titled("First");
    const link = path(`/deals/${first?.dealId}`);
    await another();
    const there = await send({ title: "Second", email });
    expect([there.status, there.text.includes(`href="${link}"`)]).toEqual([200, true]);
    expect(mainOf(there.text)).toContain("No second deal was added. This is the open one: First.");
    await another();
    const updated = await send({ title: "Third", amount: "7", email, onDuplicate: "update" });
    expect([updated.status, updated.text.includes(`href="${link}"`)]).toEqual([200, true]);
    expect((await titled("Third")).map(({ dealId }) => dealId)).toEqual([first?.dealId]);
    await another();
    expect((await send({ title: "Fourth", email, onDuplicate: "create" })).status).toBe(303);
    expect((await titled("Second")).length + (await titled("Fourth")).length).toBe(1);
  });

  it("CN01: tells a rep nothing of somebody else's open deal, and changes none", async () => {
    const email = "bos@example.com";
    await send({ title: "Bo's own", email, managerId: "bo" });
    await another("anna");
    const hidden = await send({ title: "Mine", email }, "anna");
    expect([hidden.status, hidden.text.includes("Bo&#39;s own"), hidden.text.includes("/deals/")]).toEqual([
      200,
      false,
      false,
    ]);
    expect(mainOf(hidden.text)).toContain("The open one is none of the deals that you may see.");
    await another("anna");
    const refused = await send({ title: "Mine", email, onDuplicate: "update" }, "anna");
    expect([refused.status, (await titled("Bo's own")).length]).toEqual([422, 1]);
  });

  it("CN01: is added by a rep for nobody else: whoever the plan chooses may be another one", async () => {
    await another("anna");
    const managers = /<select\b[^>]*name="managerId"[^]*?<\/select>/.exec((await ask("anna", path())).text)?.[0] ?? "";
    expect([...managers.matchAll(/value="([^"]*)"/g)].map(([, value]) => value)).toEqual(["", "anna"]);
    const refused = await send({ title: "For Bo", email: "for@example.com", managerId: "bo" }, "anna");
    expect([refused.status, wrongIn(refused.text), await titled("For Bo")]).toEqual([422, ["managerId"], []]);
    // The plan chooses in turn: one of two goes to Bo.
    const said: string[] = [];
    for (const name of ["one", "two"]) {
      await another("anna");
      const added = await send({ title: name, email: `${name}@example.com` }, "anna");
      const [deal] = await titled(name);
      said.push(deal?.managerId ?? "");
      expect(added.status).toBe(deal?.managerId === "anna" ? 303 : 200);
      expect(mainOf(added.text).includes("Somebody else has it, or nobody yet")).toBe(deal?.managerId === "bo");
    }
    expect(said.toSorted()).toEqual(["anna", "bo"]);
  });

  it("CN01: says that it waits, where its manager is not known in time", async () => {
    // Somebody else is at the assignment, and does not end.
    await fixture.store.sales.assignment.takeLease(PLAN, API_NOW, API_NOW + 86_400_000);
    const waits = await impatiently(apiClient, () => send({ title: "Later", email: "later@example.com" }));
    expect([waits.status, mainOf(waits.text).includes("It waits for its manager")]).toEqual([200, true]);
    expect(waits.text).toContain(`href="${path("")}"`);
  });

  it.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["nothing that tells the person", { email: "" }, ["email"]],
    ["an address that is none", { email: "qqq" }, ["email"]],
    ["a number that is none", { phone: "qqq" }, ["phone"]],
    ["an amount that is none", { amount: "a lot" }, ["amount"]],
    ["a currency that is none", { currency: "qqq" }, ["currency"]],
    ["another currency without an amount", { currency: "usd" }, ["amount"]],
    ["a status that is none", { statusId: "st_qqq" }, ["statusId"]],
    ["a manager who is no member", { managerId: "max" }, ["managerId"]],
    ["a lost status without its reason", { statusId: "st_lost" }, ["reasonId"]],
    ["a reason where none is taken", { reasonId: "rsn_price" }, ["reasonId"]],
    ["a choice that is none", { onDuplicate: "qqq" }, ["onDuplicate"]],
    ["three mistakes", { email: "", amount: "a lot", title: "x".repeat(201) }, ["amount", "email", "title"]],
  ])("CN04: says %s beside its field in each language, and keeps the rest", async (_, fields, wrong) => {
    const given = { name: "Kept", email: "kept@example.com", ...fields };
    const said = new Set<string>();
    for (const language of ["en", "da", "pt-BR", "uk"]) {
      const refused = await send(given, "ada", language);
      expect([refused.status, wrongIn(refused.text).toSorted()]).toEqual([422, wrong]);
      said.add(/<p class="refused"[^]*?<\/p>/.exec(refused.text)?.[0].replaceAll(/<[^>]*>/g, "") ?? "");
      const { entries } = formIn(refused.text);
      expect(entries).toContainEqual(["name", "Kept"]);
    }
    expect([said.size, await titled("Kept")]).toEqual([4, []]);
  });

  it("CN01: is led to by the board, also an empty one; not for a plan that takes no more deals", async () => {
    const link = `href="${path()}"`;
    const linksIn = async (address: string) => (await ask("anna", address)).text.split(link).length - 1;
    expect([await linksIn(path("")), await linksIn(path("?search=nobody"))]).toEqual([1, 2]);
    const { salesPlans } = fixture.store.sales;
    const plan = await salesPlans.plan(PLAN);
    if (plan === undefined) throw new Error("there is no plan");
    await salesPlans.save({ ...plan, isArchived: true, version: plan.version + 1 }, undefined);
    expect([await linksIn(path("")), (await ask("ada", path())).status]).toEqual([0, 404]);
    expect((await send({ title: "Late", email: "late@example.com" })).status).toBe(404);
    expect(await titled("Late")).toEqual([]);
  });
});
