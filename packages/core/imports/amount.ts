import { type Decimal, exactMinor, isCountable, minorDigits } from "../platform/money.ts";
import { ok } from "../platform/result.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { Currency, Minor } from "../platform/values.ts";
import { type Validated, refuseColumn } from "./checked.ts";

/** An amount with its currency, or neither. */
type GivenAmount = { readonly amountMinor: Minor; readonly currency: Currency } | Record<never, never>;

/** A row's amount in its currency, else in the tenant's. */
export function assembleAmount(
  { amount, currency = undefined }: { readonly amount?: Decimal | undefined; readonly currency?: Currency | undefined },
  tenant: Pick<Tenant, "currency">,
): Validated<GivenAmount> {
  if (amount === undefined) return ok({});
  const given = currency ?? tenant.currency;
  if (!isCountable(amount, minorDigits(given))) return refuseColumn("amount", "too-large", "amount is too large");
  const exact = exactMinor(amount, given);
  return exact.ok
    ? ok({ amountMinor: exact.value, currency: given })
    : refuseColumn("amount", exact.reason, exact.message);
}
