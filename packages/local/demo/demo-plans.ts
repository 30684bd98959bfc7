import { statusIdSchema, planIdSchema, reasonIdSchema } from "@regulars/core/platform/ids";
import { type LeadPayload, leadPayloadSchema } from "@regulars/core/leads/lead-payload";
import { type NewSalesPlan, newPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { type RefusalReason, refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import { repOf } from "./staff.ts";

/** A sales plan of the demo company, with short ids that are easy to type. */
export interface DemoPlan {
  readonly planId: ReturnType<typeof planIdSchema.parse>;
  readonly statusIds: readonly ReturnType<typeof statusIdSchema.parse>[];
  readonly asked: NewSalesPlan;
}

const reason = (reasonId: string, name: string, needsClarification = false): RefusalReason =>
  refusalReasonSchema.parse({ reasonId, name, needsClarification });

/** Why the demo company loses deals. */
export const demoReasons: readonly RefusalReason[] = [
  reason("rsn_price", "Too expensive"),
  reason("rsn_rival", "Stays with another wholesaler", true),
  reason("rsn_timing", "Not now"),
  reason("rsn_closed", "Never opened"),
];

const members = Object.values(repOf).map((userId) => ({ userId }));
const ids = (...names: readonly string[]) => names.map((name) => statusIdSchema.parse(`st_${name}`));

/** Leads of the first plan are assigned automatically; leads from the trade fair wait to be assigned by hand. */
export const demoPlans = {
  restaurants: {
    planId: planIdSchema.parse("pln_restaurants"),
    statusIds: ids("new", "contacted", "tasting", "offer", "customer", "lost"),
    asked: newPlanSchema.parse({
      name: "New restaurants",
      label: "Restaurants",
      averageAmount: "2400.00",
      distribution: { mode: "uniform", affinity: "related", balance: "least" },
      members,
      statuses: [
        { name: "New", kind: "intermediate" },
        { name: "Contacted", kind: "intermediate" },
        { name: "Tasting", kind: "intermediate" },
        { name: "Offer sent", kind: "intermediate" },
        { name: "Customer", kind: "won" },
        {
          name: "Lost",
          kind: "lost",
          refusal: { isRequired: true, reasonIds: demoReasons.map(({ reasonId }) => reasonId) },
        },
      ],
    }),
  },
  fair: {
    planId: planIdSchema.parse("pln_fair"),
    statusIds: ids("met", "called", "visit", "won", "no"),
    asked: newPlanSchema.parse({
      name: "Food fair",
      averageAmount: "900.00",
      distribution: { mode: "manual" },
      members,
      statuses: [
        { name: "Met at the fair", kind: "intermediate" },
        { name: "Called", kind: "intermediate" },
        { name: "Visit agreed", kind: "intermediate" },
        { name: "Buys", kind: "won" },
        { name: "No", kind: "lost", refusal: { isRequired: false, reasonIds: [reasonIdSchema.parse("rsn_price")] } },
      ],
    }),
  },
} as const satisfies Readonly<Record<string, DemoPlan>>;

/** A lead that an integration sent on the demo's last day. */
export interface DemoLead {
  readonly plan: DemoPlan;
  /** Hour and minute of that day, UTC. */
  readonly at: string;
  readonly lead: LeadPayload;
}

const sent = (plan: DemoPlan, at: string, tunnelId: string, name: string, email: string, title?: string): DemoLead => ({
  plan,
  at,
  lead: leadPayloadSchema.parse({
    person: { externalId: `${tunnelId}-${at}`, name, email },
    deal: title === undefined ? {} : { title },
    source: { tunnelId, utm: { source: tunnelId } },
  }),
});

const website = (at: string, name: string, email: string, title: string): DemoLead =>
  sent(demoPlans.restaurants, at, "website", name, email, title);
const fair = (at: string, name: string, email: string): DemoLead => sent(demoPlans.fair, at, "fair-stand", name, email);

/** The person of the first lead is in an imported deal, so the lead goes to that deal's rep. */
export const demoLeads = (known: { readonly name: string; readonly email: string }): readonly DemoLead[] => [
  website("07:05", known.name, known.email, "Second restaurant"),
  website("08:20", "Signe Ravn", "signe@havnekroen.example", "Havnekroen"),
  website("09:45", "Oskar Lund", "oskar@lundsbageri.example", "Lunds Bageri"),
  website("11:10", "Maja Friis", "maja@tagterrassen.example", "Tagterrassen"),
  website("12:30", "Elias Holm", "elias@kajen.example", "Kajen Fisk & Bar"),
  fair("13:15", "Nanna Krogh", "nanna@krogh-catering.example"),
  fair("13:40", "Viktor Ek", "viktor@eksvagen.example"),
  fair("14:05", "Liv Sander", "liv@sanderscafe.example"),
];
