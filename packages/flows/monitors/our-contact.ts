import type { User } from "@regulars/core/access/user";
import type { Customer } from "@regulars/core/customers/customer";
import { ownerIdOf } from "@regulars/core/customers/list-scope";
import type { UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";

interface Known {
  readonly users: ReadonlyMap<UserId, User>;
  readonly tenant: Pick<Tenant, "name">;
}

/** Our contact at a customer, by name our company where there is none. */
export interface OurContact {
  readonly user: User | undefined;
  readonly name: string;
}

/** The rep, else the assigned user: whoever of them is a user. */
export function ourContactAt({ users, tenant }: Known, customer: Customer): OurContact {
  const userId = ownerIdOf(customer, (id) => users.has(id));
  const user = userId === undefined ? undefined : users.get(userId);
  return { user, name: user?.name ?? tenant.name };
}
