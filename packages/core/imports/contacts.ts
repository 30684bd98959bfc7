import type { ImportedContact } from "./imported-contact.ts";
import { ok } from "../platform/result.ts";
import type { Tenant } from "../tenants/tenant.ts";
import { assembleAmount } from "./amount.ts";
import type { Validated } from "./checked.ts";
import type { LeadRow } from "./rows.ts";

/** One imported contact from its row. */
export function assembleLead(row: LeadRow, tenant: Pick<Tenant, "currency">): Validated<ImportedContact> {
  const given = assembleAmount(row, tenant);
  if (!given.ok) return given;
  const { amount: _amount, currency: _currency, ...rest } = row;
  return ok({ ...rest, ...given.value });
}

/**
 * Stored fields that stay as they are when the input lacks these columns. An amount and its currency stay or change
 * together: an amount without a currency is in the tenant's, and a currency without an amount is meaningless.
 */
export const loggedOfLead = (absentColumns: readonly string[]): string[] =>
  absentColumns.flatMap((column) => {
    if (column === "amount") return ["amountMinor", "currency"];
    return column === "currency" ? [] : [column];
  });
