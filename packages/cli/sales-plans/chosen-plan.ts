import { commentSchema } from "@regulars/core/deals/deal";
import { type ReasonId, type StatusId, planIdSchema } from "@regulars/core/platform/ids";
import { offeredReasons } from "@regulars/core/sales-plans/refusal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { SalesContext } from "@regulars/flows/sales-context";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument } from "../arguments.ts";

export interface DealsOptions {
  readonly tenant: string;
  readonly search?: string;
  readonly status?: string;
  readonly manager?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly clarification?: string;
  readonly comment?: string;
  readonly limit: string;
  readonly all?: boolean;
}

export async function planOf({ store, tenant }: SalesContext, text: string): Promise<SalesPlan> {
  const plan = await store.salesPlans.plan(checkedArgument(planIdSchema, "the plan", text));
  if (plan === undefined) throw new UserError(`tenant ${tenant.tenantId} has no sales plan ${text}`);
  return plan;
}

/** A status by its id or its name. */
export function statusIn({ statuses, name: planName }: SalesPlan, text: string) {
  const found = statuses.find(({ statusId, name }) => statusId === text || name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found.statusId;
  throw new UserError(`${planName} has no status "${text}": there are ${statuses.map(({ name }) => name).join(", ")}`);
}

/** What is noted in the log of a deal that is reopened or transferred. */
export const commentOf = ({ comment }: Pick<DealsOptions, "comment">): string | undefined =>
  comment === undefined ? undefined : checkedArgument(commentSchema, "--comment", comment);

/** A refusal reason by its id or its name. */
export async function reasonIn({ store }: SalesContext, text: string | undefined): Promise<ReasonId | undefined> {
  if (text === undefined) return undefined;
  const reasons = [...(await store.salesPlans.reasons()).values()];
  const found = reasons.find(({ reasonId, name }) => reasonId === text || name.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found.reasonId;
  throw new UserError(`there is no refusal reason "${text}": there are ${reasons.map(({ name }) => name).join(", ")}`);
}

/** The refusal of a move into a status that needs a refusal reason, with those that it offers. */
export async function reasonMissing(
  { store }: SalesContext,
  { statuses }: SalesPlan,
  statusId: StatusId,
): Promise<UserError> {
  const status = statuses.find((one) => one.statusId === statusId);
  const offered = status === undefined ? [] : offeredReasons(status, (await store.salesPlans.reasons()).values());
  const names = offered.map(({ name }) => name).join(", ");
  return new UserError(`"${status?.name}" needs one of its refusal reasons: add --reason with one of ${names}`);
}
