import type { User } from "@regulars/core/access/user";
import type { DealTotal } from "@regulars/core/boards/board-query";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { currencySchema } from "@regulars/core/platform/values";
import type { BoardCard } from "@regulars/flows/boards/read-board";
import type { Formats } from "@regulars/render/texts/formats";
import { dealPath } from "../page/addresses.ts";

/** A deal as boards and lists show it. */
export interface DealText {
  readonly path: string;
  readonly title: string;
  readonly personName: string | undefined;
  readonly amount: string;
  readonly managerName: string | undefined;
}

export const dealText = (
  { deal, person }: BoardCard,
  { tenantId }: Pick<Tenant, "tenantId">,
  users: readonly User[],
  { money }: Formats,
): DealText => ({
  path: dealPath(tenantId, deal.planId, deal.dealId),
  title: deal.title,
  personName: person?.name ?? person?.email ?? person?.phone,
  amount: money(deal.amountMinor, deal.currency),
  managerName: users.find(({ userId }) => userId === deal.managerId)?.name ?? deal.managerId,
});

/** Managers by whom a plan's board can be filtered. */
export const membersOf = ({ members }: Pick<SalesPlan, "members">, users: readonly User[]): readonly User[] =>
  users.filter(({ userId }) => members.some((member) => member.userId === userId));

export interface TotalText {
  readonly count: number;
  /** "€1,200.00", one amount per currency; empty when there are none. */
  readonly worth: string;
}

/** The number of deals, and their total amounts as text. */
export const totalText = ({ money }: Formats, { count, sums }: DealTotal): TotalText => ({
  count,
  worth: Object.entries(sums)
    .filter(([, sum]) => sum !== 0)
    .map(([code, sum]) => money(sum, currencySchema.parse(code)))
    .join(" + "),
});
