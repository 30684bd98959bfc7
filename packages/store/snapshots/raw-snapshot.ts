import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Dismissal } from "@regulars/core/insights/dismissal";
import type { Customer } from "@regulars/core/customers/customer";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import type { CustomerId } from "@regulars/core/platform/values";
import { parseDismissal, parseFinding } from "./stored-findings.ts";
import { customerSchema } from "../customers/people.ts";
import type { Mark, Projection } from "./rebuild.ts";
import { type WireItem, wireBytes } from "../engine/wire.ts";

/** A packed customer-year and the revision it has in the table. */
export interface Chunk {
  readonly bytes: Uint8Array;
  readonly revision: number;
}

/** A customer's block as it lies in the table. */
export interface RawBlock {
  readonly customerId: CustomerId;
  customer: Customer | undefined;
  readonly findings: StoredFinding[];
  readonly dismissals: Dismissal[];
  readonly chunks: Record<Projection, Map<number, Chunk>>;
  readonly marks: Record<Projection, Map<number, Mark>>;
}

/** A block before any of its parts is read. */
export const emptyBlock = (customerId: CustomerId): RawBlock => ({
  customerId,
  customer: undefined,
  findings: [],
  dismissals: [],
  chunks: { history: new Map(), receivables: new Map() },
  marks: { history: new Map(), receivables: new Map() },
});

/** Adds an item of the block's partition to it. */
export function notePart(block: RawBlock, letter: string, rest: string, item: WireItem): void {
  switch (letter) {
    case "P":
      block.customer = customerSchema.parse(unmarshall(item));
      return;
    case "A":
      block.dismissals.push(parseDismissal(unmarshall(item)));
      return;
    case "F":
      block.findings.push(parseFinding(unmarshall(item)));
      return;
    case "D":
      block.marks.history.set(Number(rest), markOf(item));
      return;
    case "Q":
      block.marks.receivables.set(Number(rest), markOf(item));
      return;
    case "H":
      block.chunks.history.set(Number(rest), chunkOf(item));
      return;
    case "R":
      block.chunks.receivables.set(Number(rest), chunkOf(item));
      return;
    default:
      throw new Error(`customer ${block.customerId} has an unknown part "${letter}" in its block`);
  }
}

const markOf = (item: WireItem): Mark => ({ count: Number(item["n"]?.N), birth: item["b"]?.S ?? "" });

const chunkOf = (item: WireItem): Chunk => ({
  bytes: wireBytes(item["v"]),
  revision: Number(item["r"]?.N ?? 0),
});
