import type { Customer } from "@regulars/core/customers/customer";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { CustomerId } from "@regulars/core/platform/values";

/** Where customers are read one after the other, by id. */
export interface CustomerLister {
  readonly customersAfter: (after: CustomerId | undefined, limit: number) => Promise<readonly Customer[]>;
}

interface ListCustomersInput {
  readonly store: CustomerLister;
  readonly scope: Pick<Scope, "canSee">;
  readonly after: CustomerId | undefined;
  readonly limit: number;
  /** A part of the name or the id, in any case. */
  readonly search?: string | undefined;
  readonly repId?: string | undefined;
}

/** A page of customers; `next` is the id to go on after. */
export interface CustomerPage {
  readonly customers: readonly Customer[];
  readonly next?: CustomerId | undefined;
}

const READ_TOGETHER = 250;
/** No request reads more profiles than this: a page may hold fewer than asked for, and goes on where it stopped. */
const MOST_READ = 2_000;

/** The customers that somebody sees, by id. */
export async function listCustomers(input: ListCustomersInput): Promise<CustomerPage> {
  const found: Customer[] = [];
  let { after } = input;
  for (let read = 0; read < MOST_READ;) {
    const batch = await input.store.customersAfter(after, READ_TOGETHER);
    for (const customer of batch) {
      if (found.length === input.limit) return { customers: found, next: after };
      after = customer.customerId;
      if (isWanted(customer, input)) found.push(customer);
    }
    read += batch.length;
    if (batch.length < READ_TOGETHER) return { customers: found };
  }
  return { customers: found, next: after };
}

function isWanted(customer: Customer, { scope, search, repId }: ListCustomersInput): boolean {
  if (!scope.canSee(customer) || (repId !== undefined && customer.repId !== repId)) return false;
  if (search === undefined) return true;
  const wanted = search.toLowerCase();
  return [customer.name, customer.customerId].some((text) => text?.toLowerCase().includes(wanted) === true);
}
