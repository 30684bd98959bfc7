import { segmentOfId } from "@regulars/core/platform/id-text";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { toInstant } from "@regulars/core/platform/values";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, type Asked, API_NOW, type PageBody, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { apiOperations, pathWith } from "../fixtures/api-operations.ts";
import { type ApiFixture, FIXTURE_AS_OF, anApiFixture } from "../fixtures/api-tenants.ts";

/** Ids as people and systems have them, and such as break paths and separators. */
const IDS = [
  "INV/2026/0007",
  "#1001",
  "H&M",
  'PIPE 1/2"',
  "Кава 1кг",
  "anna@example.com",
  "%2F",
  "..",
  "a:b,c;d|e",
  "~$*~h",
  "x/cancel?y=1",
  "👩‍🍳".repeat(10),
] as const;

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

const ask = (path: string, asked: Asked = {}) => apiClient.ask(path, { as: fixture.apiKey, ...asked });
const read = async (path: string) => bodyOf<Record<string, unknown>>(await ask(path, { as: fixture.tokens.ada }));

async function outcomesOf(kind: string, items: readonly object[]): Promise<readonly string[]> {
  const reply = await ask(`/v1/${kind}/batch`, { method: "POST", body: { items } });
  const { results } = await bodyOf<{ readonly results: readonly { readonly outcome: string }[] }>(reply);
  return results.map(({ outcome }) => outcome);
}

const anOrderOf = (id: string) => ({
  orderId: id,
  customerId: id,
  orderedAt: "2026-11-01",
  startedBy: id,
  lines: [{ itemId: id, quantity: 2, unitPrice: "3.00" }],
});

describe("an id of any printable text", () => {
  const created = IDS.map(() => "created");
  const unchanged = IDS.map(() => "unchanged");

  it("IM02: comes in by every kind of batch, and is found again when the same batch comes twice", async () => {
    const batches: readonly [string, (id: string) => object][] = [
      ["users", (userId) => ({ userId, name: "N" })],
      ["customers", (id) => ({ customerId: id, name: "N", repId: id })],
      ["persons", (id) => ({ personId: id, customerId: id })],
      ["items", (itemId) => ({ itemId, name: "N" })],
      ["orders", anOrderOf],
      [
        "invoices",
        (id) => ({ invoiceId: id, customerId: id, invoiceDate: "2026-09-01", dueDate: "2026-09-15", total: "600.00" }),
      ],
      ["payments", (id) => ({ invoiceId: id, paidAt: "2026-11-02", amount: "1.00" })],
      ["activities", (id) => ({ activityId: id, type: "call", personId: id, userId: id, occurredAt: "2026-11-03" })],
      ["sales", (id) => ({ saleId: id, customerId: id, status: "sold", saleDate: "2026-11-03" })],
      ["requests", (id) => ({ requestId: id, customerId: id, createdAt: "2026-11-03" })],
      ["projects", (id) => ({ projectId: id, customerId: id })],
      ["links", (id) => ({ itemId: id, linkedItemId: "rye" })],
      ["leads", (id) => ({ externalId: id, name: "N" })],
    ];
    for (const [kind, item] of batches) {
      expect([kind, await outcomesOf(kind, IDS.map(item))]).toEqual([kind, created]);
      expect([kind, await outcomesOf(kind, IDS.map(item))]).toEqual([kind, unchanged]);
    }
  });

  it.each(IDS)("%j is read and changed at its address", async (id) => {
    const at = segmentOfId(id);
    expect(await read(`/v1/orders/${at}`)).toMatchObject({ orderId: id, customerId: id, lines: [{ itemId: id }] });
    expect(await read(`/v1/invoices/${at}`)).toMatchObject({ invoiceId: id, customerId: id });
    expect(await read(`/v1/users/${at}`)).toMatchObject({ userId: id });
    expect(await read(`/v1/customers/${at}`)).toMatchObject({ customer: { customerId: id } });
    expect(await read(`/v1/customers/${at}/orders`)).toMatchObject({ data: [{ orderId: id }] });
    expect(await read(`/v1/customers/${at}/invoices`)).toMatchObject({ data: [{ invoiceId: id }] });
    const cancelled = await ask(`/v1/orders/${at}/cancel`, { method: "POST" });
    expect(await bodyOf(cancelled)).toMatchObject({ orderId: id, status: "cancelled" });
    const corrected = await ask(`/v1/orders/${at}`, { method: "PUT", body: anOrderOf(id) });
    expect(await bodyOf(corrected)).toMatchObject({ orderId: id, status: "confirmed" });
  });

  it.each(IDS.filter((id) => id !== ".."))("%j is read with percent signs too", async (id) => {
    expect(await read(`/v1/orders/${encodeURIComponent(id)}`)).toMatchObject({ orderId: id });
  });

  it("comes back from lists, page by page", async () => {
    const found: string[] = [];
    let next = "";
    do {
      const reply = await ask(`/v1/customers?limit=2${next}`, { as: fixture.tokens.ada });
      const page = await bodyOf<PageBody<{ readonly customerId: string }>>(reply);
      found.push(...page.data.map(({ customerId }) => customerId));
      next = page.next === null ? "" : `&cursor=${page.next}`;
    } while (next !== "");
    expect(found.filter((id) => (IDS as readonly string[]).includes(id)).toSorted()).toEqual(IDS.toSorted());
    expect(new Set(found).size).toBe(found.length);
  });

  it("is in the findings of a night, each of which is read, dismissed and commented at its address", async () => {
    await runNightly({
      tenant: fixture.tenant,
      catalog: builtInInsights,
      store: fixture.store.nightly,
      asOf: FIXTURE_AS_OF,
      now: toInstant(API_NOW),
      links: {
        finding: ({ findingId }) => findingId,
        rep: (_, userId) => userId,
        introductions: (_, userId) => userId,
      },
      isScheduled: false,
      isOnHold: true,
    });
    for (const id of IDS) {
      const list = await bodyOf<PageBody<{ readonly id: string }>>(
        await ask(`/v1/findings?kind=overdue-payments&customerId=${encodeURIComponent(id)}`, {
          as: fixture.tokens.ada,
        }),
      );
      const [finding] = list.data;
      expect(finding?.id).toMatch(/^overdue-payments:[A-Za-z0-9._~-]+$/);
      const at = `/v1/findings/${segmentOfId(finding?.id ?? "")}`;
      expect(await read(at)).toMatchObject({ id: finding?.id, customerId: id, repId: id });
      const asAda = { as: fixture.tokens.ada, method: "PUT" };
      expect((await ask(`${at}/dismissal`, { ...asAda, body: {} })).status).toBe(200);
      expect((await ask(`${at}/feedback`, { ...asAda, body: { verdict: "useful" } })).status).toBe(200);
      expect(await read(at)).toMatchObject({ state: "dismissed" });
    }
  });
});

it("an id that is too long is repeated in no refusal, but for how it begins", async () => {
  const operations = (await apiOperations()).filter(({ path }) => path.includes("{"));
  expect(operations.length).toBeGreaterThan(50);
  const repeated: string[] = [];
  for (const operation of operations) {
    const reply = await ask(
      pathWith(operation, () => "ø".repeat(900)),
      {
        as: fixture.tokens.ada,
        method: operation.method,
        ...(operation.body === undefined ? {} : { body: operation.body }),
      },
    );
    const longest = Math.max(0, ...[...(await reply.text()).matchAll(/ø+/g)].map(([run]) => run.length));
    if (longest > 200) repeated.push(`${operation.name}: ${longest}`);
  }
  expect(repeated).toEqual([]);
});
