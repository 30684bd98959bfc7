import type { Customer } from "@regulars/core/customers/customer";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { CustomerId } from "@regulars/core/platform/values";

/** Reads customers in the order of their ids. */
interface CustomerLister {
  readonly customersAfter: (after: CustomerId | undefined, limit: number) => Promise<readonly Customer[]>;
}

interface ListCustomersInput {
  readonly store: CustomerLister;
  readonly scope: Pick<Scope, "canSee">;
  readonly after: CustomerId | undefined;
  readonly limit: number;
  /** Part of the name or id, case-insensitive. */
  readonly search?: string | undefined;
  readonly repId?: string | undefined;
}

/** A page of customers; the next one begins after the id `next`. */
interface CustomerPage {
  readonly customers: readonly Customer[];
  readonly next?: CustomerId | undefined;
}

const READ_TOGETHER = 250;
/** Most profiles read by one request: a page may have fewer customers than its limit and still not be the last. */
const MOST_READ = 2_000;

/** The customers visible to somebody, by id. */
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
