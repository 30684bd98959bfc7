import * as z from "zod";
import { dealIdSchema } from "../platform/ids.ts";
import type { Immutable } from "../platform/immutable.ts";
import { dealSchema } from "./deal.ts";

/** An idempotency key and the scope in which it is unique. */
export interface IdempotencyRecordKey {
  /** The sender: the id of an API key or a user. */
  readonly scope: string;
  readonly key: string;
}

/** The result of a request with an idempotency key, which is returned when the request is sent again. */
export const idempotencyRecordSchema = z.object({
  /** Hash of the request; the same key with another fingerprint is refused. */
  fingerprint: z.string(),
  dealId: dealIdSchema,
  isDuplicate: z.boolean(),
  requestId: z.string(),
  /** Epoch seconds. */
  expiresAt: z.number(),
  /** The deal as it was answered, where its action log does not say it: a change, or a lead that found an open deal. */
  answer: dealSchema.pick({ statusId: true, version: true, assignment: true }).optional(),
});
export type IdempotencyRecord = Immutable<z.output<typeof idempotencyRecordSchema>>;

export interface NewIdempotencyRecord extends IdempotencyRecord {
  readonly key: IdempotencyRecordKey;
}
