import { createRoute } from "@hono/zod-openapi";
import { toInstant } from "@regulars/core/platform/values";
import { connectionLabels } from "@regulars/core/relationships/colleagues";
import { findContact } from "@regulars/flows/who-knows/find-target";
import { type Target, askWhoKnows } from "@regulars/flows/who-knows/ask-who-knows";
import type { Context } from "hono";
import * as z from "zod";
import { looks } from "../access/decide.ts";
import { seenContact, seenPerson } from "./seen-somebody.ts";
import { seenCustomer } from "../customers/visible-customer.ts";
import { seenDeal } from "../deals/deals.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { dayField, json, lookup, problems } from "../http/schemas.ts";
import { dealParam } from "../sales-plans/schemas.ts";

const query = z.object({
  asOf: dayField.optional().meta({ description: "The last day that counts; default: the last completed one" }),
});

const colleagueSchema = z
  .object({
    userId: z.string(),
    name: z.string().nullable(),
    strength: z.number().meta({ description: "In the basic mode: e-mails and meetings, counted" }),
    label: z.enum(connectionLabels),
    lastOn: z.string().meta({ description: "The last day of contact" }),
    meetings: z.int(),
  })
  .meta({ id: "Colleague", description: "A colleague who can introduce somebody: counts and days, no contents" });

const known = z.object({
  asOf: z.string(),
  colleagues: z.array(colleagueSchema),
  isOrphaned: z.boolean().meta({ description: "Nobody knows them any more: who did has left the company" }),
});
const KNOWN = "At most five colleagues, strongest first; never the caller";

const ofPerson = createRoute({
  method: "get",
  path: "/persons/{personId}/who-knows",
  tags: ["Who knows whom"],
  summary: "Who knows a person at a customer",
  middleware: [looks],
  request: { params: z.object({ personId: lookup("eva") }), query },
  responses: { 200: json(known.extend({ personId: z.string() }), KNOWN), ...problems(404, 422) },
});

const ofContact = createRoute({
  method: "get",
  path: "/contacts/{personId}/who-knows",
  tags: ["Who knows whom"],
  summary: "Who knows a person known from leads",
  middleware: [looks],
  request: { params: z.object({ personId: lookup("per_1") }), query },
  responses: { 200: json(known.extend({ personId: z.string() }), KNOWN), ...problems(404, 422) },
});

const ofCustomer = createRoute({
  method: "get",
  path: "/customers/{customerId}/who-knows",
  tags: ["Who knows whom"],
  summary: "Who knows a customer: anybody who works there",
  middleware: [looks],
  request: { params: z.object({ customerId: lookup("acme") }), query },
  responses: { 200: json(known.extend({ customerId: z.string() }), KNOWN), ...problems(404, 422) },
});

const ofDeal = createRoute({
  method: "get",
  path: "/plans/{planId}/deals/{dealId}/who-knows",
  tags: ["Who knows whom"],
  summary: "Who knows the person of a deal",
  middleware: [looks],
  request: { params: dealParam, query },
  responses: { 200: json(known.extend({ dealId: z.string() }), KNOWN), ...problems(404, 410, 422) },
});

type Asked = z.output<typeof query>;

async function answer(c: Context<ApiEnv>, target: Target, { asOf }: Asked) {
  const { tenant, store, actor, runtime } = c.var;
  const requesterId = actor.type === "user" ? actor.user.userId : undefined;
  const now = toInstant(runtime.clock());
  const asked = valueOf(await askWhoKnows({ tenant, store: store.whoKnows, target, requesterId, asOf, now }));
  return {
    asOf: asked.asOf,
    isOrphaned: asked.isOrphaned,
    colleagues: asked.colleagues.map(({ name, ...one }) => ({ ...one, name: name ?? null })),
  };
}

export const whoKnowsRoutes = newRouter()
  .openapi(ofPerson, async (c) => {
    const { personId } = c.req.valid("param");
    const somebody = await seenPerson(c, personId);
    return c.json({ personId, ...(await answer(c, { type: "person", somebody }, c.req.valid("query"))) }, 200);
  })
  .openapi(ofContact, async (c) => {
    const { personId } = c.req.valid("param");
    const somebody = await seenContact(c, personId);
    return c.json({ personId, ...(await answer(c, { type: "person", somebody }, c.req.valid("query"))) }, 200);
  })
  .openapi(ofCustomer, async (c) => {
    const { customerId } = await seenCustomer(c, c.req.valid("param").customerId);
    return c.json({ customerId, ...(await answer(c, { type: "customer", customerId }, c.req.valid("query"))) }, 200);
  })
  .openapi(ofDeal, async (c) => {
    const { deal } = await seenDeal(c);
    const stores = { store: c.var.store.whoKnows, contacts: c.var.store.sales.contacts };
    const somebody = valueOf(await findContact(stores, deal.personId));
    const { dealId } = deal;
    return c.json({ dealId, ...(await answer(c, { type: "person", somebody }, c.req.valid("query"))) }, 200);
  });
