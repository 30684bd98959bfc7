import type { Customer } from "@regulars/core/customers/customer";
import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { StatusCard } from "@regulars/core/monitors/status-template";
import { compareText } from "@regulars/core/platform/compare";
import { memberCards } from "./member-cards.ts";

/** One line of a call list. */
export interface CallListRow {
  readonly ownerId: string;
  readonly customerId: string;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  /** Our contact. */
  readonly contactName: string;
}

/** Whom to call, by name: the members that the reader sees and that are still there. */
export async function callList(
  sources: Parameters<typeof memberCards>[0],
  owners: readonly Owner[],
  canSee: (customer: Customer) => boolean,
): Promise<readonly CallListRow[]> {
  const cardOf = await memberCards(sources, owners);
  const rows = owners.flatMap((owner) => {
    const card = cardOf(owner);
    return card === undefined || !canSee(card.customer) ? [] : [rowOf(owner, card)];
  });
  return rows.toSorted((a, b) => compareText(a.name, b.name) || compareText(a.ownerId, b.ownerId));
}

function rowOf(owner: Owner, { customer, person, project, contactName }: StatusCard): CallListRow {
  const company = customer.name ?? customer.customerId;
  const named = person?.name ?? project?.name;
  return {
    ownerId: ownerIdOf(owner),
    customerId: customer.customerId,
    name: owner.type === "company" ? company : `${named ?? ownerIdOf(owner)}, ${company}`,
    phone: person?.phone ?? customer.phone ?? "",
    email: person?.email ?? customer.email ?? "",
    contactName,
  };
}
