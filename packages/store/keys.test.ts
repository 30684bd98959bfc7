import { findingId } from "@regulars/core/insights/finding";
import { planIdSchema } from "@regulars/core/platform/ids";
import {
  type CustomerId,
  customerIdSchema,
  day,
  invoiceIdSchema,
  itemIdSchema,
  orderIdSchema,
  personIdSchema,
  tenantIdSchema,
  userIdSchema,
} from "@regulars/core/platform/values";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyKey } from "../../test/fixtures/every-key.ts";
import { type Key, SHARDS, keyOfLongId, keyOfManager, managerOfKey, shardOf } from "./engine/key.ts";
import { keysOf } from "./keys.ts";
import { parseSnapshotSort } from "./snapshots/keys.ts";
import { tenantsDue } from "./tenants/keys.ts";

const ID = /^[A-Za-z0-9._-]{1,64}$/;
const ids = fc.stringMatching(ID);
const customer = (text: string): CustomerId => customerIdSchema.parse(text);

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

  it("is made once for a tenant, and the same after those of many others", () => {
    const first = keysOf(tenantIdSchema.parse("t-first"));
    expect(keysOf(tenantIdSchema.parse("t-first"))).toBe(first);
    for (let i = 0; i < 250; i += 1) expect(keysOf(tenantIdSchema.parse(`t-${i}`)).tenant().pk).toContain(`T#t-${i}#`);
    expect(keysOf(tenantIdSchema.parse("t-first")).tenant()).toEqual(first.tenant());
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

  it("belongs to a family, named in capital letters after its tenant", () => {
    for (const [name, key] of Object.entries(everyKey("acme", "x")))
      expect([name, partitionOf(key)]).toEqual([name, expect.stringMatching(/^T#acme#[A-Z]+(?:#|$)/)]);
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
