import { ContentionError } from "@regulars/core/platform/contention-error";
import { createRoute } from "@hono/zod-openapi";
import { type ContactId, contactIdSchema } from "@regulars/core/platform/ids";
import { type Instant, userIdSchema } from "@regulars/core/platform/values";
import { contactActivityTypes, logActivity } from "@regulars/flows/contacts/log-activity";
import type { Context } from "hono";
import * as z from "zod";
import { seesCustomer } from "../customers/visible-customer.ts";
import { decide, demand } from "../access/decide.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { salesContext } from "../sales-plans/context.ts";
import { Problem, refused, valueOf } from "../http/problem.ts";
import { body, json, lookup, idempotencyHeader, problems } from "../http/schemas.ts";

const param = z.object({ personId: lookup("per_1") });
const manage = demand("deals.edit_all", "deals.edit_bulk");

export const contactAnswerSchema = z
  .object({
    personId: z.string(),
    externalId: z.string().nullable(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    ownerId: z.string().nullable(),
    customerPersonId: z.string().nullable().meta({
      description: "The imported person who this contact is, at a customer that the caller sees",
    }),
    customerId: z.string().nullable().meta({ description: "Where they work now" }),
    createdAt: z.string(),
  })
  .meta({ id: "Contact", description: "A person known from leads" });

const readPerson = createRoute({
  method: "get",
  path: "/contacts/{personId}",
  tags: ["Deals"],
  summary: "A person known from leads",
  middleware: [manage],
  request: { params: param },
  responses: { 200: json(contactAnswerSchema, "The person"), ...problems(404) },
});

const setOwner = createRoute({
  method: "put",
  path: "/contacts/{personId}/owner",
  tags: ["Deals"],
  summary: "Set a person's owner: plans with owner affinity assign the person's leads to that manager",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: param,
    body: body(z.strictObject({ ownerId: userIdSchema.nullable() }), { ownerId: "anna" }),
  },
  responses: { 200: json(contactAnswerSchema, "The changed person"), ...problems("write", 404) },
});

const addActivity = createRoute({
  method: "post",
  path: "/contacts/{personId}/activities",
  tags: ["Deals"],
  summary: "Record that a manager was in contact with a person",
  middleware: [manage],
  request: {
    headers: idempotencyHeader,
    params: param,
    body: body(z.strictObject({ type: z.enum(contactActivityTypes), userId: userIdSchema }), {
      type: "call",
      userId: "anna",
    }),
  },
  responses: {
    201: json(z.object({ personId: z.string(), at: z.string() }), "It is recorded"),
    ...problems("write", 404),
  },
});

function personIdOf(c: Context<ApiEnv>): ContactId {
  const given = contactIdSchema.safeParse(c.req.param("personId"));
  if (given.success) return given.data;
  throw unknown();
}

const unknown = () => refused({ reason: "unknown-person", message: "there is no such person" });

/**
 * Who changes only the deals of some sales plans sees a person only while they have an open deal in one of those, or
 * when they have dealt with each other.
 */
export async function seesContact(c: Context<ApiEnv>, personId: ContactId): Promise<boolean> {
  if (decide(c, "person.see", { managers: [], plans: [] })) return true;
  const { contacts, salesPlans } = c.var.store.sales;
  const [evidence, open] = await Promise.all([contacts.evidenceOf(personId), contacts.openPlansOf(personId)]);
  const plans = await Promise.all(open.map((planId) => salesPlans.plan(planId)));
  return decide(c, "person.see", {
    managers: evidence.map(({ userId }) => userId),
    plans: plans.filter((plan) => plan !== undefined),
  });
}

async function personOf(c: Context<ApiEnv>): Promise<z.output<typeof contactAnswerSchema>> {
  const found = await c.var.store.sales.contacts.atCustomer(personIdOf(c));
  if (found === undefined || !(await seesContact(c, found.contact.personId))) throw unknown();
  const { personId, externalId, name, email, phone, ownerId, customerPersonId, createdAt } = found.contact;
  const isSeen = found.customerId !== undefined && (await seesCustomer(c, found.customerId));
  return {
    personId,
    externalId: externalId ?? null,
    name: name ?? null,
    email: email ?? null,
    phone: phone ?? null,
    ownerId: ownerId ?? null,
    customerPersonId: (isSeen ? customerPersonId : undefined) ?? null,
    customerId: (isSeen ? found.customerId : undefined) ?? null,
    createdAt,
  };
}

async function mustBeUser(c: Context<ApiEnv>, userId: Parameters<typeof logActivity>[0]["userId"], path: string) {
  if ((await c.var.store.sales.salesPlans.users([userId])).has(userId)) return;
  const message = `there is no user ${userId}`;
  throw new Problem({
    status: 422,
    code: "unusable-fields",
    detail: message,
    errors: [{ path, code: "unknown-user", message }],
  });
}

export const contactRoutes = newRouter()
  .openapi(readPerson, async (c) => c.json(await personOf(c), 200))
  .openapi(setOwner, async (c) => {
    const { ownerId } = c.req.valid("json");
    const changed = { ...(await personOf(c)), ownerId };
    if (ownerId !== null) await mustBeUser(c, ownerId, "ownerId");
    const answer = companionFor(c, 200, changed);
    if (!(await c.var.store.sales.contacts.setOwner(personIdOf(c), ownerId ?? undefined, answer)))
      throw new ContentionError("the person was changed by another request at the same time: try again");
    return c.json(changed, 200);
  })
  .openapi(addActivity, async (c) => {
    const { type, userId } = c.req.valid("json");
    const { personId } = await personOf(c);
    await mustBeUser(c, userId, "userId");
    const companionOf = (moment: Instant) => companionFor(c, 201, { personId, at: moment });
    const activity = { personId: personIdOf(c), userId, type, companionOf };
    const { at } = valueOf(await logActivity({ context: salesContext(c), ...activity }));
    return c.json({ personId, at }, 201);
  });
