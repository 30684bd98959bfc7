import { createRoute } from "@hono/zod-openapi";
import { type Finding, parseFindingId } from "@regulars/core/insights/finding";
import type { Customer } from "@regulars/core/customers/customer";
import { profilesOnce } from "@regulars/core/customers/profiles-once";
import { customerIdOf } from "@regulars/core/insights/subject";
import { findingJson } from "@regulars/core/insights/finding-json";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { holds } from "@regulars/core/access/may";
import type { Scope } from "@regulars/core/customers/visible-customers";
import { cutText } from "@regulars/core/platform/cut-text";
import type { CustomerId, UserId } from "@regulars/core/platform/values";
import { listFindings } from "@regulars/flows/insights/list-findings";
import { customersOf } from "@regulars/flows/insights/list-input";
import type { Context } from "hono";
import * as z from "zod";
import { looks } from "../access/decide.ts";
import { customersSetAsideField, noteUnreadable } from "./note-unreadable.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { Problem, refused, valueOf } from "../http/problem.ts";
import {
  asOfQuery,
  customerIdField,
  findingSchema,
  json,
  lookup,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
  userIdField,
} from "../http/schemas.ts";

/** The kind in the documentation's examples: the first of the list. */
const EXAMPLE_KIND = builtInInsights.kinds[0]?.id ?? "";

const listAll = createRoute({
  method: "get",
  path: "/findings",
  tags: ["Insights"],
  summary: "Findings of the last nightly run or of any past day, in the order of the For You page",
  middleware: [looks],
  request: {
    query: z.object({
      kind: z
        .enum(builtInInsights.kinds.map(({ id }) => id))
        .optional()
        .meta({ example: EXAMPLE_KIND }),
      repId: userIdField.optional().meta({ example: "anna" }),
      customerId: customerIdField.optional(),
      asOf: asOfQuery,
      ...pageQuery,
    }),
  },
  responses: {
    200: json(
      pageAnswerSchemaOf(findingSchema).extend({ asOf: z.string(), customersSetAside: customersSetAsideField }),
      "Findings of the customers that the actor sees",
    ),
    ...problems(404, 409, 422),
  },
});

const readOne = createRoute({
  method: "get",
  path: "/findings/{findingId}",
  tags: ["Insights"],
  summary: "One finding with its evidence",
  middleware: [looks],
  request: {
    params: z.object({ findingId: lookup(`${EXAMPLE_KIND}:acme`) }),
    query: z.object({ asOf: asOfQuery }),
  },
  responses: { 200: json(findingSchema, "The finding"), ...problems(404, 422) },
});

/**
 * The findings that the actor sees: of visible customers, and those without a customer of visible reps. The customer's
 * owner of today decides, not the rep of the night that found it.
 */
export const seen = (
  c: Context<ApiEnv>,
  findings: readonly Finding[],
  known?: ReadonlyMap<CustomerId, Customer>,
): Promise<Finding[]> => allowedIn(c, findings, ({ canSee }) => canSee, known);

async function seesCustomer(c: Context<ApiEnv>, customerId: CustomerId): Promise<boolean> {
  const profiles = await c.var.store.nightly.profiles([customerId]);
  const profile = profiles.get(customerId);
  return profile !== undefined && (await c.var.scope()).canSee(profile);
}

/** The findings that the actor may dismiss and give feedback on. */
export const reviewable = (c: Context<ApiEnv>, findings: readonly Finding[]): Promise<Finding[]> =>
  allowedIn(c, findings, ({ canReview }) => canReview);

async function allowedIn(
  c: Context<ApiEnv>,
  findings: readonly Finding[],
  ruleOf: (scope: Scope) => Scope["canSee"],
  known?: ReadonlyMap<CustomerId, Customer>,
): Promise<Finding[]> {
  const allows = ruleOf(await c.var.scope());
  const profiles = await profilesOnce(c.var.store.nightly.profiles, known)(customersOf(findings));
  return findings.filter(({ subject, repId }) => {
    const customerId = customerIdOf(subject);
    // A finding without a customer is its rep's.
    if (customerId === undefined) return allows(repId === undefined ? {} : { repId });
    return allows(profiles.get(customerId) ?? {});
  });
}

/**
 * The users whose findings are read: a rep's own list. A team or a territory may have customers of any rep, so for others
 * the lists of all who have findings are read.
 */
const listsOf = ({ var: { actor } }: Context<ApiEnv>): ReadonlySet<UserId> | undefined =>
  holds(actor, "insights.view_team") || holds(actor, "insights.view_all") || actor.type === "key"
    ? undefined
    : new Set([actor.user.userId]);

/** The refusal of a finding that there is not, or that the actor does not see. */
export const noFinding = (findingId: string): Problem =>
  new Problem({ status: 404, code: "unknown-finding", detail: `there is no finding ${cutText(findingId, 200)}` });

export const findingRoutes = newRouter()
  .openapi(listAll, async (c) => {
    const { tenant, store, catalog, cursors } = c.var;
    const { limit, cursor, asOf, ...filter } = c.req.valid("query");
    const reps = listsOf(c);
    const list = valueOf(
      await listFindings({
        tenant,
        store: store.nightly,
        catalog,
        filter,
        reps,
        asOf,
        now: nowOf(c),
        onUnreadable: noteUnreadable(c),
      }),
    );
    const findings = await seen(c, list.findings, list.customers);
    const page = pageOfAll(findings, {
      cursors,
      list: `findings ${JSON.stringify([asOf, filter.kind, filter.repId, filter.customerId])}`,
      cursor,
      limit,
      idOf: ({ id }) => id,
    });
    // Of one customer only to those who see them.
    const isForActor = filter.customerId === undefined || (await seesCustomer(c, filter.customerId));
    const customersSetAside = isForActor ? list.customersSetAside : 0;
    return c.json({ asOf: list.asOf, data: page.data.map(findingJson), next: page.next, customersSetAside }, 200);
  })
  .openapi(readOne, async (c) => {
    const { tenant, store, catalog } = c.var;
    const { findingId } = c.req.valid("param");
    const address = parseFindingId(findingId);
    if (address === undefined) throw noFinding(findingId);
    const { asOf } = c.req.valid("query");
    const filter = { address, customerId: customerIdOf(address.subject), withCarried: true };
    const list = await listFindings({
      tenant,
      store: store.nightly,
      catalog,
      filter,
      asOf,
      now: nowOf(c),
      onUnreadable: noteUnreadable(c),
    });
    if (!list.ok && list.reason !== "no-nightly-run") throw refused(list);
    const found = list.ok ? list.value.findings.filter(({ id }) => id === findingId) : [];
    const [finding] = await seen(c, found);
    if (finding === undefined) throw noFinding(findingId);
    return c.json(findingJson(finding), 200);
  });
