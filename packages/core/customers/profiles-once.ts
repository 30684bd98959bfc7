import type { CustomerId } from "../platform/values.ts";
import type { Customer } from "./customer.ts";

type Profiles = (customerIds: readonly CustomerId[]) => Promise<ReadonlyMap<CustomerId, Customer>>;

/** Asks for no profile that is known, and for none twice. */
export function profilesOnce(read: Profiles, given: ReadonlyMap<CustomerId, Customer> = new Map()): Profiles {
  const known = new Map<CustomerId, Customer | undefined>(given);
  return async (customerIds) => {
    const asked = customerIds.filter((customerId) => !known.has(customerId));
    const found = asked.length === 0 ? undefined : await read(asked);
    for (const customerId of asked) known.set(customerId, found?.get(customerId));
    return new Map(
      customerIds.flatMap((customerId): [CustomerId, Customer][] => {
        const customer = known.get(customerId);
        return customer === undefined ? [] : [[customerId, customer]];
      }),
    );
  };
}
