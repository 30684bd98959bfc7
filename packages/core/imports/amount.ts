import { type Decimal, isCountable, minorDigits, toMinor } from "../platform/money.ts";
import { ok } from "../platform/result.ts";
import type { Tenant } from "../tenants/tenant.ts";
import type { Currency, Minor } from "../platform/values.ts";
import { type Checked, refuseColumn } from "./checked.ts";

/** An amount with its currency, or nothing: one without the other says nothing. */
export type ToldAmount = { readonly amountMinor: Minor; readonly currency: Currency } | Record<never, never>;

/** A row's amount in its currency, else in the tenant's. */
export function assembleAmount(
  { amount, currency = undefined }: { readonly amount?: Decimal | undefined; readonly currency?: Currency | undefined },
  tenant: Pick<Tenant, "currency">,
): Checked<ToldAmount> {
  if (amount === undefined) return ok({});
  const told = currency ?? tenant.currency;
  if (!isCountable(amount, minorDigits(told))) return refuseColumn("amount", "too-large", "amount is too large");
  return ok({ amountMinor: toMinor(amount, minorDigits(told)), currency: told });
}
