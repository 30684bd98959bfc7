import { type CodeRedRow, rowOf } from "@regulars/core/code-red/list";
import type { ItemRow } from "@regulars/core/code-red/items";
import type { LinkRow } from "@regulars/core/code-red/links";
import { compareCustomer } from "@regulars/core/code-red/row";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import type { Customer } from "@regulars/core/customers/customer";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { CustomerId, Day, ItemId } from "@regulars/core/platform/values";
import { comparedTenant } from "./call-list.ts";
import { lastRecordsOf, readOn } from "./compare-customers.ts";
import { type CodeRedInput, dayOf } from "./list-code-red.ts";

interface ReadInput extends CodeRedInput {
  readonly customerId: CustomerId;
}

/** A customer's row with every item and link, and the names of the items. */
export interface CodeRedCustomer {
  readonly asOf: Day;
  readonly customer: Customer;
  readonly row: CodeRedRow<ItemRow, LinkRow>;
  readonly itemNames: ReadonlyMap<ItemId, string>;
}

/** The details behind a customer's lights (docs/reference/code-red.md 5, 6); a customer out of sight is unknown. */
export async function readCodeRedCustomer(input: ReadInput): Promise<Result<CodeRedCustomer>> {
  const { tenant, store, codeRed, customerId } = input;
  const day = await dayOf(input);
  if (!day.ok) return day;
  const asOf = day.value;
  const unknown = refuse("unknown-customer", `there is no customer ${customerId}`);
  const snapshot = await store.snapshotOf(customerId, readOn(asOf));
  if (snapshot === undefined || !input.scope.canSee(snapshot.customer)) return unknown;
  const settings = codeRedSettingsOf(tenant, input.settings);
  const { plan, book } = await comparedTenant({ tenant, store, asOf, settings });
  const compared = compareCustomer(snapshot.history, plan, snapshot.history.links ?? []);
  if (compared === undefined)
    return refuse("nothing-bought", `customer ${customerId} has bought nothing up to ${asOf}`);
  const row = rowOf(
    { customerId, compared, stamps: await codeRed.ignoresOf(customerId), lastRecords: lastRecordsOf(snapshot) },
    plan,
    asOf,
    book,
    input.view,
  );
  const named = [
    ...row.items.map(({ itemId }) => itemId),
    ...row.links.flatMap(({ itemId, linkedItemId }) => [itemId, linkedItemId]),
  ];
  const itemNames = await store.itemNames([...new Set(named)]);
  return ok({ asOf, customer: snapshot.customer, row, itemNames });
}
