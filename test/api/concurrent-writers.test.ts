import type { Key } from "@regulars/store/engine/key";
import { Operations } from "@regulars/store/engine/operations";
import { noUsage } from "@regulars/store/engine/table";
import { keysOf } from "@regulars/store/keys";
import {
  customerIdSchema,
  itemIdSchema,
  orderIdSchema,
  invoiceIdSchema,
  userIdSchema,
} from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient, bodyOf } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

/** Rounds of five writers for each kind of record. WRITER_ROUNDS=200 is the thorough run. */
const ROUNDS = Number(process.env["WRITER_ROUNDS"] ?? 3);
const TIMEOUT_MS = 5_000 + ROUNDS * 3_000;

interface BatchBody {
  readonly results: readonly { readonly outcome: string; readonly errors?: readonly { readonly code: string }[] }[];
}
type Fields = Readonly<Record<string, unknown>>;

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

/** Answers that tell neither a success nor that the same may be sent again. */
const faults: string[] = [];

const isToRepeat = (reply: Response): boolean => reply.status === 503 && reply.headers.get("retry-after") !== null;

/** Sends items at once, each in a batch of its own, and again those that are told to try again. */
async function sendAtOnce(kind: string, items: readonly Fields[]): Promise<void> {
  const refused = await Promise.all(items.map(async (item) => ((await isTaken(kind, item)) ? [] : [item])));
  if (refused.flat().length > 0) await sendAtOnce(kind, refused.flat());
}

async function isTaken(kind: string, item: Fields): Promise<boolean> {
  const asked = { method: "POST", as: fixture.tokens.ada, body: { items: [item] } };
  const reply = await apiClient.ask(`/v1/${kind}/batch`, asked);
  if (isToRepeat(reply)) return false;
  const [result] = reply.status === 200 ? (await bodyOf<BatchBody>(reply)).results : [];
  const codes = result?.errors?.map(({ code }) => code) ?? [];
  if (result === undefined || codes.some((code) => code !== "try-again"))
    faults.push(`${reply.status} ${codes.join()}`);
  return codes.length === 0;
}

async function storedAt(keyOf: (keys: ReturnType<typeof keysOf>) => Key): Promise<Fields> {
  const operations = new Operations(apiClient.runtime.table, noUsage());
  return (await operations.get(keyOf(keysOf(fixture.tenant.tenantId)))) ?? {};
}

interface Merged {
  readonly kind: string;
  readonly ownFields: (id: string) => Fields;
  /** What five writers write in a round, each one field. */
  readonly fields: (round: number) => Fields;
  readonly stored: (id: string) => Promise<Fields | undefined>;
}

const merged: readonly Merged[] = [
  {
    kind: "customers",
    ownFields: (customerId) => ({ customerId }),
    fields: (round) => ({
      phone: `+45 ${10_000_000 + round}`,
      email: `kitchen${round}@example.com`,
      category: `hotel ${round}`,
      repId: `rep-${round}`,
      territoryId: `T-${round}`,
    }),
    stored: (id) => storedAt((keys) => keys.snapshotPart(customerIdSchema.parse(id), { part: "profile" })),
  },
  {
    kind: "users",
    ownFields: (userId) => ({ userId }),
    fields: (round) => ({
      name: `Zoe ${round}`,
      phone: `+31 20 555 ${1_000 + round}`,
      email: `zoe${round}@example.com`,
      teamId: `team-${round}`,
      territoryId: `T-${round}`,
    }),
    stored: (id) => storedAt((keys) => keys.user(userIdSchema.parse(id))),
  },
  {
    kind: "items",
    ownFields: (itemId) => ({ itemId }),
    fields: (round) => ({
      name: `Rye ${round}`,
      baseUnit: `kg ${round}`,
      replacedBy: `rye-${round}`,
      discontinuedOn: new Date(Date.UTC(2027, 0, round)).toISOString().slice(0, 10),
      outOfStockFrom: new Date(Date.UTC(2026, 0, round)).toISOString().slice(0, 10),
    }),
    stored: (id) => storedAt((keys) => keys.item(itemIdSchema.parse(id))),
  },
  {
    kind: "persons",
    ownFields: (personId) => ({ personId, customerId: "acme" }),
    fields: (round) => ({ name: `Eva ${round}`, email: `eva${round}@example.com`, phone: `+45 ${20_000_000 + round}` }),
    stored: async (id) =>
      (await fixture.store.nightly.personsOf(customerIdSchema.parse("acme"))).find(({ personId }) => personId === id),
  },
  {
    kind: "projects",
    ownFields: (projectId) => ({ projectId, customerId: "acme" }),
    fields: (round) => ({ name: `Bar ${round}`, status: `ongoing ${round}` }),
    stored: async (id) => {
      for await (const project of fixture.store.records.projectsOf(customerIdSchema.parse("acme")))
        if (project.projectId === id) return project;
      return undefined;
    },
  },
];

describe("five writers of one record at once", () => {
  it.each(merged)("B1: all keep their fields, of $kind", { timeout: TIMEOUT_MS }, async (one) => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      // One record is new, the other one is changed by every round.
      for (const id of [`new-${round}`, "known"]) {
        const fields = one.fields(round);
        const items = Object.entries(fields).map(([name, value]) => ({ ...one.ownFields(id), [name]: value }));
        await sendAtOnce(one.kind, [...items, ...items].slice(0, 5));
        expect(await one.stored(id)).toMatchObject({ ...one.ownFields(id), ...fields });
        expect(faults).toEqual([]);
      }
    }
  });

  it("B1: leave one whole order, and its line in the history", { timeout: TIMEOUT_MS }, async () => {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const orders = [1, 2, 3, 4, 5].map((writer) => ({
        orderId: "SO-9",
        customerId: ["acme", "blue"][(writer + round) % 2],
        orderedAt: `2026-0${writer}-05`,
        lines: [{ itemId: "rye", quantity: writer * 1_000 + round, unitPrice: `${writer}.00` }],
      }));
      await sendAtOnce("orders", orders);
      expect(faults).toEqual([]);
      const order = await fixture.store.documents.findOrder(orderIdSchema.parse("SO-9"));
      const writer = Number(order?.orderedOn.slice(6, 7));
      expect(order).toMatchObject({
        customerId: ["acme", "blue"][(writer + round) % 2],
        lines: [{ itemId: "rye", quantity: writer * 1_000 + round }],
      });
      const found = await Promise.all(
        ["acme", "blue"].map(async (id) =>
          (await fixture.store.documents.recentOrders(customerIdSchema.parse(id), { limit: 50 })).documents.filter(
            ({ orderId }) => orderId === "SO-9",
          ),
        ),
      );
      expect(found.flat()).toEqual([order]);
    }
  });

  it("B1: leave one whole invoice with all payments", { timeout: TIMEOUT_MS }, async () => {
    await sendAtOnce("invoices", [{ invoiceId: "I-9", customerId: "acme", invoiceDate: "2026-01-05", total: "9000" }]);
    for (let round = 1; round <= ROUNDS; round += 1) {
      const invoices = [1, 2].map((writer) => ({
        invoiceId: "I-9",
        customerId: ["acme", "blue"][(writer + round) % 2],
        invoiceDate: `2026-0${writer}-05`,
        total: `${9_000 + round}.00`,
      }));
      const payments = [1, 2, 3].map((writer) => ({
        invoiceId: "I-9",
        paidAt: `2026-0${writer}-20`,
        amount: `${round}.00`,
      }));
      await Promise.all([
        sendAtOnce("invoices", invoices),
        ...payments.map((payment) => sendAtOnce("payments", [payment])),
      ]);
      const invoice = await fixture.store.documents.findInvoice(invoiceIdSchema.parse("I-9"));
      expect(faults).toEqual([]);
      expect(invoice?.payments).toHaveLength(3 * round);
      expect(invoice?.totalMinor).toBe((9_000 + round) * 100);
    }
  });
});

describe("twelve writers of one record at once", () => {
  const order = (orderId: string, quantity: number) => ({
    orderId,
    customerId: "acme",
    orderedAt: "2026-03-05",
    lines: [{ itemId: "rye", quantity }],
  });

  it(
    "B2: are told nothing worse than to try again, and the rest of each batch is saved",
    { timeout: 30_000 },
    async () => {
      const replies = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          apiClient.ask("/v1/orders/batch", {
            method: "POST",
            as: fixture.tokens.ada,
            body: { items: [order(`own-${i}`, 1), order("one", i + 1)] },
          }),
        ),
      );
      for (const [i, reply] of replies.entries()) {
        expect(reply.status).toBe(200);
        const [own, shared] = (await bodyOf<BatchBody>(reply)).results;
        expect(own?.outcome).toBe("created");
        expect(["created,", "changed,", "unchanged,", "rejected,try-again"]).toContain(
          `${shared?.outcome},${shared?.errors?.map(({ code }) => code).join() ?? ""}`,
        );
        expect(await fixture.store.documents.findOrder(orderIdSchema.parse(`own-${i}`))).toBeDefined();
      }
    },
  );

  it("B2: are answered 200 or 503 with Retry-After where each sends a whole record", { timeout: 30_000 }, async () => {
    for (const [path, body] of [
      ["/v1/orders/SO-1001", (i: number) => order("SO-1001", i + 1)],
      ["/v1/users/zed", (i: number) => ({ name: `Zed ${i}` })],
      ["/v1/refusal-reasons/rsn_slow", (i: number) => ({ name: `Slow ${i}` })],
    ] as const) {
      const replies = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          apiClient.ask(path, {
            method: "PUT",
            as: path.startsWith("/v1/orders") ? fixture.apiKey : fixture.tokens.ada,
            body: body(i),
          }),
        ),
      );
      expect(replies.filter((reply) => reply.status >= 300 && !isToRepeat(reply))).toEqual([]);
    }
  });
});
