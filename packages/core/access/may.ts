import type { PlanId } from "../platform/ids.ts";
import type { UserId } from "../platform/values.ts";
import { type Actor, senderOf } from "./actor.ts";
import { type Right, ownRights, planRights, rightsOf } from "./rights.ts";
import { isActive } from "./user.ts";

/** A user who owns a thing today, with the team and the territory that they have today. */
export interface OwningUser {
  readonly userId: UserId;
  readonly teamId?: string | undefined;
  readonly territoryId?: string | undefined;
}

/** A sales plan with its members of today. */
export interface PlanThing {
  readonly planId: PlanId;
  readonly members: readonly { readonly userId: UserId }[];
}

/** A deal with its plan and its manager of today. `addedBy`: its sender, where that is asked for. */
export interface DealThing {
  readonly plan: PlanThing;
  readonly manager: OwningUser | undefined;
  readonly addedBy?: string | undefined;
}

/** A customer with its owners of today, or without any; its own team and territory. */
export interface CustomerThing {
  readonly owners: readonly OwningUser[];
  readonly teamId?: string | undefined;
  readonly territoryId?: string | undefined;
}

/** A person known from leads: who dealt with them, and the plans of their open deals. */
interface PersonThing {
  readonly managers: readonly UserId[];
  readonly plans: readonly PlanThing[];
}

/** What may be asked, and about which thing. */
interface Things {
  /** A sales plan, by its id: a key may be limited to some. */
  readonly "plan.reach": Pick<PlanThing, "planId">;
  /** Every deal of a plan. */
  readonly "plan.see_all": PlanThing;
  /** Many deals of a plan at once. */
  readonly "plan.change_many": PlanThing;
  readonly "deal.see": DealThing;
  readonly "deal.edit": DealThing;
  /** By a lead that came again with other terms. */
  readonly "deal.refresh": DealThing;
  readonly "deal.move": DealThing;
  readonly "deal.remove": DealThing;
  /** To reopen and to transfer: being the deal's manager is not enough (docs/reference/sales-plans.md 5.11). */
  readonly "deal.overrule": DealThing;
  /** To add a deal for this manager. */
  readonly "deal.add_for": { readonly managerId: UserId | undefined };
  readonly "person.see": PersonThing;
  /** To add a lead's e-mail address, phone number or id to a person. */
  readonly "person.learn": PersonThing;
  readonly "customer.see": CustomerThing;
  /** To dismiss a customer's findings, and to say whether they were right. */
  readonly "customer.review": CustomerThing;
  /** The list of a user. */
  readonly "user.see_list": OwningUser;
  readonly "team.see_list": { readonly teamId: string };
  readonly "territory.see_list": { readonly territoryId: string };
  /** The list of everybody. */
  readonly "tenant.see_list": object;
  /** Rights that a user or a key would have, and did not have before. */
  readonly "rights.give": { readonly rights: readonly Right[] };
}

/** An action on a thing; rights that reach the whole tenant are asked for with `holds`. */
export type Action = keyof Things;
export type ThingOf<A extends Action> = Things[A];

type Rules = { readonly [A in Action]: (actor: Actor, thing: Things[A]) => boolean };

/**
 * Whether an actor may do something to a thing: the only place where this is decided. Standing comes first: who has left
 * may do nothing. A key limited to some sales plans reaches nothing else; of the rest, rights and today's owner decide.
 */
export function may<A extends Action>(actor: Actor, action: A, thing: Things[A]): boolean {
  const rule: Rules[A] = RULES[action];
  return stands(actor) && rule(actor, thing);
}

/** Whether an actor holds a right. A key limited to some sales plans has none of those that reach the whole tenant. */
export const holds = (actor: Actor, right: Right): boolean =>
  stands(actor) &&
  (actor.type === "key"
    ? actor.actions.includes(right) && (reachesAll(actor) || planRights.includes(right))
    : rightsOf(actor.user.role).includes(right) || actor.user.dealRights?.some((extra) => extra === right) === true);

/** Whether an actor can access every sales plan, future ones included. */
export const reachesAll = (actor: Actor): boolean => actor.type === "user" || actor.planIds === undefined;

const stands = (actor: Actor): boolean => actor.type === "key" || isActive(actor.user);
const isKey = (actor: Actor): boolean => actor.type === "key";
const isSelf = (actor: Actor, userId: UserId | undefined): boolean =>
  actor.type === "user" && actor.user.userId === userId;
const isMember = (actor: Actor, { members }: PlanThing): boolean => members.some(({ userId }) => isSelf(actor, userId));
const reaches = (actor: Actor, { planId }: Pick<PlanThing, "planId">): boolean =>
  actor.type === "user" || actor.planIds === undefined || actor.planIds.includes(planId);

/** The team and the territory that a manager sees; one with neither sees everything, so that small tenants need no teams. */
function groupOf(actor: Actor): "all" | Pick<OwningUser, "teamId" | "territoryId"> | undefined {
  if (holds(actor, "insights.view_all")) return "all";
  if (actor.type === "key" || !holds(actor, "insights.view_team")) return undefined;
  const { teamId, territoryId } = actor.user;
  if (teamId !== undefined) return { teamId };
  return territoryId === undefined ? "all" : { territoryId };
}

function isInGroup(actor: Actor, { teamId, territoryId }: Pick<OwningUser, "teamId" | "territoryId">): boolean {
  const group = groupOf(actor);
  if (group === "all") return true;
  if (group?.teamId !== undefined) return group.teamId === teamId;
  return group?.territoryId !== undefined && group.territoryId === territoryId;
}

/** Every deal of a plan: with `deals.edit_all`, or with `deals.edit_bulk` as a member. */
const commands = (actor: Actor, plan: PlanThing): boolean =>
  reaches(actor, plan) &&
  (holds(actor, "deals.edit_all") || (holds(actor, "deals.edit_bulk") && isMember(actor, plan)));

const seesAllOf = (actor: Actor, plan: PlanThing): boolean =>
  reaches(actor, plan) && (commands(actor, plan) || holds(actor, "insights.view_all"));

const edits = (actor: Actor, { plan, manager }: DealThing): boolean =>
  commands(actor, plan) || (reaches(actor, plan) && holds(actor, "deals.edit_own") && isSelf(actor, manager?.userId));

const seesDeal = (actor: Actor, deal: DealThing): boolean =>
  edits(actor, deal) ||
  seesAllOf(actor, deal.plan) ||
  isSelf(actor, deal.manager?.userId) ||
  (deal.manager?.teamId !== undefined &&
    actor.type === "user" &&
    actor.user.teamId === deal.manager.teamId &&
    holds(actor, "insights.view_team")) ||
  (holds(actor, "leads.add") && reaches(actor, deal.plan) && deal.addedBy === senderOf(actor));

const seesPerson = (actor: Actor, { managers, plans }: PersonThing): boolean =>
  (holds(actor, "deals.edit_all") && reachesAll(actor)) ||
  managers.some((userId) => isSelf(actor, userId)) ||
  plans.some((plan) => commands(actor, plan));

/**
 * Their own customers; those without an owner in their territory, or in their team where the customer has no territory;
 * a manager's team or territory (docs/reference/insights.md G14).
 */
function seesCustomer(actor: Actor, { owners, teamId, territoryId }: CustomerThing): boolean {
  if (isInGroup(actor, { teamId, territoryId })) return true;
  if (owners.some((owner) => isSelf(actor, owner.userId) || isInGroup(actor, owner))) return true;
  if (owners.length > 0 || actor.type === "key" || actor.user.role !== "rep") return false;
  return territoryId === undefined
    ? teamId !== undefined && actor.user.teamId === teamId
    : actor.user.territoryId === territoryId;
}

const RULES: Rules = {
  "plan.reach": reaches,
  "plan.see_all": seesAllOf,
  "plan.change_many": (actor, plan) => holds(actor, "deals.edit_bulk") && commands(actor, plan),
  "deal.see": seesDeal,
  "deal.edit": edits,
  "deal.refresh": (actor, deal) =>
    edits(actor, deal) || (isKey(actor) && holds(actor, "leads.add") && reaches(actor, deal.plan)),
  "deal.move": (actor, deal) =>
    edits(actor, deal) || (holds(actor, "deals.change_status") && reaches(actor, deal.plan)),
  "deal.remove": (actor, deal) => holds(actor, "deals.remove") && reaches(actor, deal.plan),
  "deal.overrule": (actor, { plan }) => commands(actor, plan),
  "deal.add_for": (actor, { managerId }) =>
    managerId === undefined ||
    isSelf(actor, managerId) ||
    holds(actor, "deals.edit_all") ||
    holds(actor, "deals.edit_bulk"),
  "person.see": seesPerson,
  "person.learn": (actor, person) => (isKey(actor) && holds(actor, "leads.add")) || seesPerson(actor, person),
  "customer.see": seesCustomer,
  "customer.review": (actor, customer) =>
    seesCustomer(actor, customer) && (!isKey(actor) || holds(actor, "insights.review")),
  "user.see_list": (actor, user) => isSelf(actor, user.userId) || isInGroup(actor, user),
  "team.see_list": (actor, { teamId }) => isInGroup(actor, { teamId }),
  "territory.see_list": (actor, { territoryId }) => isInGroup(actor, { territoryId }),
  "tenant.see_list": (actor) => groupOf(actor) === "all",
  "rights.give": (actor, { rights }) =>
    rights.every((right) => holds(actor, right) || (holds(actor, "users.manage") && ownRights.includes(right))),
};
