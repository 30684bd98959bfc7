import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";

/** Leads are never lost for a cell that nobody needs. */

let apiClient: ApiTestClient;
let home: SalesPlanClient;
beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient, { phoneCountry: "UA" });
});
afterAll(() => apiClient.close());

interface Told {
  readonly path: string;
}

it('D1: a lead whose phone is "() Not provided." is stored, and the deal and its log tell what was not used', async () => {
  const plan = await home.plan("related>even", ["A"]);
  const person = { email: "ok@x.com", phone: "() Not provided.", company: "Acme" };
  const { status, body } = await home.inbound(plan, { person, deal: { comment: "call me", amount: 1900 } });
  expect(status).toBe(201);
  expect(body.notUsed.map(({ path }: Told) => path).toSorted()).toEqual([
    "deal.amount",
    "deal.comment",
    "person.company",
    "person.phone",
  ]);
  const at = `/plans/${plan.planId}/deals/${body.dealId}`;
  expect((await home.ask("GET", at)).body.notUsed).toContainEqual({
    path: "person.phone",
    code: "phone-unreadable",
    message: "is not a phone number: write it with its country code, like +380671234567",
    value: "() Not provided.",
  });
  const [added] = (await home.ask("GET", `${at}/log`)).body.data;
  expect(added.after.notUsed).toHaveLength(4);
  expect(added.after.notUsed).toContain(
    "person.phone is not a phone number: write it with its country code, like +380671234567",
  );
});

it("D2: a lead whose only identity is a number that cannot be read is kept, told and shown, unless its key is strict", async () => {
  const plan = await home.plan("related>even", ["A"]);
  const person = { name: "Olena K.", phone: "call reception, ext. 12" };
  const first = await home.inbound(plan, { person });
  expect([first.status, first.body.notUsed.map(({ path }: Told) => path)]).toEqual([201, ["person.phone"]]);
  const at = `/plans/${plan.planId}/deals/${first.body.dealId}`;
  expect((await home.ask("GET", at)).body).toMatchObject({
    title: "Olena K.",
    notUsed: [{ path: "person.phone", code: "phone-unreadable", value: "call reception, ext. 12" }],
  });
  const [added] = (await home.ask("GET", `${at}/log`)).body.data;
  expect(added.after.notUsed).toEqual([
    "person.phone is not a phone number: write it with its country code, like +380671234567",
  ]);
  const contact = (await home.ask("GET", `/contacts/${first.body.personId}`)).body;
  expect([contact.name, contact.email, contact.phone]).toEqual(["Olena K.", null, null]);
  // The same again is one lead; another number is somebody else.
  expect(await home.inbound(plan, { person })).toMatchObject({ status: 200, body: { dealId: first.body.dealId } });
  const other = await home.inbound(plan, { person: { ...person, phone: "ask for Olena" } });
  expect([other.status, other.body.personId === first.body.personId]).toEqual([201, false]);
  const strict = await home.inbound(plan, { person }, { query: "?strict=true" });
  expect([strict.status, strict.body.errors.map(({ path }: Told) => path)]).toEqual([422, ["person.phone"]]);
});

it("D1: a strict sender's lead is used whole or refused with every path", async () => {
  const plan = await home.plan("related>even", ["A"]);
  const person = { email: "strict@x.com", phone: null, company: "Acme" };
  const { status, body } = await home.inbound(plan, { person }, { query: "?strict=true" });
  expect([status, body.errors.map(({ path }: Told) => path).toSorted()]).toEqual([
    422,
    ["person.company", "person.phone"],
  ]);
});

it("D3: a contact is one however their address and number are spelt, in leads, files and searches", async () => {
  const own = await SalesPlanClient.open(apiClient, { phoneCountry: "UA" });
  const plan = await own.plan("related>even", ["A"]);
  const first = await own.inbound(plan, {
    person: { name: "Mia", email: "a@münchen.example", phone: "067 123 45 67" },
  });
  expect(first.status).toBe(201);
  for (const person of [
    { email: "a@xn--mnchen-3ya.example" },
    { email: "A@MÜNCHEN.example." },
    { email: "mailto:a@mu\u0308nchen.example" },
    { email: "ａ＠ｍünchen．ｅｘａｍｐｌｅ" },
    { phone: "tel:+380671234567" },
    { phone: "\u202a+380 67 123\u00a045 67\u202c" },
    { phone: "＋３８０ ６７ １２３ ４５ ６７" },
  ])
    expect([person, await own.inbound(plan, { person })]).toMatchObject([
      person,
      { status: 200, body: { duplicate: true, dealId: first.body.dealId } },
    ]);
  await own.imported({ externalId: "crm-1", email: "A@xn--mnchen-3ya.example." });
  const bulk = await own.ask("POST", `/plans/${plan.planId}/leads:bulk`, {
    audience: { search: "a@xn--mnchen-3ya.example" },
  });
  expect(bulk.body.total).toBe(1);
  for (const search of ["a@xn--mnchen-3ya.example", "mailto:A@münchen.example", "münchen", "tel:+380671234567"])
    expect([
      search,
      (await own.ask("GET", `/plans/${plan.planId}/deals?search=${encodeURIComponent(search)}`)).body.data.length,
    ]).toEqual([search, 1]);
});

/** Cells that no lead needs, each with values that cannot be used. */
const ODD: readonly (readonly [path: string, values: readonly unknown[]])[] = [
  ["person.phone", ["() Not provided.", "", null, 380, "n/a", {}, "+", "0".repeat(60)]],
  ["person.name", ["", null, 7, "n".repeat(500), "a\nb", []]],
  ["person.company", ["Acme", null, 1]],
  ["deal.title", ["", 5, null, "t".repeat(300), "\u001b[31m"]],
  ["deal.amount", [1900, 1900.5, "", "1,5", "abc", "-1", "10.555", null, {}, { minor: 1.5, currency: "EUR" }]],
  ["deal.statusId", ["st_nowhere", "", 5, "__proto__"]],
  ["deal.reasonId", ["rsn_nowhere", 5]],
  ["deal.comment", ["call me", null, ["x"]]],
  ["source.tunnelId", [5, "", null, "x".repeat(200)]],
  ["source.utm", [5, "x", []]],
  ["assign.managerId", ["nobody", 5, "a b"]],
  ["onDuplicate", ["merge", null, 5]],
  ["occurredAt", ["yesterday", 5, "2026-13-01T00:00:00Z"]],
  ["eventId", [5, "", "x".repeat(300)]],
];

/** Always the same numbers from 0 to below 1. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Half of 500 leads, two of each person. */
const HALF = 250;

function oddLead(nth: number): { readonly lead: Record<string, unknown>; readonly odd: readonly string[] } {
  const next = numbersFrom(nth + 1);
  const lead: Record<string, unknown> = { person: { email: `p${nth % (HALF / 2)}@x.com` } };
  const odd = ODD.filter(() => next() < 0.25);
  for (const [path, values] of odd) {
    const [first = "", second] = path.split(".");
    const value = values[Math.floor(next() * values.length)];
    lead[first] = second === undefined ? value : Object.assign({}, lead[first], { [second]: value });
  }
  return { lead, odd: odd.map(([path]) => path) };
}

it.each([
  [0, "odd-signer"],
  [HALF, "odder-signer"],
])(
  "D1: 500 signed leads with anything around one good identity are 500 deals or duplicates, with each oddity on the log: from number %i on",
  async (from, name) => {
    const plan = await home.plan("related>even", ["A", "B"]);
    const asked = { name, actions: ["leads.add"] };
    const secret = (await home.ask("POST", "/api-keys", asked)).body.signingSecret;
    const seconds = Math.floor(API_NOW / 1000);
    const path = `/hooks/plans/${plan.planId}/leads?sender=${home.tenant.tenantId}:${name}`;
    const leads = Array.from({ length: HALF }, (_, i) => ({ nth: from + i, ...oddLead(from + i) }));
    const answers = new Map<number, { readonly dealId: string; readonly odd: readonly string[] }>();
    const wrong: unknown[] = [];
    await mapConcurrent(leads, async ({ nth, lead, odd }) => {
      const raw = JSON.stringify(lead);
      const signed = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
        .update(`odd_${nth}.${seconds}.${raw}`)
        .digest("base64");
      const headers = {
        "webhook-id": `odd_${nth}`,
        "webhook-timestamp": String(seconds),
        "webhook-signature": `v1,${signed}`,
      };
      const { status, body } = await home.ask("POST", path, undefined, { as: undefined, raw, headers });
      const told = new Set((body.notUsed ?? []).map((one: Told) => one.path));
      if (![200, 201, 202].includes(status) || odd.some((at) => !told.has(at))) wrong.push({ lead, status, body });
      else answers.set(nth, { dealId: body.dealId, odd });
    });
    expect(wrong).toEqual([]);
    expect(new Set([...answers.values()].map(({ dealId }) => dealId)).size).toBe(HALF / 2);
    const byDeal = Map.groupBy(answers.values(), ({ dealId }) => dealId);
    const untold: unknown[] = [];
    await mapConcurrent([...byDeal], async ([dealId, given]) => {
      const { body } = await home.ask("GET", `/plans/${plan.planId}/deals/${dealId}/log`);
      const entries: { after: { notUsed?: string[] } }[] = body.data;
      const told = entries.map(({ after }) => new Set((after.notUsed ?? []).map((text) => text.split(" ")[0])));
      for (const { odd } of given)
        if (!told.some((paths) => odd.every((at) => paths.has(at)))) untold.push({ dealId, odd });
    });
    expect(untold).toEqual([]);
  },
);

it("D4: a flat lead is taken, and a key under another name in the address is told what would work", async () => {
  const plan = await home.plan("related>even", ["A"]);
  const path = `/hooks/plans/${plan.planId}/leads`;
  const flat = { name: "Olena K.", email: "flat@x.com", phone: "067 123 45 67", budget: "high" };
  const { status, body } = await home.ask("POST", path, flat, { as: home.integration });
  expect(status).toBe(201);
  expect((await home.ask("GET", `/plans/${plan.planId}/deals/${body.dealId}`)).body).toMatchObject({
    title: "Olena K.",
    fields: { budget: "high" },
  });
  const refused = await home.ask("POST", `${path}?apiKey=${home.integration}`, flat, { as: undefined });
  expect(refused.status).toBe(401);
  expect(refused.body.detail).toContain('leads?key=KEY with the body {"person"');
  expect(refused.body.detail).not.toContain(home.integration);
});

describe("a form", () => {
  const fields = [
    ["Name", "Olena K."],
    ["phone", "() Not provided."],
    ["utm_source", "ig"],
    ["budget", "high"],
  ] as const;
  const types = ["application/x-www-form-urlencoded", "multipart/form-data"] as const;

  /** A form as a browser sends it. */
  async function formOf(type: (typeof types)[number], email: string) {
    const form = type === "multipart/form-data" ? new FormData() : new URLSearchParams();
    for (const [name, value] of [...fields, ["email", email]] as const) form.append(name, value);
    const { headers, body } = new Request("http://localhost/", { method: "POST", body: form });
    return {
      raw: new Uint8Array(await new Response(body).arrayBuffer()),
      contentType: headers.get("content-type") ?? "",
    };
  }

  it.each(types)("D4: %s is taken as a lead, with what cannot be used told and the rest kept", async (type) => {
    const plan = await home.plan("related>even", ["A"]);
    const { raw, contentType } = await formOf(type, "form@x.com");
    const path = `/hooks/plans/${plan.planId}/leads?key=${home.integration}`;
    const send = () =>
      home.ask("POST", path, undefined, { as: undefined, raw, headers: { "content-type": contentType } });
    const { status, body } = await send();
    expect([status, body.notUsed.map((one: Told) => one.path)]).toEqual([201, ["person.phone"]]);
    expect((await home.ask("GET", `/plans/${plan.planId}/deals/${body.dealId}`)).body).toMatchObject({
      title: "Olena K.",
      source: { utm: { source: "ig" } },
      fields: { budget: "high" },
    });
    expect(await send()).toMatchObject({ status: 200, body: { dealId: body.dealId } });
  });

  it("D4: is signed over its bytes as they were sent", async () => {
    const plan = await home.plan("related>even", ["A"]);
    const asked = { name: "form-signer", actions: ["leads.add"] };
    const secret = (await home.ask("POST", "/api-keys", asked)).body.signingSecret;
    const { raw, contentType } = await formOf("multipart/form-data", "signed@x.com");
    const seconds = Math.floor(API_NOW / 1000);
    const signed = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"))
      .update(`form_1.${seconds}.`)
      .update(raw)
      .digest("base64");
    const headers = {
      "content-type": contentType,
      "webhook-id": "form_1",
      "webhook-timestamp": String(seconds),
      "webhook-signature": `v1,${signed}`,
    };
    const path = `/hooks/plans/${plan.planId}/leads?sender=${home.tenant.tenantId}:form-signer`;
    expect((await home.ask("POST", path, undefined, { as: undefined, raw, headers })).status).toBe(201);
  });

  it("D4: that is broken, or sent elsewhere, or another type, is refused with what would work", async () => {
    const plan = await home.plan("related>even", ["A"]);
    const send = (path: string, contentType: string, raw = "email=a%40x.com") =>
      home.ask("POST", `/hooks/plans/${plan.planId}/${path}`, undefined, {
        as: home.integration,
        raw,
        headers: { "content-type": contentType },
      });
    const works = '{"person":{"name":"Olena K.","email":"olena@example.com"}}';
    const asText = await send("leads", "text/plain");
    expect([asText.status, asText.body.detail]).toEqual([415, expect.stringContaining(works)]);
    expect((await send("leads:batch", "application/x-www-form-urlencoded")).status).toBe(415);
    expect((await send("deals:remove", "application/x-www-form-urlencoded")).status).toBe(415);
    expect(await send("leads", "multipart/form-data")).toMatchObject({
      status: 400,
      body: { type: "unusable-request" },
    });
    const nobody = await send("leads", "application/x-www-form-urlencoded", "budget=high");
    expect([nobody.status, nobody.body.detail]).toEqual([422, expect.stringContaining(works)]);
  });
});
