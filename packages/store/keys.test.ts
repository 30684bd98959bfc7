import { findingId } from "@regulars/core/insights/finding";
import { backtestIdOf } from "@regulars/core/backtests/backtest";
import {
  dealIdSchema,
  operationIdSchema,
  contactIdSchema,
  planIdSchema,
  reasonIdSchema,
  statusIdSchema,
} from "@regulars/core/platform/ids";
import {
  type CustomerId,
  customerIdSchema,
  day,
  externalIdSchema,
  invoiceIdSchema,
  itemIdSchema,
  orderIdSchema,
  personIdSchema,
  projectIdSchema,
  tenantIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Key, SHARDS, keyOfLongId, keyOfManager, managerOfKey, shardOf } from "./engine/key.ts";
import { type Keys, keysOf } from "./keys.ts";
import { parseSnapshotSort } from "./snapshots/keys.ts";
import { tenantsDue } from "./tenants/keys.ts";

const ID = /^[A-Za-z0-9._-]{1,64}$/;
const ids = fc.stringMatching(ID);
const customer = (text: string): CustomerId => customerIdSchema.parse(text);

/** Every key and every partition that `keysOf` can make, for ids that are all the same text. */
function everyKey(tenant: string, id: string): Readonly<Record<string, string | Key>> {
  const keys = keysOf(tenantIdSchema.parse(tenant));
  const customerId = customer(id);
  const [itemId, userId, personId] = [itemIdSchema.parse(id), userIdSchema.parse(id), personIdSchema.parse(id)];
  const on = day("2026-11-22");
  const made = {
    tenant: keys.tenant(),
    backtests: keys.backtests(),
    backtest: keys.backtest(backtestIdOf(toInstant(0), "0123456789")),
    backtestReport: keys.backtestReport(backtestIdOf(toInstant(0), "0123456789")),
    openBacktest: keys.openBacktest(),
    schedule: keys.schedule(),
    measures: keys.measures(),
    measuresOf: keys.measuresOf("2026-11"),
    nightly: keys.nightly(),
    findingReps: keys.findingReps(),
    findingWithoutCustomer: keys.findingWithoutCustomer("finding", {
      kind: "churn-risk",
      subject: { type: "deal", id },
    }),
    users: keys.users(),
    user: keys.user(userId),
    items: keys.items(),
    item: keys.item(itemId),
    endedItems: keys.endedItems(),
    persons: keys.persons(customerId),
    person: keys.person(customerId, personId),
    orders: keys.orders(customerId),
    order: keys.order(customerId, on, orderIdSchema.parse(id)),
    invoices: keys.invoices(customerId),
    invoice: keys.invoice(customerId, on, invoiceIdSchema.parse(id)),
    payment: keys.payment(customerId, on, invoiceIdSchema.parse(id), "P#1"),
    documents: keys.documents("activity", customerId),
    document: keys.document("activity", customerId, on, id),
    projects: keys.projects(customerId),
    project: keys.project(customerId, projectIdSchema.parse(id)),
    links: keys.links(),
    link: keys.link(itemId, itemId),
    ignores: keys.ignores(),
    ignore: keys.ignore(customerId, toInstant(0), "1"),
    leads: keys.leads(),
    lead: keys.lead(externalIdSchema.parse(id)),
    documentId: keys.documentId("order", id),
    itemNumbers: keys.itemNumbers(),
    itemNumberChunk: keys.itemNumberChunk(3),
    shard: keys.shard(7),
    snapshot: keys.snapshot(customerId).pk,
    snapshotPart: keys.snapshotPart(customerId, {
      part: "finding",
      kind: "lost-items",
      subject: { type: "item", id: itemId, customerId },
    }),
    ...planKeys(keys, id),
    repFindings: keys.repFindings(userId),
    repCustomers: keys.repCustomers(userId),
    drafts: keys.drafts(),
    resolvedFindings: keys.resolvedFindings(),
    resolvedFinding: keys.resolvedFinding(on, `churn-risk:${id}`),
    feedback: keys.feedback(),
    feedbackOn: keys.feedbackOn(`churn-risk:${id}`, "2026-11-22"),
    salesFigures: keys.salesFigures(),
    salesFiguresOf: keys.salesFiguresOf(`rep ${id}`),
    notifications: keys.notifications(),
    notificationLog: keys.notificationLog(),
    notificationLogRow: keys.notificationLogRow("2026-11-23T07:30:00.000Z#digest:u-1:2026-11-22"),
    givenUp: keys.givenUp(),
    notification: keys.notification(`alert:${id}`),
    due: keys.due(),
    held: keys.held(),
    apiKeys: keys.apiKeys(),
    apiKey: keys.apiKey(id),
    apiKeyName: keys.apiKeyName(id),
    once: keys.once(id),
    onceStep: keys.onceStep("h", "s"),
    rate: keys.rate(`user:${id}`),
    customers: keys.customers(),
  } satisfies Record<keyof typeof keys, string | Key>;
  return made;
}

function planKeys(keys: Keys, id: string) {
  const [planId, dealId, person] = [planIdSchema.parse(id), dealIdSchema.parse(id), contactIdSchema.parse(id)];
  const [reasonId, operationId, at] = [reasonIdSchema.parse(id), operationIdSchema.parse(id), toInstant(0)];
  return {
    plans: keys.plans(),
    plan: keys.plan(planId),
    reasons: keys.reasons(),
    reason: keys.reason(reasonId),
    sequenceCounter: keys.sequenceCounter(planId),
    entries: keys.entries(planId),
    sequence: keys.sequence(planId, 7),
    assignmentState: keys.assignmentState(planId),
    unassigned: keys.unassigned(planId),
    unassignedLead: keys.unassignedLead(planId, 7),
    dealCounts: keys.dealCounts(planId),
    dealCount: keys.dealCount(planId, userIdSchema.parse(id)),
    dealPartition: keys.dealPartition(dealId),
    deal: keys.deal(dealId),
    dealLog: keys.dealLog(dealId, 7),
    dealNote: keys.dealNote(dealId, at, id),
    closing: keys.closing(dealId, 7),
    dealColumn: keys.dealColumn(planId, statusIdSchema.parse(id)),
    managerColumn: keys.managerColumn(planId, statusIdSchema.parse(id), userIdSchema.parse(id)),
    planClosings: keys.planClosings(planId),
    board: keys.board(planId, 3),
    dirtyBlock: keys.dirtyBlock(planId, "000000007"),
    boardVersion: keys.boardVersion(planId, "000000007"),
    boardPage: keys.boardPage(planId, "000000007"),
    closingDays: keys.closingDays(planId),
    closingDay: keys.closingDay(planId, day("2026-11-22"), userIdSchema.parse(id)),
    dealDays: keys.dealDays(planId),
    dealDay: keys.dealDay(planId, userIdSchema.parse(id), day("2026-11-22")),
    reasonDeals: keys.reasonDeals(planId, reasonIdSchema.parse(id)),
    reasonDeal: keys.reasonDeal(planId, reasonIdSchema.parse(id), at, dealId),
    publishedEvents: keys.publishedEvents(),
    publishedEvent: keys.publishedEvent(id),
    webhooks: keys.webhooks(),
    webhook: keys.webhook(id),
    webhookDeliveries: keys.webhookDeliveries(id),
    webhookDelivery: keys.webhookDelivery(id, id),
    webhookLog: keys.webhookLog(id),
    webhooksDue: keys.webhooksDue(),
    dealOperation: keys.dealOperation(operationId),
    dealOperationChunk: keys.dealOperationChunk(operationId, 7),
    contactPartition: keys.contactPartition(person),
    contact: keys.contact(person),
    openDeal: keys.openDeal(person, planId, dealId),
    closedDeal: keys.closedDeal(person, at, dealId),
    contactActivity: keys.contactActivity(person, at, id),
    contactIdentity: keys.contactIdentity("email", id),
    audience: keys.audience(3),
    idempotencyRecord: keys.idempotencyRecord(id),
    inboundRequests: keys.inboundRequests(id),
    inboundRequest: keys.inboundRequest(id, at, id),
    openOperations: keys.openOperations(),
    openOperation: keys.openOperation(operationId),
    operation: keys.operation(operationId),
    operationChunks: keys.operationChunks(operationId),
    operationChunk: keys.operationChunk(operationId, 7),
  };
}

/** Every family of keys, of the table and of its indexes. */
const FAMILIES: readonly string[] =
  "A ASSIGNMENT AUD BACKTEST BOARD CDAYS CLOSED COL CONFIG COUNT CUST CUSTOMERS DAYS DEAL DRAFTS DUE END ENDED EVENT EVENTS FB FIGURES FINDINGS GIVENUP HELD I IDEM IDEMPOTENCY IGNORE INBOUND KEYS LEAD LINK MCOL MEASURES N O OPERATION OPERATIONS OUT OUTLOG P PER PLANS PROJ QUEUE RATE REASONS REP S SENT SENTDUE SENTLOG SEQ U UNASSIGNED V WEBHOOKS WHO WHY X".split(
    " ",
  );

const partitionOf = (key: string | Key): string => (typeof key === "string" ? key : key.pk);

describe("every key", () => {
  it("begins with its tenant, whatever the ids", () => {
    fc.assert(
      fc.property(ids, ids, (tenant, id) => {
        const strangers = Object.values(everyKey(tenant, id)).filter(
          (key) => !partitionOf(key).startsWith(`T#${tenant}#`),
        );
        expect(strangers).toEqual([]);
      }),
    );
  });

  it("is never shared by two tenants", () => {
    fc.assert(
      fc.property(fc.uniqueArray(ids, { minLength: 2, maxLength: 2 }), ids, (tenants, id) => {
        const [one, other] = tenants.map((tenant) => new Set(Object.values(everyKey(tenant, id)).map(partitionOf)));
        expect([...(one ?? [])].filter((pk) => other?.has(pk))).toEqual([]);
      }),
    );
  });

  it("is unique: families do not overlap", () => {
    const keys = Object.values(everyKey("acme", "x")).filter((key) => typeof key !== "string");
    expect(new Set(keys.map(({ pk, sk }) => `${pk} ${sk}`)).size).toBe(keys.length);
  });

  it("belongs to a family, and each family is listed here", () => {
    const families = Object.values(everyKey("acme", "x")).map((key) => partitionOf(key).split("#")[2]);
    expect([...new Set(families)].toSorted()).toEqual(FAMILIES);
  });

  it("of the platform belongs to no tenant: no tenant id has a dollar sign", () => {
    expect(tenantsDue()).toBe("T#$#DUE");
    expect(tenantIdSchema.safeParse("$").success).toBe(false);
  });
});

describe("the sort key of a snapshot part", () => {
  it("names its customer and its part", () => {
    const keys = keysOf(tenantIdSchema.parse("acme"));
    const customerId = customer("a-b.C_1");
    const ofCustomer = { type: "customer", id: customerId } as const;
    const ofItem = { type: "item", id: itemIdSchema.parse("12/40 B"), customerId } as const;
    const parts = [
      [{ part: "profile" }, "P", ""],
      [{ part: "year", letter: "D", year: 2026 }, "D", "2026"],
      [{ part: "year", letter: "H", year: 2026 }, "H", "2026"],
      [{ part: "year", letter: "H", year: 2026, piece: "3-x#0001" }, "H", "2026#3-x#0001"],
      [{ part: "dismissal", kind: "churn-risk", subject: ofCustomer }, "A", "churn-risk"],
      [{ part: "finding", kind: "churn-risk", subject: ofCustomer }, "F", "churn-risk"],
      [{ part: "finding", kind: "lost-items", subject: ofItem }, "F", "lost-items#12/40 B"],
      [{ part: "finding", kind: "some-kind", subject: { type: "deal", id: "a#1" } }, "F", "some-kind#~deal#a~00231"],
    ] as const;
    for (const [part, letter, rest] of parts)
      expect(parseSnapshotSort(keys.snapshotPart(customer("a-b.C_1"), part).sk)).toEqual({
        customerId: "a-b.C_1",
        letter,
        rest,
      });
  });

  it("keeps a customer's parts together, and customers in the order of their ids", () => {
    fc.assert(
      fc.property(fc.uniqueArray(ids, { maxLength: 20 }), (customerIds) => {
        const keys = keysOf(tenantIdSchema.parse("acme"));
        const sorts = customerIds
          .flatMap((id) =>
            [{ part: "profile" } as const, { part: "year", letter: "H", year: 2026 } as const].map(
              (part) => keys.snapshotPart(customer(id), part).sk,
            ),
          )
          .toSorted();
        expect(sorts.map((sk) => parseSnapshotSort(sk).customerId)).toEqual(
          customerIds.toSorted().flatMap((id) => [id, id]),
        );
      }),
    );
  });
});

describe("IM02: keys of ids with any printable characters", () => {
  const anyId = fc
    .array(fc.constantFrom("a", "#", "~", "h", "$", "*", "|", ":", "/", " ", "P", "ж"), { minLength: 1, maxLength: 6 })
    .map((signs) => signs.join("").trim())
    .filter((id) => id !== "");
  const keys = keysOf(tenantIdSchema.parse("acme"));
  const on = day("2026-11-22");

  /** Keys that hold two ids, as one text each. */
  function keysOfTwo(one: string, other: string): readonly string[] {
    const [customerId, itemId, userId] = [customer(one), itemIdSchema.parse(one), userIdSchema.parse(one)];
    const planId = planIdSchema.parse("pln_1");
    return [
      keys.link(itemId, itemIdSchema.parse(other)),
      keys.order(customerId, on, orderIdSchema.parse(other)),
      keys.invoice(customerId, on, invoiceIdSchema.parse(other)),
      keys.payment(customerId, on, invoiceIdSchema.parse(other), "P#1"),
      keys.document("sale", customerId, on, other),
      keys.person(customerId, personIdSchema.parse(other)),
      keys.snapshotPart(customerId, { part: "finding", kind: "k", subject: { type: "customer", id: customerId } }),
      keys.snapshotPart(customerId, {
        part: "finding",
        kind: "k",
        subject: { type: "item", id: itemIdSchema.parse(other), customerId },
      }),
      keys.snapshotPart(customerId, { part: "finding", kind: "k", subject: { type: "deal", id: other, customerId } }),
      keys.dealCount(planId, userId),
      keys.dealDay(planId, keyOfManager(userId), on),
      keys.closingDay(planId, on, userId),
      keys.dealCount(planId, undefined),
      keys.user(userId),
    ].map(({ pk, sk }) => `${pk} ${sk}`);
  }

  it("are equal for equal ids only", () => {
    fc.assert(
      fc.property(anyId, anyId, anyId, anyId, (a, b, c, d) => {
        const [one, other] = [keysOfTwo(a, b), keysOfTwo(c, d)];
        expect(new Set(one).size).toBe(one.length);
        const shared = one.filter((key, i) => other[i] === key);
        const ofNobody = keys.dealCount(planIdSchema.parse("pln_1"), undefined);
        const mayShare = a === c ? one.length : 1;
        expect(shared.length).toBeLessThanOrEqual(mayShare);
        expect(shared).toContain(`${ofNobody.pk} ${ofNobody.sk}`);
        expect(shared.filter((key) => one.indexOf(key) < 6)).toEqual(a === c && b === d ? one.slice(0, 6) : []);
      }),
    );
  });

  it("keep a customer's parts apart from those of others whose ids begin like theirs", () => {
    fc.assert(
      fc.property(anyId, anyId, (a, b) => {
        const { prefix } = keys.snapshot(customer(a));
        const { sk } = keys.snapshotPart(customer(b), { part: "profile" });
        expect(sk.startsWith(prefix)).toBe(a === b);
        expect(parseSnapshotSort(sk)).toEqual({ customerId: b, letter: "P", rest: "" });
        expect(managerOfKey(keyOfManager(userIdSchema.parse(b)))).toBe(b);
      }),
    );
  });

  it("fit DynamoDB's 1,024 bytes of a sort key, however long the ids", () => {
    for (const id of ["#".repeat(128), "咖".repeat(128), "👩".repeat(64)]) {
      const subject = { type: "item", id: itemIdSchema.parse(id), customerId: customer(id) } as const;
      const finding = findingId({ kind: "weekly-sales-rollup", subject });
      const made = [
        ...keysOfTwo(id, id),
        ...[
          keys.resolvedFinding(on, finding),
          keys.feedbackOn(finding, "2026-11-22"),
          keys.notification(`alert:${finding}:2026-11-22`),
          keys.notificationLogRow(`2026-11-23T07:30:00.000Z#alert:${finding}:2026-11-22`),
        ].map(({ pk, sk }) => `${pk} ${sk}`),
      ];
      for (const key of made) expect(Buffer.byteLength(key.split(" ").at(-1) ?? "")).toBeLessThanOrEqual(1_024);
    }
    expect(keyOfLongId("churn-risk:acme")).toBe("churn-risk:acme");
    const [one, other] = ["x".repeat(1_000), `${"x".repeat(999)}y`];
    expect(keyOfLongId(one)).not.toBe(keyOfLongId(other));
  });
});

describe("a customer's shard", () => {
  it("never changes", () => {
    const shards = ["acme", "ACME", "10001", "10002", "cafe-cremant", "a", "x".repeat(64)].map((id) =>
      shardOf(customer(id)),
    );
    expect(shards).toEqual([15, 15, 15, 2, 1, 12, 5]);
  });

  it("is one of sixteen, with customers spread evenly", () => {
    const counts = Array.from({ length: SHARDS }, () => 0);
    for (let i = 0; i < 16_000; i += 1) {
      const shard = shardOf(customer(String(10_000 + i)));
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
    expect(SHARDS).toBe(16);
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1_200);
  });

  it("is where its snapshot is stored", () => {
    const keys = keysOf(tenantIdSchema.parse("acme"));
    const customerId = customer("10001");
    expect(keys.snapshot(customerId)).toEqual({ pk: keys.shard(shardOf(customerId)), prefix: "C#10001#" });
    expect(keys.shard(3)).toBe("T#acme#S#03");
  });
});
