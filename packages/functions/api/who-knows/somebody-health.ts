import { createRoute } from "@hono/zod-openapi";
import { isOpenDeal } from "@regulars/core/deals/deal";
import { localDay } from "@regulars/core/platform/period";
import { toInstant } from "@regulars/core/platform/values";
import { healthJson, kpisJson, rangesJson } from "@regulars/core/relationships/health-json";
import type { Somebody } from "@regulars/flows/who-knows/acquaintance";
import { findContact } from "@regulars/flows/who-knows/find-target";
import { readSomebodyHealth } from "@regulars/flows/who-knows/somebody-health";
import type { Context } from "hono";
import * as z from "zod";
import { looks } from "../access/decide.ts";
import { seenDeal } from "../deals/deals.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { refused, valueOf } from "../http/problem.ts";
import { asOfQuery, json, lookup, problems } from "../http/schemas.ts";
import { healthFields, subjectHealthFields } from "../relationships/schemas.ts";
import { dealParam } from "../sales-plans/schemas.ts";
import { seenContact, seenPerson } from "./seen-somebody.ts";

const query = z.object({ asOf: asOfQuery });
const answered = z.object({ ...healthFields, ...subjectHealthFields });

const ofPerson = createRoute({
  method: "get",
  path: "/persons/{personId}/health",
  tags: ["Relationships"],
  summary: "The health of a person at a customer, with KPIs",
  middleware: [looks],
  request: { params: z.object({ personId: lookup("eva") }), query },
  responses: {
    200: json(answered.extend({ personId: z.string() }), "The person's health"),
    ...problems(404, 409, 422),
  },
});

const ofContact = createRoute({
  method: "get",
  path: "/contacts/{personId}/health",
  tags: ["Relationships"],
  summary: "The health of a person known from leads, with KPIs",
  middleware: [looks],
  request: { params: z.object({ personId: lookup("per_1") }), query },
  responses: {
    200: json(answered.extend({ personId: z.string() }), "The lead's health"),
    ...problems(404, 409, 422),
  },
});

const ofDeal = createRoute({
  method: "get",
  path: "/plans/{planId}/deals/{dealId}/health",
  tags: ["Relationships"],
  summary: "The health of an open deal: its person and customer since it was opened",
  middleware: [looks],
  request: { params: dealParam, query },
  responses: {
    200: json(answered.extend({ dealId: z.string() }), "The deal's health"),
    ...problems(404, 409, 410, 422),
  },
});

async function answer(c: Context<ApiEnv>, somebody: Somebody, openedAt?: ReturnType<typeof toInstant>) {
  const { tenant, store, runtime, actor } = c.var;
  const { asOf } = query.parse(c.req.query());
  const deal = openedAt === undefined ? undefined : { openedOn: localDay(openedAt, tenant.timeZone) };
  const { nightly, whoKnows, records } = store;
  const now = toInstant(runtime.clock());
  const read = valueOf(
    await readSomebodyHealth({
      tenant,
      store: nightly,
      whoKnows,
      records,
      somebody,
      deal,
      asOf,
      now,
      viewerId: actor.type === "user" ? actor.user.userId : undefined,
    }),
  );
  return {
    asOf: read.asOf,
    ...healthJson(read.health),
    contactDays: read.settings.contactDays,
    ranges: rangesJson(read.settings),
    kpis: kpisJson(read.kpis),
    notice: read.notice ?? null,
    scores: read.scores.map((score) => score ?? null),
  };
}

export const somebodyHealthRoutes = newRouter()
  .openapi(ofPerson, async (c) => {
    const { personId } = c.req.valid("param");
    return c.json({ personId, ...(await answer(c, await seenPerson(c, personId))) }, 200);
  })
  .openapi(ofContact, async (c) => {
    const { personId } = c.req.valid("param");
    return c.json({ personId, ...(await answer(c, await seenContact(c, personId))) }, 200);
  })
  .openapi(ofDeal, async (c) => {
    const { deal } = await seenDeal(c);
    if (!isOpenDeal(deal))
      throw refused({ reason: "deal-closed", message: `deal ${deal.dealId} is closed: only open deals have health` });
    const stores = { store: c.var.store.whoKnows, contacts: c.var.store.sales.contacts };
    const somebody = valueOf(await findContact(stores, deal.personId));
    return c.json({ dealId: deal.dealId, ...(await answer(c, somebody, deal.createdAt)) }, 200);
  });
