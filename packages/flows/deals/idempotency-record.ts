import type {
  IdempotencyRecordKey,
  NewIdempotencyRecord,
  IdempotencyRecord,
} from "@regulars/core/deals/idempotency-record";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";

/**
 * HubSpot's ten retries with doubling delays take 34 hours; records are kept longer than any sender retries
 * (docs/reference/sales-plans.md 7).
 */
const KEPT_SECONDS = 7 * 86_400;

const secondsOf = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

/** The idempotency record of a request, for the transaction of its change. */
export const idempotencyRecordOf = (
  key: IdempotencyRecordKey | undefined,
  given: Omit<IdempotencyRecord, "expiresAt">,
  now: Instant,
): NewIdempotencyRecord | undefined =>
  key === undefined ? undefined : { ...given, key, expiresAt: secondsOf(now) + KEPT_SECONDS };

/**
 * The valid idempotency record of a key; `undefined` for a new or expired key; a refusal if it belongs to another
 * request.
 */
export function checkIdempotencyRecord(
  idempotencyRecord: IdempotencyRecord | undefined,
  fingerprint: string,
  now: Instant,
): Result<IdempotencyRecord | undefined, "key-reused"> {
  if (idempotencyRecord === undefined || idempotencyRecord.expiresAt <= secondsOf(now)) return ok(undefined);
  if (idempotencyRecord.fingerprint !== fingerprint)
    return refuse("key-reused", "this idempotency key was used for another request: use a new one");
  return ok(idempotencyRecord);
}
