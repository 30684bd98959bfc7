import type { Customer } from "@regulars/core/customers/customer";
import type { SelectionContext } from "./selection-context.ts";
import { type Members, type SelectionResult, readMembers } from "./selections.ts";

/** Who is in a selection, of the customers that the reader sees. */
export async function readVisibleMembers(
  context: SelectionContext,
  selectionId: string,
  canSee: (customer: Customer) => boolean,
): Promise<SelectionResult<Members>> {
  const read = await readMembers(context, selectionId);
  if (!read.ok) return read;
  const { owners } = read.value;
  const profiles = await context.nightly.profiles([...new Set(owners.map(({ customerId }) => customerId))]);
  const seen = owners.filter(({ customerId }) => canSee(profiles.get(customerId) ?? { customerId }));
  return { ok: true, value: { ...read.value, owners: seen } };
}
