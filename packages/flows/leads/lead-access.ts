import type { Action, ThingOf } from "@regulars/core/access/may";
import { dealThing } from "@regulars/core/deals/edit-rights";
import type { SalesContext } from "../sales-context.ts";
import type { LeadAccess } from "./add-to-plan.ts";

interface Sender {
  /** Whether the sender may do something to a thing. */
  readonly decide: <A extends Action>(action: A, thing: ThingOf<A>) => boolean;
  readonly contacts: SalesContext["store"]["contacts"];
  /** Where what they added before counts too. */
  readonly sees?: LeadAccess["sees"];
}

/** What a lead's sender may do to a person who is known, and to their open deal. */
export const leadAccessOf = ({
  decide,
  contacts,
  sees = (deal, plan) => Promise.resolve(decide("deal.see", dealThing(deal, plan))),
}: Sender): LeadAccess => ({
  sees,
  refreshes: (deal, plan) => decide("deal.refresh", dealThing(deal, plan)),
  learns: async (personId) => {
    // Decided without the person for those who may learn of everybody.
    if (decide("person.learn", { managers: [], plans: [] })) return true;
    // Who dealt with a person: their owner, and the managers of their deals and activities.
    const managers = (await contacts.evidenceOf(personId)).map(({ userId }) => userId);
    return decide("person.learn", { managers, plans: [] });
  },
});
