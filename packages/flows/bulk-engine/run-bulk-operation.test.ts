import {
  type BulkOperation,
  type BulkChunk,
  type Piece,
  advance,
  newOperation,
} from "@regulars/core/bulk-engine/bulk-operation";
import { operationIdSchema } from "@regulars/core/platform/ids";
import { toInstant } from "@regulars/core/platform/values";
import { describe, expect, it } from "vitest";
import { freezeMembers } from "./freeze-members.ts";
import { type BulkKind, runBulkOperation } from "./run-bulk-operation.ts";

type Doubling = BulkOperation & { readonly doubled: number };
type Doubled = { readonly state: "doubled"; readonly to: number };

const operationId = operationIdSchema.parse("op_1");
const now = toInstant(Date.parse("2026-11-23T08:00:00Z"));
const effects = { wait: () => Promise.resolve(), random: () => 0 };

/** A kind with numbers as members, kept in memory; `refuses` says which pieces fail because of a concurrent change. */
async function aDoubling(count: number, refuses: (members: readonly number[]) => boolean = () => false) {
  const chunks = new Map<number, BulkChunk<number, Doubled>>();
  const numbers = Array.from({ length: count }, (_, i) => i);
  const total = await freezeMembers(numbers, async (chunk) => void chunks.set(chunk.chunk, chunk));
  let operation: Doubling = {
    ...newOperation({ operationId, total, actorId: "user:a", requestId: "r" }, now),
    doubled: 0,
  };
  const sizes: number[] = [];
  const kind: BulkKind<Doubling, number, Doubled> = {
    pieceSize: 30,
    find: () => Promise.resolve(operation),
    chunk: (_, chunk) => Promise.resolve(chunks.get(chunk)),
    work: async (piece: Piece<Doubling, number, Doubled>) => {
      sizes.push(piece.members.length);
      if (refuses(piece.members)) return false;
      const results = piece.members.map((member): Doubled => ({ state: "doubled", to: 2 * member }));
      const after = advance(piece, results, { doubled: "doubled" }, now);
      chunks.set(after.chunk.chunk, after.chunk);
      operation = after.operation;
      return true;
    },
  };
  return { kind, chunks, sizes, operation: () => operation };
}

describe("a bulk operation", () => {
  it("processes each member once, in pieces that end with their page, and stores a result of each", async () => {
    const { kind, chunks, sizes, operation } = await aDoubling(130);
    expect(await runBulkOperation(kind, operationId, effects)).toMatchObject({ ok: true });
    expect(operation()).toMatchObject({ state: "done", total: 130, next: 130, doubled: 130, finishedAt: now });
    expect(sizes).toEqual([30, 30, 30, 10, 30]);
    expect(chunks.get(1)?.results.map(({ to }) => to)).toEqual(Array.from({ length: 30 }, (_, i) => 2 * (100 + i)));
  });

  it("continues where it stopped", async () => {
    const { kind, sizes, operation } = await aDoubling(90);
    await runBulkOperation(kind, operationId, effects, () => sizes.length >= 1);
    expect(operation()).toMatchObject({ state: "running", next: 30 });
    await runBulkOperation(kind, operationId, effects);
    expect(operation()).toMatchObject({ state: "done", next: 90, doubled: 90 });
  });

  it("is done at once when it has no members", async () => {
    const { operation } = await aDoubling(0);
    expect(operation()).toMatchObject({ state: "done", total: 0, finishedAt: now });
  });

  it("tries a member alone after a refusal, and gives up at one that is always refused", async () => {
    const { kind, sizes } = await aDoubling(40, (members) => members.includes(5));
    await expect(runBulkOperation(kind, operationId, effects)).rejects.toThrow(
      "bulk operation op_1 is stuck at member 6",
    );
    expect(sizes).toEqual([30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 30, 1, 1, 1, 1, 1, 1, 1, 1]);
  });
});
