import * as z from "zod";
import { dealIdSchema } from "../platform/ids.ts";
import type { Immutable } from "../platform/immutable.ts";
import { dealSchema } from "./deal.ts";

/** A key that makes a delivery one, within what it may reach. */
export interface IdempotencyRecordKey {
  /** The sender: a key's id, a user's. */
  readonly scope: string;
  readonly key: string;
}

/** What became of a request with an idempotency key: answered again to whoever sends it again. */
export const idempotencyRecordSchema = z.object({
  /** Of what was asked; the same key with another one is refused. */
  fingerprint: z.string(),
  dealId: dealIdSchema,
  isDuplicate: z.boolean(),
  requestId: z.string(),
  /** Epoch seconds. */
  expiresAt: z.number(),
  /** The deal as it was answered, where its log does not say it: a change of it, or a lead that found it there. */
  answer: dealSchema.pick({ statusId: true, version: true, assignment: true }).optional(),
});
export type IdempotencyRecord = Immutable<z.output<typeof idempotencyRecordSchema>>;

export interface NewIdempotencyRecord extends IdempotencyRecord {
  readonly key: IdempotencyRecordKey;
}
