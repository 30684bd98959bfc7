import { customerIdSchema } from "@regulars/core/platform/values";
import type { NightStore } from "@regulars/core/nightly/nightly-store";
import { beforeEach, describe, expect, it } from "vitest";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { aTenantStore } from "../../../test/fixtures/tenant.ts";

const BROKEN = customerIdSchema.parse("broken");
const CORRUPT =
  'history of customer broken in 2026: the chunk is cut off. "regulars doctor --rebuild" makes it anew from the orders';

describe("a night with a customer whose data cannot be read", () => {
  let story: InsightTenant;
  const partOf = (letter: string) => story.bench.keys.blockPart(BROKEN, { part: "year", letter, year: 2026 });
  const findingKey = () =>
    story.bench.keys.blockPart(BROKEN, {
      part: "finding",
      kind: "churn-risk",
      subject: { type: "customer", id: BROKEN },
    });
  const storedFinding = () => story.bench.item(findingKey());
  const revisionOfChunk = async () => (await story.bench.item(partOf("H")))?.["r"];
  const breakChunk = async () =>
    story.bench.operations.put({ ...partOf("H"), v: Uint8Array.of(1, 2), r: await revisionOfChunk() });
  beforeEach(async () => {
    story = anInsightTenant({}, aTenantStore());
    await story.customers({ broken: "u-1", silent: "u-1", other: "u-2" });
    for (const customerId of ["broken", "silent", "other"]) await story.orders(customerId, RHYTHM);
    await story.night("2026-09-14");
  });

  it("finishes for all others, and its summary and its record name the customer with the reason", async () => {
    await breakChunk();
    const before = await storedFinding();
    const setAside = { count: 1, first: [{ customerId: BROKEN, reason: CORRUPT }] };
    expect(await story.night("2026-09-15")).toMatchObject({ customers: 2, findings: { lasting: 2 }, setAside });
    expect(await story.bench.store.night.lastNight()).toMatchObject({ asOf: "2026-09-15", customers: 2, setAside });
    expect(await storedFinding()).toEqual(before);
  });

  it("writes nothing the second time", async () => {
    await breakChunk();
    await story.night("2026-09-15");
    expect(await story.bench.writesOf(() => story.night("2026-09-15"))).toBe(0);
  });

  it("is forgotten by the next night that can read the customer", async () => {
    await breakChunk();
    await story.night("2026-09-15");
    for (const shard of story.bench.store.shards) await story.bench.store.verify(shard);
    expect(await story.night("2026-09-15")).toMatchObject({ customers: 3, findings: { lasting: 3 } });
    expect(await story.bench.store.night.lastNight()).not.toHaveProperty("setAside");
  });

  it("sets a customer aside whose stored finding is impossible", async () => {
    const stored = await storedFinding();
    const impossible = { ...stored, ...findingKey(), level: "enormous" };
    await story.bench.operations.put(impossible);
    const { customers, setAside } = await story.night("2026-09-15");
    expect([customers, setAside?.count, setAside?.first[0]?.customerId]).toEqual([2, 1, BROKEN]);
    expect(setAside?.first[0]?.reason).toContain("a stored part cannot be read: ✖ Invalid option");
    expect(await storedFinding()).toEqual(impossible);
  });

  it("sets a customer aside at whom a kind fails", async () => {
    const { night } = story.bench.store;
    const store: NightStore = {
      ...night,
      blocks: async function* (...given) {
        for await (const block of night.blocks(...given)) {
          const orderDays = block.customer.customerId === BROKEN ? failing() : block.history.orderDays;
          yield { ...block, history: { ...block.history, orderDays } };
        }
      },
    };
    const before = await storedFinding();
    expect(await story.night("2026-09-15", { store })).toMatchObject({
      customers: 2,
      findings: { fresh: 0, lasting: 2, resolved: 0 },
      setAside: { count: 1, first: [{ customerId: BROKEN, reason: "TypeError: no order days" }] },
    });
    expect(await storedFinding()).toEqual(before);
  });

  it("stops at an outage, to be run again", async () => {
    const { night } = story.bench.store;
    const store: NightStore = {
      ...night,
      saveFindings: () => Promise.reject(new Error("the table is away")),
    };
    await expect(story.night("2026-10-14", { store })).rejects.toThrow("the table is away");
  });
});

/** Order days that cannot be looked at. */
const failing = (): Int32Array =>
  new Proxy(new Int32Array(1), {
    get: () => {
      throw new TypeError("no order days");
    },
  });
