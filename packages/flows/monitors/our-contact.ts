import { recipientOf } from "@regulars/core/access/recipient";
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
  readonly name: string;
  /** Who has their tasks and gets answers: they themselves, and once they have left whoever gets their news. */
  readonly responsible: User | undefined;
}

/** The rep, else the assigned user: whoever of them is a user. */
export function ourContactAt({ users, tenant }: Known, customer: Customer): OurContact {
  const userId = ownerIdOf(customer, (id) => users.has(id));
  if (userId === undefined) return { name: tenant.name, responsible: undefined };
  return { name: users.get(userId)?.name ?? tenant.name, responsible: recipientOf(userId, users, customer) };
}
