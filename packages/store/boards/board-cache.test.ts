import type { BoardRow } from "@regulars/core/boards/board-row";
import { dealIdSchema, contactIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { currencySchema, minor, toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import type { BoardBlock } from "./board-block.ts";
import { BoardCache } from "./board-cache.ts";

const row = (id: string): BoardRow => ({
  dealId: dealIdSchema.parse(id),
  personId: contactIdSchema.parse("per_1"),
  title: id,
  amountMinor: minor(100),
  currency: currencySchema.parse("EUR"),
  statusId: statusIdSchema.parse("st_new"),
  createdAt: toInstant(0),
  changedAt: toInstant(0),
  text: id,
});

const pageOf = (version: number, ...ids: readonly string[]): BoardBlock => ({
  version,
  rows: new Map(ids.map((id) => [dealIdSchema.parse(id), row(id)])),
});

const HEAD = { writes: 3, generation: "a" };

describe("a shard that a process has kept", () => {
  it("is found as long as nobody has written any of its pages", () => {
    const cached = new BoardCache(100);
    cached.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    expect(cached.find("s1", HEAD)?.blocks.get("p1")?.rows.size).toBe(1);
    expect(cached.find("s1", { ...HEAD, writes: 4 })).toBeUndefined();
    expect(cached.find("s2", HEAD)).toBeUndefined();
  });

  it("is found after the process's own write, with it, and not after another's beside it", () => {
    const cached = new BoardCache(100);
    const shard = cached.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    cached.wrote(shard, "p1", pageOf(2, "d1", "d2"));
    expect(cached.find("s1", { ...HEAD, writes: 4 })?.blocks.get("p1")).toMatchObject({ version: 2 });
    cached.wrote(shard, "p2", pageOf(1, "d3"));
    // The head in the table has two more: one of them was somebody else's.
    expect(cached.find("s1", { ...HEAD, writes: 6 })).toBeUndefined();
  });

  it("is another one when the shard was taken away and began anew, however often it was written", () => {
    const cached = new BoardCache(100);
    cached.keep("s1", HEAD, new Map());
    expect(cached.find("s1", { ...HEAD, generation: "b" })).toBeUndefined();
  });

  it("takes no write of a shard that was read anew since", () => {
    const cached = new BoardCache(100);
    const before = cached.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    cached.keep("s1", { ...HEAD, writes: 5 }, new Map([["p1", pageOf(3, "d1", "d2", "d3")]]));
    cached.wrote(before, "p1", pageOf(2, "d1", "d2"));
    expect(cached.find("s1", { ...HEAD, writes: 5 })?.blocks.get("p1")?.rows.size).toBe(3);
  });

  it("makes room for what is asked for: the one not asked for the longest goes", () => {
    const cached = new BoardCache(4);
    cached.keep("s1", HEAD, new Map([["p", pageOf(1, "d1", "d2")]]));
    cached.keep("s2", HEAD, new Map([["p", pageOf(1, "d3", "d4")]]));
    cached.find("s1", HEAD);
    cached.keep("s3", HEAD, new Map([["p", pageOf(1, "d5")]]));
    expect(["s1", "s2", "s3"].map((pk) => cached.find(pk, HEAD) !== undefined)).toEqual([true, false, true]);
  });

  it("makes room for what it wrote itself", () => {
    const cached = new BoardCache(4);
    const first = cached.keep("s1", HEAD, new Map([["p", pageOf(1, "d1")]]));
    cached.keep("s2", HEAD, new Map([["p", pageOf(1, "d2")]]));
    cached.wrote(first, "p", pageOf(2, "d1", "d3", "d4", "d5"));
    expect(cached.find("s1", { ...HEAD, writes: 4 })?.blocks.get("p")?.rows.size).toBe(4);
    expect(cached.find("s2", HEAD)).toBeUndefined();
  });
});
