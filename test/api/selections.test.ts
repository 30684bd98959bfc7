import { operationIdSchema } from "@regulars/core/platform/ids";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { actOnSelection } from "@regulars/functions/workers/selection-work";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, type PageBody, type ProblemBody, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

/** Selections over HTTP: who is in them, call lists, and what is done for their members. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
});
afterAll(() => apiClient.close());
beforeEach(async () => {
  fixture = await anApiFixture(apiClient);
});

interface SelectionBody {
  readonly selectionId: string;
  readonly kind: string;
}
interface OperationBody {
  readonly operationId: string;
  readonly total: number;
}

const ask = (path: string, asked: object = {}, as = fixture.tokens.max) => apiClient.ask(path, { as, ...asked });
const post = (path: string, body: object, as = fixture.tokens.max) => ask(path, { method: "POST", body }, as);
const boughtIn2026 = { field: "sale.sold.total", op: ">", value: 5 };
const members = async (selectionId: string, as = fixture.tokens.max) =>
  (await bodyOf<PageBody<{ ownerId: string }>>(await ask(`/v1/selections/${selectionId}/members`, {}, as))).data.map(
    ({ ownerId }) => ownerId,
  );
const create = async (body: object) =>
  bodyOf<SelectionBody>(await post("/v1/selections", { ownerType: "company", ...body }));

describe("/v1/selections", () => {
  it("SA11: a dynamic selection changes when the data changes; a frozen one does not", async () => {
    const dynamic = await create({ name: "Buyers", criteria: boughtIn2026 });
    expect(dynamic).toMatchObject({ kind: "dynamic", criteria: boughtIn2026 });
    expect(await members(dynamic.selectionId, fixture.tokens.ada)).toEqual(["acme", "cove"]);
    const frozen = await bodyOf<SelectionBody>(
      await post(`/v1/selections/${dynamic.selectionId}/frozen`, { name: "Buyers in November" }),
    );
    const sold = { customerId: "blue", status: "sold", saleDate: "2026-11-01" };
    const items = Array.from({ length: 6 }, (_, i) => ({ saleId: `B-${i}`, ...sold }));
    await apiClient.ask("/v1/sales/batch", { method: "POST", as: fixture.apiKey, body: { items } });
    expect(await members(dynamic.selectionId, fixture.tokens.ada)).toEqual(["acme", "blue", "cove"]);
    expect(await members(frozen.selectionId, fixture.tokens.ada)).toEqual(["acme", "cove"]);
    // A reader sees those of their own customers.
    expect(await members(dynamic.selectionId, fixture.tokens.anna)).toEqual(["acme", "blue"]);
  });

  it("SA19: selects by counters and by the statuses of companies", async () => {
    const counters = { all: [boughtIn2026, { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" }] };
    const { selectionId } = await create({ name: "Neglected", criteria: counters });
    expect(await members(selectionId, fixture.tokens.ada)).toEqual(["acme", "cove"]);
    const byStatus = await create({
      name: "By status",
      criteria: { field: "status", op: "hasNotStatus", value: "neglected" },
    });
    expect(await members(byStatus.selectionId, fixture.tokens.ada)).toContain("acme");
  });

  it("refuses criteria with the path of each mistake, and saves nothing", async () => {
    const reply = await post("/v1/selections", {
      name: "X",
      ownerType: "company",
      criteria: { all: [{ field: "sale.sold.totl", op: ">", value: 5 }] },
    });
    expect(await bodyOf<ProblemBody>(reply)).toMatchObject({
      status: 422,
      errors: [{ path: "criteria.all[0].field", message: expect.stringContaining("sale.sold.total") }],
    });
    const { data } = await bodyOf<PageBody<SelectionBody>>(await ask("/v1/selections"));
    expect(data.map(({ selectionId }) => selectionId)).toEqual(["sel_example"]);
    expect((await post("/v1/selections/sel_example/members", { ids: ["acme", "nobody"] })).status).toBe(422);
    expect((await post("/v1/selections", { name: "X", ownerType: "company" }, fixture.tokens.anna)).status).toBe(403);
  });

  it("SA20: is written to: counted and shown first, then one mail to each address, with who got none", async () => {
    await fixture.store.imports.saveCustomers([
      { customerId: customerIdSchema.parse("acme"), name: "Acme Café", email: "shop@acme.example" },
      { customerId: customerIdSchema.parse("cove"), name: "Cove Kitchen", email: "Gone@cove.example" },
    ]);
    await fixture.store.suppressions.save({
      address: "gone@cove.example",
      version: 1,
      transient: [],
      suppressed: { reason: "permanent-bounce", at: toInstant(Date.parse("2026-11-20T10:00:00Z")) },
    });
    await post("/v1/selections/sel_example/members", { ids: ["blue", "cove"] });
    const asked = { action: "mailing", subject: "News for <name>", text: "Hello <name>" };
    const preview = await post("/v1/selections/sel_example/actions:preview", asked);
    expect(await bodyOf<object>(preview)).toMatchObject({
      total: 3,
      made: 1,
      leftOut: [
        { ownerId: "blue", name: "Blue Bistro", address: null, reason: "no-address", detail: null },
        {
          ownerId: "cove",
          address: "Gone@cove.example",
          reason: "suppressed",
          detail: "the address does not take mail (2026-11-20)",
        },
      ],
      examples: [
        { ownerId: "acme", address: "shop@acme.example", subject: "News for Acme Café", text: "Hello Acme Café" },
      ],
    });
    const operation = await bodyOf<OperationBody>(await post("/v1/selections/sel_example/actions", asked));
    const work = { tenant: fixture.tenant, store: fixture.store, runtime: apiClient.runtime };
    await actOnSelection(work, operationIdSchema.parse(operation.operationId), () => false);
    expect(apiClient.sent).toContainEqual({ queue: "outgoing", body: { tenantId: fixture.tenant.tenantId } });
    const results = await ask(`/v1/selection-actions/${operation.operationId}/results`);
    expect((await bodyOf<{ data: object[] }>(results)).data).toMatchObject([
      { ownerId: "acme", state: "made", address: "shop@acme.example" },
      { ownerId: "blue", state: "skipped", reason: "no-address", address: null },
      {
        ownerId: "cove",
        state: "skipped",
        reason: expect.stringMatching(/^suppressed: /),
        address: "Gone@cove.example",
      },
    ]);
    for (const [wrong, said] of [
      [{ ...asked, subject: "a\nb" }, "has more than one line"],
      [{ ...asked, text: "Hello <name" }, 'has a "<" without its ">"'],
      [{ ...asked, subject: " " }, "is missing"],
    ] as const)
      expect(await bodyOf<ProblemBody>(await post("/v1/selections/sel_example/actions:preview", wrong))).toMatchObject({
        status: 422,
        errors: [{ message: expect.stringContaining(said) }],
      });
  });

  it("SA20: is a call list as CSV, and follow-ups for its members as a job that goes on by itself", async () => {
    await post("/v1/selections/sel_example/members", { ids: ["blue"] });
    const ghosts = { action: "follow-up", text: "Call <name>", userId: "ghost" };
    for (const path of ["actions", "actions:preview"])
      expect(await bodyOf<ProblemBody>(await post(`/v1/selections/sel_example/${path}`, ghosts))).toMatchObject({
        status: 422,
        errors: [{ path: "userId", message: "there is no user ghost" }],
      });
    const csv = await ask("/v1/selections/sel_example/call-list", {}, fixture.tokens.anna);
    expect([csv.headers.get("content-type"), await csv.text()]).toEqual([
      "text/csv; charset=utf-8",
      "id,customer,name,phone,email,our contact\r\nacme,acme,Acme Café,'+45 12 34 56 78,,Anna Berg\r\nblue,blue,Blue Bistro,,,Anna Berg\r\n",
    ]);
    const asked = { action: "follow-up", text: "Call <name> (<cpho|no phone>)" };
    const reply = await post("/v1/selections/sel_example/actions", asked);
    const operation = await bodyOf<OperationBody>(reply);
    expect([reply.status, operation]).toEqual([202, expect.objectContaining({ state: "running", total: 2, done: 0 })]);
    expect(apiClient.sent).toContainEqual({
      queue: "plans",
      body: { tenantId: fixture.tenant.tenantId, operationId: operation.operationId },
    });
    const { runtime } = apiClient;
    const work = { tenant: fixture.tenant, store: fixture.store, runtime };
    expect(await actOnSelection(work, operationIdSchema.parse(operation.operationId), () => false)).toBe(true);
    const done = await ask(`/v1/selection-actions/${operation.operationId}`);
    expect(await bodyOf<object>(done)).toMatchObject({ state: "done", made: 2, skipped: 0 });
    const results = await ask(`/v1/selection-actions/${operation.operationId}/results`);
    expect((await bodyOf<{ data: object[] }>(results)).data).toMatchObject([
      { ownerId: "acme", state: "made", id: `company:acme:selection::${operation.operationId}` },
      { ownerId: "blue", state: "made" },
    ]);
    const { data } = await bodyOf<PageBody<{ text: string }>>(await ask("/v1/follow-ups", {}, fixture.tokens.anna));
    expect(data.map(({ text }) => text).toSorted()).toEqual([
      "Call Acme Café",
      "Call Acme Café (+45 12 34 56 78)",
      "Call Blue Bistro (no phone)",
    ]);
  });
});
