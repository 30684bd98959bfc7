import { createRoute } from "@hono/zod-openapi";
import { MOST_IDS, newSelectionSchema } from "@regulars/core/monitors/selection";
import { ownerIdOf } from "@regulars/core/monitors/owner";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import {
  addMembers,
  changeSelection,
  createSelection,
  deleteSelection,
  findSelection,
  freezeSelection,
  removeMembers,
} from "@regulars/flows/monitors/selections";
import { readVisibleMembers } from "@regulars/flows/monitors/visible-members";
import type { Selection } from "@regulars/core/monitors/selection";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { refused, valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, lookup, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import { byWhom } from "./follow-up-context.ts";
import { criteriaField } from "./schemas.ts";
import { selectionContextOf, selectionIdOf } from "./selection-context.ts";
import { memberJson, memberJsonSchema, selectionJson, selectionJsonSchema } from "./selection-schemas.ts";

const looks = demand("insights.view_own", "insights.view_team", "insights.view_all", "statuses.manage");
const manage = demand("statuses.manage");
const tags = ["Status monitors"];
const params = z.object({ selectionId: lookup("sel_example") });
const headers = idempotencyHeader;
const answers = { 200: json(selectionJsonSchema, "The selection"), ...problems("write", 404) };
const { shape } = newSelectionSchema;
const criteria = { field: "category", op: "is", value: "Customer" };

const list = createRoute({
  method: "get",
  path: "/selections",
  tags,
  summary: "Selections, by name",
  middleware: [looks],
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageAnswerSchemaOf(selectionJsonSchema), "Selections"), ...problems(409) },
});

const create = createRoute({
  method: "post",
  path: "/selections",
  tags,
  summary: "Make a selection: dynamic with criteria, else a list that members are added to",
  middleware: [manage],
  request: {
    headers,
    body: body(newSelectionSchema.extend({ criteria: criteriaField.optional() }), {
      name: "Customers",
      ownerType: "company",
      criteria,
    }),
  },
  responses: { 201: json(selectionJsonSchema, "The new selection"), ...problems("write") },
});

const read = createRoute({
  method: "get",
  path: "/selections/{selectionId}",
  tags,
  summary: "One selection",
  middleware: [looks],
  request: { params },
  responses: { 200: json(selectionJsonSchema, "The selection"), ...problems(404) },
});

const change = createRoute({
  method: "patch",
  path: "/selections/{selectionId}",
  tags,
  summary: "Rename a selection, or give a dynamic one other criteria",
  middleware: [manage],
  request: {
    headers,
    params,
    body: body(z.strictObject({ name: shape.name.optional(), criteria: criteriaField.optional() }), { name: "Calls" }),
  },
  responses: answers,
});

const remove = createRoute({
  method: "delete",
  path: "/selections/{selectionId}",
  tags,
  summary: "Delete a selection",
  middleware: [manage],
  request: { headers, params },
  responses: answers,
});

const readMembers = createRoute({
  method: "get",
  path: "/selections/{selectionId}/members",
  tags,
  summary: "Who is in a selection, of those whom the caller sees; a dynamic one is evaluated now",
  middleware: [looks],
  request: { params, query: z.object(pageQuery) },
  responses: {
    200: json(pageAnswerSchemaOf(memberJsonSchema).extend({ asOf: z.string(), total: z.int() }), "Members"),
    ...problems(404, 409),
  },
});

const ids = z.strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(MOST_IDS) });

const add = createRoute({
  method: "post",
  path: "/selections/{selectionId}/members",
  tags,
  summary: "Add members to a static selection; one unknown id refuses all",
  middleware: [manage],
  request: { headers, params, body: body(ids, { ids: ["acme"] }) },
  responses: answers,
});

const take = createRoute({
  method: "post",
  path: "/selections/{selectionId}/members/~remove",
  tags,
  summary: "Take members out of a static selection",
  middleware: [manage],
  request: { headers, params, body: body(ids, { ids: ["acme"] }) },
  responses: answers,
});

const freeze = createRoute({
  method: "post",
  path: "/selections/{selectionId}/frozen",
  tags,
  summary: "Make a static selection of those who are in this one now",
  middleware: [manage],
  request: { headers, params, body: body(z.strictObject({ name: shape.name }), { name: "Customers in November" }) },
  responses: {
    201: json(selectionJsonSchema, "The new selection"),
    ...problems("write", 404),
  },
});

const companionOf =
  (c: Context<ApiEnv>, status = 200) =>
  (selection: Selection) =>
    companionFor(c, status, selectionJson(selection));

export const selectionRoutes = newRouter()
  .openapi(list, async (c) => {
    const gated = statusesRefusal(c.var.tenant);
    if (gated !== undefined) throw refused(gated);
    const { cursor, limit } = c.req.valid("query");
    const all = await c.var.store.selections.list();
    const place = { cursors: c.var.cursors, list: "selections", cursor, limit };
    const page = pageOfAll(all, { ...place, idOf: ({ selectionId }) => selectionId });
    return c.json({ data: page.data.map(selectionJson), next: page.next }, 200);
  })
  .openapi(create, async (c) => {
    const given = c.req.valid("json");
    const made = await createSelection(selectionContextOf(c), given, byWhom(c), companionOf(c, 201));
    return c.json(selectionJson(valueOf(made)), 201);
  })
  .openapi(read, async (c) =>
    c.json(selectionJson(valueOf(await findSelection(selectionContextOf(c), selectionIdOf(c)))), 200),
  )
  .openapi(change, async (c) => {
    const given = c.req.valid("json");
    const changed = await changeSelection(selectionContextOf(c), selectionIdOf(c), given, companionOf(c));
    return c.json(selectionJson(valueOf(changed)), 200);
  })
  .openapi(remove, async (c) => {
    const gone = await deleteSelection(selectionContextOf(c), selectionIdOf(c), companionOf(c));
    return c.json(selectionJson(valueOf(gone)), 200);
  })
  .openapi(readMembers, async (c) => {
    const selectionId = selectionIdOf(c);
    const { limit, cursor } = c.req.valid("query");
    const { canSee } = await c.var.scope();
    const { owners, asOf } = valueOf(await readVisibleMembers(selectionContextOf(c), selectionId, canSee));
    const place = { cursors: c.var.cursors, list: `members of ${selectionId}`, cursor, limit };
    const page = pageOfAll(owners, { ...place, idOf: ownerIdOf });
    return c.json({ asOf, total: owners.length, data: page.data.map(memberJson), next: page.next }, 200);
  })
  .openapi(add, async (c) => {
    const added = await addMembers(selectionContextOf(c), selectionIdOf(c), c.req.valid("json").ids, companionOf(c));
    return c.json(selectionJson(valueOf(added)), 200);
  })
  .openapi(take, async (c) => {
    const taken = await removeMembers(selectionContextOf(c), selectionIdOf(c), c.req.valid("json").ids, companionOf(c));
    return c.json(selectionJson(valueOf(taken)), 200);
  })
  .openapi(freeze, async (c) => {
    const given = { selectionId: selectionIdOf(c), name: c.req.valid("json").name };
    const made = await freezeSelection(selectionContextOf(c), given, byWhom(c), companionOf(c, 201));
    return c.json(selectionJson(valueOf(made)), 201);
  });
