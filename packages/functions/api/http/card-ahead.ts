import { lastCompletedDay } from "@regulars/core/platform/period";
import { type Instant, type TenantId, customerIdSchema } from "@regulars/core/platform/values";
import type { Key } from "@regulars/store/engine/key";
import { keysOf } from "@regulars/store/keys";
import { cardKeys } from "@regulars/store/nightly/nightly-store";

const CARD = /^\/v1\/customers\/([\w.:-]+)$/;

/**
 * What the card of a customer asks for first, if the address is one: it is read with who asks, whose rights are decided
 * before any of it is used. The tenant's zone is not known yet; where it has another month, that is read afterwards.
 */
export function cardAhead(tenantId: TenantId, path: string, now: Instant): readonly Key[] {
  const customerId = customerIdSchema.safeParse(CARD.exec(path)?.[1]);
  return customerId.success ? cardKeys(keysOf(tenantId), lastCompletedDay(now, "UTC"), customerId.data) : [];
}
