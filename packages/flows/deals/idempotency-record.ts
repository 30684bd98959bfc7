import type { DeliveryKey, NewDelivery, StoredDelivery } from "@regulars/core/deals/idempotency-record";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";

/** HubSpot's ten doubling retries reach 34 hours; a week is more than any sender's patience (sales-plans.md 7). */
const KEPT_SECONDS = 7 * 86_400;

const secondsOf = (at: Instant): number => Math.floor(Date.parse(at) / 1000);

/** A delivery's row, for the transaction of its work. */
export const deliveryOf = (
  key: DeliveryKey | undefined,
  told: Omit<StoredDelivery, "expiresAt">,
  now: Instant,
): NewDelivery | undefined =>
  key === undefined ? undefined : { ...told, key, expiresAt: secondsOf(now) + KEPT_SECONDS };

/** The delivery that a key stands for already; nothing for a new key or an expired one; a refusal for another request. */
export function checkDelivery(
  delivery: StoredDelivery | undefined,
  fingerprint: string,
  now: Instant,
): Result<StoredDelivery | undefined, "key-reused"> {
  if (delivery === undefined || delivery.expiresAt <= secondsOf(now)) return ok(undefined);
  if (delivery.fingerprint !== fingerprint)
    return refuse("key-reused", "this idempotency key was used for another request: take a new one");
  return ok(delivery);
}
