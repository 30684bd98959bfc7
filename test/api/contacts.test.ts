import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type SalesPlanBody, SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { afterAll, beforeAll, expect, it } from "vitest";

/** Leads and imported persons as one contact, over HTTP (docs/reference/sales-plans.md 5.1). */

let apiClient: ApiTestClient;
let home: SalesPlanClient;
let plan: SalesPlanBody;

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient, { timeZone: "Europe/Kyiv", phoneCountry: "UA" });
  plan = await home.plan("random>even", ["A", "B"]);
  await ingest("customers", { customerId: "acme", name: "Acme" }, { customerId: "baker", name: "Baker" });
});
afterAll(() => apiClient.close());

const ingest = async (kind: string, ...items: readonly object[]) => {
  const { status, body } = await home.ask("POST", `/${kind}/batch`, { items });
  expect(status).toBe(200);
  return body.results.map(({ outcome }: { readonly outcome: string }) => outcome);
};
const contact = async (personId: string) => (await home.ask("GET", `/contacts/${personId}`)).body;
const lead = async (person: object) => {
  const { status, body } = await home.inbound(plan, { person, eventId: JSON.stringify(person) });
  expect([200, 201]).toContain(status);
  return body;
};

it("a lead with a person's address, number or id is one deal of that person, who works at the customer", async () => {
  const item = { personId: "P-1", customerId: "acme", name: "Olena", email: "olena@acme.ua", phone: "067 111 22 33" };
  expect(await ingest("persons", item)).toEqual(["created"]);
  const first = await lead({ email: "OLENA@acme.ua", name: "O." });
  expect(first.duplicate).toBe(false);
  expect(await contact(first.personId)).toMatchObject({
    personId: first.personId,
    externalId: "P-1",
    name: "Olena",
    email: "olena@acme.ua",
    phone: "+380671112233",
    ownerId: null,
    customerPersonId: "P-1",
    customerId: "acme",
  });
  const same = { duplicate: true, dealId: first.dealId, personId: first.personId };
  expect(await lead({ phone: "+380 67 111-22-33" })).toMatchObject(same);
  expect(await lead({ externalId: "P-1" })).toMatchObject(same);
  expect(await ingest("persons", { ...item, customerId: "baker" })).toEqual(["changed"]);
  expect((await contact(first.personId)).customerId).toBe("baker");
  expect(await ingest("persons", { ...item, customerId: "baker" })).toEqual(["unchanged"]);
});

it("an imported person with the address of a lead's contact is that contact, and later leads find their number", async () => {
  const first = await lead({ email: "petro@acme.ua" });
  expect(await contact(first.personId)).toMatchObject({ customerPersonId: null, customerId: null });
  const item = { personId: "P-2", customerId: "acme", email: "petro@acme.ua", phone: "067 222 33 44" };
  expect(await ingest("persons", item)).toEqual(["created"]);
  expect(await contact(first.personId)).toMatchObject({ customerPersonId: "P-2", customerId: "acme" });
  expect(await lead({ phone: "0672223344" })).toMatchObject({ duplicate: true, dealId: first.dealId });
});

it("leads at once by the address, the number and the id of one person make one deal", async () => {
  await ingest("persons", { personId: "P-3", customerId: "acme", email: "ira@acme.ua", phone: "067 333 44 55" });
  const ways = [{ email: "ira@acme.ua" }, { phone: "0673334455" }, { externalId: "P-3" }];
  const added = await Promise.all([...ways, ...ways.map((way) => ({ ...way, name: "Ira" }))].map(lead));
  expect(new Set(added.map(({ dealId }) => dealId)).size).toBe(1);
  expect(added.filter(({ duplicate }) => duplicate === false)).toHaveLength(1);
});

it("a lead and an import at once make one contact of one person", async () => {
  for (const n of [1, 2, 3, 4, 5]) {
    const email = `both${n}@acme.ua`;
    const phone = `067 555 00 0${n}`;
    const item = { personId: `B-${n}`, customerId: "acme", email, phone };
    const [first, outcomes] = await Promise.all([lead({ email }), ingest("persons", item)]);
    expect(outcomes).toEqual(["created"]);
    expect(await contact(first.personId)).toMatchObject({ customerPersonId: `B-${n}`, customerId: "acme" });
    expect(await lead({ phone })).toMatchObject({ duplicate: true, dealId: first.dealId });
  }
});

it("an imported deal and a bulk addition find the customer's person too", async () => {
  await ingest("persons", { personId: "P-5", customerId: "baker", name: "Ivan", email: "ivan@baker.ua" });
  await ingest("persons", { personId: "P-6", customerId: "baker", name: "Zoya", email: "zoya@baker.ua" });
  // No lead or deal is of this person: no audience has them.
  await ingest("persons", { personId: "P-8", customerId: "baker", name: "Silent", email: "silent@baker.ua" });
  const other = await home.plan("random>even", ["A", "B"]);
  const deals = await home.ask("POST", `/plans/${other.planId}/deals/batch`, {
    items: [{ dealId: "crm-1", name: "Ivan", email: "IVAN@baker.ua", status: other.statuses[0]?.name }],
  });
  expect(deals.body.results).toMatchObject([{ outcome: "created" }]);
  await home.imported({ externalId: "sub-zoya", email: "zoya@baker.ua", phone: "067 666 00 01" });
  const started = await home.ask("POST", `/plans/${other.planId}/leads:bulk`, { audience: { search: "baker.ua" } });
  await home.runAudienceOperation(started.body.operationId);
  const { data } = (await home.ask("GET", `/plans/${other.planId}/deals`)).body;
  const persons = await Promise.all(data.map(({ personId }: { readonly personId: string }) => contact(personId)));
  expect(persons.map(({ customerPersonId, customerId }) => [customerPersonId, customerId]).toSorted()).toEqual([
    ["P-5", "baker"],
    ["P-6", "baker"],
  ]);
  expect(await lead({ phone: "067 666 00 01" })).toMatchObject({
    personId: persons.find(({ customerPersonId }) => customerPersonId === "P-6").personId,
  });
});

it("who may not see the customer is not told where a contact works", async () => {
  await ingest("persons", { personId: "P-7", customerId: "acme", email: "vira@acme.ua" });
  const { personId } = await lead({ email: "vira@acme.ua" });
  const key = await home.key("reader", ["deals.edit_all"]);
  const { status, body } = await home.ask("GET", `/contacts/${personId}`, undefined, { as: key });
  expect([status, body.email, body.customerPersonId, body.customerId]).toEqual([200, "vira@acme.ua", null, null]);
});
