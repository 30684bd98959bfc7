import { senderOf } from "@regulars/core/access/actor";
import { dealThing, unknownDeal } from "@regulars/core/deals/edit-rights";
import type { Deal } from "@regulars/core/deals/deal";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { LeadAccess } from "@regulars/flows/leads/add-to-plan";
import { leadAccessOf } from "@regulars/flows/leads/lead-access";
import type { Context } from "hono";
import { decide } from "../access/decide.ts";
import type { ApiEnv } from "../http/environment.ts";
import { refused } from "../http/problem.ts";

/** What a lead's sender may do to a person who is known, and to their open deal. */
export const leadAccess = (c: Context<ApiEnv>): LeadAccess =>
  leadAccessOf({
    decide: (action, thing) => decide(c, action, thing),
    contacts: c.var.store.sales.contacts,
    sees: (deal, plan) => seesDeal(c, deal, plan),
  });

/** Whether the caller sees a deal. `addedBy`: the actor of the log, while the deal has no log yet. */
export async function seesDeal(
  c: Context<ApiEnv>,
  deal: Pick<Deal, "dealId" | "managerId">,
  plan: Pick<SalesPlan, "planId" | "members">,
  addedBy?: string,
): Promise<boolean> {
  if (decide(c, "deal.see", dealThing(deal, plan))) return true;
  if (c.var.actor.type === "user") return false;
  const actorId = addedBy ?? (await c.var.store.sales.deals.logEntry(deal.dealId, 1))?.actorId;
  return decide(
    c,
    "deal.see",
    dealThing(deal, plan, actorId === undefined ? undefined : await senderBehind(c, actorId)),
  );
}

/** The sender of a log's row: a key may have been replaced by another one of its name. */
async function senderBehind({ var: { actor, store } }: Context<ApiEnv>, actorId: string): Promise<string> {
  const keyId = actorId.startsWith("key:") ? actorId.slice("key:".length) : undefined;
  if (keyId === undefined) return actorId;
  if (actor.type === "key" && actor.keyId === keyId) return senderOf(actor);
  const key = await store.apiKeys.find(keyId);
  return key === undefined ? actorId : senderOf({ type: "key", ...key });
}

export const noDeal = (dealId: string) => refused(unknownDeal(dealId));
