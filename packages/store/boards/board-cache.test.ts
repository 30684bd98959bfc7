import type { BoardRow } from "@regulars/core/boards/board-row";
import { dealIdSchema, leadPersonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { currencySchema, minor, toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import type { BoardPage } from "./board-block.ts";
import { KeptShards } from "./board-cache.ts";

const row = (id: string): BoardRow => ({
  dealId: dealIdSchema.parse(id),
  personId: leadPersonIdSchema.parse("per_1"),
  title: id,
  amountMinor: minor(100),
  currency: currencySchema.parse("EUR"),
  statusId: statusIdSchema.parse("st_new"),
  createdAt: toInstant(0),
  changedAt: toInstant(0),
  text: id,
});

const pageOf = (version: number, ...ids: readonly string[]): BoardPage => ({
  version,
  rows: new Map(ids.map((id) => [dealIdSchema.parse(id), row(id)])),
});

const HEAD = { writes: 3, birth: "a" };

describe("a shard that a process has kept", () => {
  it("is found as long as nobody has written any of its pages", () => {
    const kept = new KeptShards(100);
    kept.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    expect(kept.find("s1", HEAD)?.pages.get("p1")?.rows.size).toBe(1);
    expect(kept.find("s1", { ...HEAD, writes: 4 })).toBeUndefined();
    expect(kept.find("s2", HEAD)).toBeUndefined();
  });

  it("is found after the process's own write, with it, and not after another's beside it", () => {
    const kept = new KeptShards(100);
    const shard = kept.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    kept.wrote(shard, "p1", pageOf(2, "d1", "d2"));
    expect(kept.find("s1", { ...HEAD, writes: 4 })?.pages.get("p1")).toMatchObject({ version: 2 });
    kept.wrote(shard, "p2", pageOf(1, "d3"));
    // The head in the table has two more: one of them was somebody else's.
    expect(kept.find("s1", { ...HEAD, writes: 6 })).toBeUndefined();
  });

  it("is another one when the shard was taken away and began anew, however often it was written", () => {
    const kept = new KeptShards(100);
    kept.keep("s1", HEAD, new Map());
    expect(kept.find("s1", { ...HEAD, birth: "b" })).toBeUndefined();
  });

  it("takes no write of a shard that was read anew since", () => {
    const kept = new KeptShards(100);
    const before = kept.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    kept.keep("s1", { ...HEAD, writes: 5 }, new Map([["p1", pageOf(3, "d1", "d2", "d3")]]));
    kept.wrote(before, "p1", pageOf(2, "d1", "d2"));
    expect(kept.find("s1", { ...HEAD, writes: 5 })?.pages.get("p1")?.rows.size).toBe(3);
  });

  it("makes room for what is asked for: the one not asked for the longest goes", () => {
    const kept = new KeptShards(4);
    kept.keep("s1", HEAD, new Map([["p", pageOf(1, "d1", "d2")]]));
    kept.keep("s2", HEAD, new Map([["p", pageOf(1, "d3", "d4")]]));
    kept.find("s1", HEAD);
    kept.keep("s3", HEAD, new Map([["p", pageOf(1, "d5")]]));
    expect(["s1", "s2", "s3"].map((pk) => kept.find(pk, HEAD) !== undefined)).toEqual([true, false, true]);
  });

  it("makes room for what it wrote itself", () => {
    const kept = new KeptShards(4);
    const first = kept.keep("s1", HEAD, new Map([["p", pageOf(1, "d1")]]));
    kept.keep("s2", HEAD, new Map([["p", pageOf(1, "d2")]]));
    kept.wrote(first, "p", pageOf(2, "d1", "d3", "d4", "d5"));
    expect(kept.find("s1", { ...HEAD, writes: 4 })?.pages.get("p")?.rows.size).toBe(4);
    expect(kept.find("s2", HEAD)).toBeUndefined();
  });
});
