import type { User } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import { type CustomerGap, customerGaps, gapsOf } from "@regulars/core/customers/data-quality";
import type { CustomerId, UserId } from "@regulars/core/platform/values";

/** What is missing of how many customers, with the first of them by id. */
export interface DataQuality {
  readonly customers: number;
  /** There are more customers than were looked at. */
  readonly isPart: boolean;
  readonly gaps: readonly { readonly gap: CustomerGap; readonly count: number; readonly first: readonly Customer[] }[];
  /** Active users to whom no mail can be sent. */
  readonly usersWithoutEmail: readonly User[];
}

interface QualityInput {
  readonly store: {
    readonly customersAfter: (after: CustomerId | undefined, limit: number) => Promise<readonly Customer[]>;
  };
  readonly users: readonly User[];
}

/** Customers that are looked at, in pages. */
const MOST_CUSTOMERS = 10_000;
const PAGE = 1_000;
/** How many are named of each gap. */
export const MOST_NAMED = 10;

/** Looks for what is missing of customers and users, so that findings reach nobody or nobody can be called. */
export async function readDataQuality({ store, users }: QualityInput): Promise<DataQuality> {
  const byId = new Map<UserId, User>(users.map((user) => [user.userId, user]));
  const found = new Map<CustomerGap, { count: number; first: Customer[] }>(
    customerGaps.map((gap) => [gap, { count: 0, first: [] }]),
  );
  let customers = 0;
  let after: CustomerId | undefined;
  for (;;) {
    const page = await store.customersAfter(after, PAGE);
    for (const customer of page)
      for (const gap of gapsOf(customer, byId)) {
        const noted = found.get(gap);
        if (noted === undefined) continue;
        noted.count += 1;
        if (noted.first.length < MOST_NAMED) noted.first.push(customer);
      }
    customers += page.length;
    after = page.at(-1)?.customerId;
    if (page.length < PAGE || customers >= MOST_CUSTOMERS) break;
  }
  return {
    customers,
    isPart: customers >= MOST_CUSTOMERS,
    gaps: [...found].map(([gap, noted]) => ({ gap, ...noted })),
    usersWithoutEmail: users.filter(({ email, isActive }) => email === undefined && isActive !== false),
  };
}
