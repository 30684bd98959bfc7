import { createRoute } from "@hono/zod-openapi";
import type { OwnerType } from "@regulars/core/monitors/owner";
import { ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import { type Day, toInstant } from "@regulars/core/platform/values";
import { explainCriteria } from "@regulars/flows/monitors/explain-criteria";
import { findOwner } from "@regulars/flows/monitors/find-owner";
import { listEntering } from "@regulars/flows/monitors/list-entering";
import type { CriteriaInput, Foretold } from "@regulars/flows/monitors/prepare-criteria";
import { previewMonitor } from "@regulars/flows/monitors/preview-monitor";
import { previewCriteria } from "@regulars/flows/monitors/preview-criteria";
import { readGivenCriteria } from "@regulars/flows/monitors/read-given-criteria";
import { selectOwners } from "@regulars/flows/monitors/select-owners";
import type { Context } from "hono";
import * as z from "zod";
import { looks } from "../access/decide.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, problems } from "../http/schemas.ts";
import {
  EXAMPLE,
  askedBody,
  enteringSchema,
  explanationJson,
  explanationSchema,
  previewJson,
  previewSchema,
  selectedSchema,
} from "./criteria-schemas.ts";
import { wholeFrom } from "@regulars/core/platform/whole-number";

const tags = ["Status monitors"];
const headers = idempotencyHeader;

const select = createRoute({
  method: "post",
  path: "/criteria/select",
  tags,
  summary: "Who meets criteria on a day, of those whom the caller sees; saves nothing",
  middleware: [looks],
  request: { headers, body: body(askedBody, EXAMPLE) },
  responses: { 200: json(selectedSchema, "Their ids"), ...problems("write") },
});

const preview = createRoute({
  method: "post",
  path: "/criteria/preview",
  tags,
  summary: "How many criteria match, exclude and leave unknown, and how many enter and leave; saves nothing",
  middleware: [looks],
  request: {
    headers,
    body: body(
      askedBody.extend({
        criteria: askedBody.shape.criteria.optional(),
        ownerType: z.enum(ownerTypes).optional().meta({ description: "Default: that of the status, else company" }),
        saved: z.unknown().optional().meta({ description: "The criteria to compare with" }),
        statusId: z.string().max(64).optional().meta({
          description:
            "Instead: the criteria, by default its saved ones, are compared with the saved ones of this status",
        }),
      }),
      EXAMPLE,
    ),
  },
  responses: { 200: json(previewSchema, "The preview"), ...problems("write") },
});

const entering = createRoute({
  method: "post",
  path: "/criteria/entering",
  tags,
  summary: "Who will meet criteria within some days if nothing happens",
  middleware: [looks],
  request: { headers, body: body(askedBody.extend({ days: wholeFrom(1, 400).default(14) }), EXAMPLE) },
  responses: { 200: json(enteringSchema, "Who, and from which day on"), ...problems("write") },
});

const explain = createRoute({
  method: "post",
  path: "/criteria/explain",
  tags,
  summary: "Each comparison of criteria for one owner, with its value and truth, and when the whole changes",
  middleware: [looks],
  request: {
    headers,
    body: body(askedBody.extend({ ownerId: z.string().min(1).max(200) }), { ...EXAMPLE, ownerId: "acme" }),
  },
  responses: { 200: json(explanationSchema, "The explanation"), ...problems("write", 404) },
});

interface Asked {
  readonly criteria?: unknown;
  readonly ownerType: OwnerType;
  readonly asOf?: Day | undefined;
}

/** Criteria of a request, checked; the caller's customers only. */
async function inputOf(
  c: Context<ApiEnv>,
  { criteria: given, ownerType, asOf }: Asked,
): Promise<CriteriaInput & Foretold> {
  const { tenant, store, catalog, runtime } = c.var;
  const { monitors, customersAfter, nightly } = store;
  const known = { tenant, catalog, monitors, customersAfter };
  const { criteria, fields } = valueOf(await readGivenCriteria(known, given, { ownerType }));
  const { canSee } = await c.var.scope();
  return { tenant, catalog, nightly, monitors, criteria, fields, canSee, asOf, now: toInstant(runtime.clock()) };
}

export const criteriaRoutes = newRouter()
  .openapi(select, async (c) => {
    const { asOf, owners, setAside } = valueOf(await selectOwners(await inputOf(c, c.req.valid("json"))));
    return c.json({ asOf, ids: owners.map(ownerIdOf), setAside }, 200);
  })
  .openapi(preview, async (c) => {
    const { saved, statusId, ...asked } = c.req.valid("json");
    if (statusId !== undefined) {
      const { tenant, store, catalog } = c.var;
      const { canSee } = await c.var.scope();
      const now = nowOf(c);
      const found = await previewMonitor({ ...store, tenant, catalog, canSee, now, statusId, saved, ...asked });
      return c.json(previewJson(valueOf(found)), 200);
    }
    const about = { ...asked, ownerType: asked.ownerType ?? "company" };
    const input = await inputOf(c, about);
    const before = saved === undefined || saved === null ? undefined : await inputOf(c, { ...about, criteria: saved });
    return c.json(previewJson(valueOf(await previewCriteria({ ...input, saved: before?.criteria }))), 200);
  })
  .openapi(entering, async (c) => {
    const { days, ...asked } = c.req.valid("json");
    const found = valueOf(await listEntering({ ...(await inputOf(c, asked)), days }));
    return c.json(
      { asOf: found.asOf, entering: found.entering.map(({ owner, on }) => ({ ownerId: ownerIdOf(owner), on })) },
      200,
    );
  })
  .openapi(explain, async (c) => {
    const { ownerId, ...asked } = c.req.valid("json");
    const input = await inputOf(c, asked);
    const owner = valueOf(await findOwner(c.var.store.records, asked.ownerType, ownerId));
    const explained = valueOf(await explainCriteria({ ...input, owner }));
    return c.json(explanationJson(explained, { asOf: explained.asOf, ownerId }), 200);
  });
