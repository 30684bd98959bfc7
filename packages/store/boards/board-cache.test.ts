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

describe("a cached shard", () => {
  it("is found until another process writes one of its blocks", () => {
    const cached = new BoardCache(100);
    cached.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    expect(cached.find("s1", HEAD)?.blocks.get("p1")?.rows.size).toBe(1);
    expect(cached.find("s1", { ...HEAD, writes: 4 })).toBeUndefined();
    expect(cached.find("s2", HEAD)).toBeUndefined();
  });

  it("is found with the process's own write, and not after a concurrent write of another process", () => {
    const cached = new BoardCache(100);
    const shard = cached.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    cached.wrote(shard, "p1", pageOf(2, "d1", "d2"));
    expect(cached.find("s1", { ...HEAD, writes: 4 })?.blocks.get("p1")).toMatchObject({ version: 2 });
    cached.wrote(shard, "p2", pageOf(1, "d3"));
    // The version in the table is two higher: one write was another process's.
    expect(cached.find("s1", { ...HEAD, writes: 6 })).toBeUndefined();
  });

  it("is not found after the shard was deleted and made again, whatever its number of writes", () => {
    const cached = new BoardCache(100);
    cached.keep("s1", HEAD, new Map());
    expect(cached.find("s1", { ...HEAD, generation: "b" })).toBeUndefined();
  });

  it("ignores a write for a shard that was read again since", () => {
    const cached = new BoardCache(100);
    const before = cached.keep("s1", HEAD, new Map([["p1", pageOf(1, "d1")]]));
    cached.keep("s1", { ...HEAD, writes: 5 }, new Map([["p1", pageOf(3, "d1", "d2", "d3")]]));
    cached.wrote(before, "p1", pageOf(2, "d1", "d2"));
    expect(cached.find("s1", { ...HEAD, writes: 5 })?.blocks.get("p1")?.rows.size).toBe(3);
  });

  it("drops the least recently used shard to make room", () => {
    const cached = new BoardCache(4);
    cached.keep("s1", HEAD, new Map([["p", pageOf(1, "d1", "d2")]]));
    cached.keep("s2", HEAD, new Map([["p", pageOf(1, "d3", "d4")]]));
    cached.find("s1", HEAD);
    cached.keep("s3", HEAD, new Map([["p", pageOf(1, "d5")]]));
    expect(["s1", "s2", "s3"].map((pk) => cached.find(pk, HEAD) !== undefined)).toEqual([true, false, true]);
  });

  it("drops a shard to make room for its own writes", () => {
    const cached = new BoardCache(4);
    const first = cached.keep("s1", HEAD, new Map([["p", pageOf(1, "d1")]]));
    cached.keep("s2", HEAD, new Map([["p", pageOf(1, "d2")]]));
    cached.wrote(first, "p", pageOf(2, "d1", "d3", "d4", "d5"));
    expect(cached.find("s1", { ...HEAD, writes: 4 })?.blocks.get("p")?.rows.size).toBe(4);
    expect(cached.find("s2", HEAD)).toBeUndefined();
  });
});
