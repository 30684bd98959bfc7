import { createRoute } from "@hono/zod-openapi";
import type { User } from "@regulars/core/access/user";
import { cutText } from "@regulars/core/platform/cut-text";
import type { SaveOutcome } from "@regulars/core/platform/save-counts";
import { userIdSchema } from "@regulars/core/platform/values";
import { retryForUser } from "@regulars/flows/assignment/retry-for-user";
import * as z from "zod";
import { demand } from "./decide.ts";
import { newRouter } from "../http/environment.ts";
import { beyondRights } from "./give-rights.ts";
import { companionFor } from "./idempotency.ts";
import { pageOfAll } from "../http/page.ts";
import { Problem } from "../http/problem.ts";
import {
  body,
  json,
  lookup,
  idempotencyHeader,
  pageAnswerSchemaOf,
  pageQuery,
  problems,
  userIdField,
} from "../http/schemas.ts";
import { rescheduleAfter } from "../http/reschedule-after.ts";
import { sendAfter } from "../http/send-after.ts";
import { stampOf } from "../http/stamp.ts";
import { userFields, userAnswerSchema } from "../http/user-schemas.ts";

/** Users may see their colleagues; an API key that only ingests or adds leads need not. */
const looks = demand("users.manage", "insights.view_own", "insights.view_team", "insights.view_all");

const listUsers = createRoute({
  method: "get",
  path: "/users",
  tags: ["Users"],
  summary: "The tenant's employees",
  middleware: [looks],
  request: { query: z.object(pageQuery) },
  responses: { 200: json(pageAnswerSchemaOf(userAnswerSchema), "Users by id"), ...problems(409) },
});

const readUser = createRoute({
  method: "get",
  path: "/users/{userId}",
  tags: ["Users"],
  summary: "One employee",
  middleware: [looks],
  request: { params: z.object({ userId: lookup("anna") }) },
  responses: { 200: json(userAnswerSchema, "The user"), ...problems(404) },
});

const saveUser = createRoute({
  method: "put",
  path: "/users/{userId}",
  tags: ["Users"],
  summary: "Add an employee, or replace one",
  middleware: [demand("users.manage")],
  request: {
    headers: idempotencyHeader,
    params: z.object({ userId: userIdField }),
    body: body(z.strictObject(userFields).meta({ id: "UserFields" }), {
      name: "Anna Berg",
      email: "anna@example.com",
      role: "rep",
      teamId: "north",
    }),
  },
  responses: {
    200: json(userAnswerSchema, "The changed user"),
    201: json(userAnswerSchema, "The new user"),
    ...problems("write"),
  },
});

const userJson = (user: User): z.output<typeof userAnswerSchema> => ({
  ...user,
  dealRights: user.dealRights === undefined ? undefined : [...user.dealRights],
});

const statusOf = (outcome: SaveOutcome) => (outcome === "created" ? 201 : 200);

const notThere = (userId: string): Problem =>
  new Problem({ status: 404, code: "unknown-user", detail: `there is no user ${cutText(userId, 200)}` });

export const userRoutes = newRouter()
  .openapi(listUsers, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const users = (await c.var.store.nightly.users()).map(userJson);
    const page = {
      cursors: c.var.cursors,
      list: "users",
      cursor,
      limit,
      idOf: (user: { userId: string }) => user.userId,
    };
    return c.json(pageOfAll(users, page), 200);
  })
  .openapi(readUser, async (c) => {
    const { userId } = c.req.valid("param");
    const known = userIdSchema.safeParse(userId);
    const user = known.success ? await c.var.store.user(known.data) : undefined;
    if (user === undefined) throw notThere(userId);
    return c.json(userJson(user), 200);
  })
  .openapi(saveUser, async (c) => {
    const userId = userIdSchema.parse(c.req.valid("param").userId);
    const fields = c.req.valid("json");
    const user: User = { ...fields, userId, name: fields.name ?? userId, role: fields.role ?? "rep" };
    const beyond = beyondRights(c, await c.var.store.user(userId), user);
    if (beyond !== undefined)
      throw new Problem({
        status: 403,
        code: beyond.code,
        detail: `${beyond.path} ${beyond.message}`,
        errors: [beyond],
      });
    const { store } = c.var;
    await retryForUser(user, store.sales, (planId) => sendAfter(c, "plans", () => ({ planId })));
    // Where they are now may be earlier in the day.
    const reschedule = rescheduleAfter(c);
    const companionOf = (outcome: SaveOutcome) => companionFor(c, statusOf(outcome), userJson(user));
    const saved = await store.saveUser(user, companionOf, stampOf(c));
    await reschedule();
    return c.json(userJson(user), statusOf(saved));
  });
