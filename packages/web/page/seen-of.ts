import type { Customer } from "@regulars/core/customers/customer";
import type { CustomerId } from "@regulars/core/platform/values";
import type { OpenTenant } from "./open-tenant.ts";

/** Most names that are looked at for those that the viewer may see. */
const MOST_LOOKED_AT = 400;
const LOOKED_AT_ONCE = 50;

/**
 * The first `most` of what was found by name that the viewer may see, with its customer. `onLeft` is called when there
 * may be more that nobody has looked at, because too many are not theirs.
 */
export async function seenOf<T>(
  { store, scope }: OpenTenant,
  found: AsyncGenerator<T>,
  customerOf: (one: T) => CustomerId,
  most: number,
  onLeft?: () => void,
): Promise<readonly { readonly one: T; readonly customer: Customer }[]> {
  const seen: { readonly one: T; readonly customer: Customer }[] = [];
  const { canSee } = await scope();
  const look = async (group: readonly T[]): Promise<void> => {
    const profiles = await store.profiles(group.map(customerOf));
    for (const one of group) {
      const customer = profiles.get(customerOf(one));
      if (customer !== undefined && canSee(customer)) seen.push({ one, customer });
    }
  };
  let group: T[] = [];
  let lookedAt = 0;
  for await (const one of found) {
    group.push(one);
    lookedAt += 1;
    if (lookedAt === MOST_LOOKED_AT) {
      onLeft?.();
      break;
    }
    if (group.length < LOOKED_AT_ONCE) continue;
    await look(group);
    group = [];
    if (seen.length >= most) break;
  }
  await look(group);
  return seen.slice(0, most);
}
