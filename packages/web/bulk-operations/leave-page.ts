import { type User, isActive } from "@regulars/core/access/user";
import { cutText } from "@regulars/core/platform/cut-text";
import { planIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type OpenDeals, openDealsOf } from "@regulars/flows/assignment/open-deals-of";
import { whoGetsLeads } from "@regulars/flows/assignment/who-gets-leads";
import { managersByBalance } from "@regulars/flows/bulk-operations/managers-by-balance";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { OpenTenant } from "../page/open-tenant.ts";
import { visibleDeals } from "../sales-plans/visible-deals.ts";

/** A number of deals, and who gets them; nobody can take those without a name. */
export interface Share {
  readonly name: string | undefined;
  readonly count: number;
}

/** A member of a sales plan who is to leave it, and what that would do. */
export interface LeavePage {
  readonly tenant: Tenant;
  readonly plan: SalesPlan;
  readonly userId: UserId;
  readonly name: string;
  /** Names the form, so that sent twice it is done once. */
  readonly requestId: string;
  /** None when they are no member (any more). */
  readonly leaving: Leaving | undefined;
}

/** What it would do that a member leaves, as far as it can be known now (docs/reference/sales-plans.md 5.7). */
export interface Leaving {
  readonly deals: OpenDeals;
  /** Whom the plan's leads go to without them. */
  readonly leads: "stay" | "go-to-others" | "wait";
  /** The other members who are still with the company: one of them may get all the deals. */
  readonly heirs: readonly { readonly userId: UserId; readonly name: string }[];
  /** How the deals would be distributed; none when the plan gives none by itself. */
  readonly shares: readonly Share[] | undefined;
}

/** The plan and the user of an address. */
export async function leaverOf(
  { store }: SalesContext,
  opened: OpenTenant,
  planText: string,
  userText: string,
): Promise<Result<{ readonly plan: SalesPlan; readonly user: User }>> {
  const planId = planIdSchema.safeParse(planText);
  const plan = planId.success ? await store.salesPlans.plan(planId.data) : undefined;
  if (plan === undefined || !opened.decide("plan.reach", plan)) return unknownPlan(cutText(planText, 100));
  const user = (await opened.store.users()).find(({ userId }) => userId === userText);
  return user === undefined ? refuse("unknown-member", "there is no such member") : ok({ plan, user });
}

export async function readLeavePage(
  context: SalesContext,
  opened: OpenTenant,
  planText: string,
  userText: string,
): Promise<Result<LeavePage>> {
  const found = await leaverOf(context, opened, planText, userText);
  if (!found.ok) return found;
  const { plan } = found.value;
  const { userId, name } = found.value.user;
  const isMember = plan.members.some((member) => member.userId === userId);
  const leaving = isMember ? await leavingOf(context, opened, plan, userId) : ok(undefined);
  if (!leaving.ok) return leaving;
  const requestId = context.effects.newId();
  return ok({ tenant: opened.tenant, plan, userId, name, requestId, leaving: leaving.value });
}

async function leavingOf(
  context: SalesContext,
  opened: OpenTenant,
  plan: SalesPlan,
  userId: UserId,
): Promise<Result<Leaving>> {
  const rest = { ...plan, members: plan.members.filter((member) => member.userId !== userId) };
  const [users, deals] = await Promise.all([
    context.store.salesPlans.users(plan.members.map((one) => one.userId)),
    openDealsOf({ context, plans: [plan], managerId: userId, visibleIn: (one) => visibleDeals(opened, one) }),
  ]);
  const nameOf = (id: UserId): string => users.get(id)?.name ?? id;
  const when = { now: toInstant(context.effects.clock()), zone: opened.tenant.timeZone };
  const getting = whoGetsLeads(plan, users, when);
  const others = whoGetsLeads(rest, users, when);
  const isByHand = plan.distribution.mode === "manual";
  const given = isByHand ? ok([]) : await managersByBalance(context, rest, deals.count);
  if (!given.ok) return given;
  return ok({
    deals,
    leads: others.length === getting.length ? "stay" : others.length === 0 ? "wait" : "go-to-others",
    heirs: rest.members.flatMap(({ userId: id }) => {
      const user = users.get(id);
      return user !== undefined && isActive(user) ? [{ userId: id, name: user.name }] : [];
    }),
    shares: isByHand ? undefined : sharesOf(given.value, nameOf),
  });
}

/** How many each of them gets, the most first; last, those that nobody can take. */
export function sharesOf(given: readonly (UserId | undefined)[], nameOf: (userId: UserId) => string): readonly Share[] {
  const counts = new Map<UserId | undefined, number>();
  for (const userId of given) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  return [...counts]
    .map(([userId, count]) => ({ name: userId === undefined ? undefined : nameOf(userId), count }))
    .toSorted((a, b) => Number(a.name === undefined) - Number(b.name === undefined) || b.count - a.count);
}
