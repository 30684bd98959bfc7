import { createRoute } from "@hono/zod-openapi";
import { levels } from "@regulars/core/insights/finding";
import { ownerIdOf as idOfOwner, ownerTypes } from "@regulars/core/monitors/owner";
import { followUpChangeSchema, followUpTextSchema } from "@regulars/core/monitors/follow-up";
import { activityTypes } from "@regulars/core/customers/activity";
import { toInstant } from "@regulars/core/platform/values";
import { customerStatuses } from "@regulars/flows/monitors/customer-statuses";
import { findOwner } from "@regulars/flows/monitors/find-owner";
import { followUpByHand } from "@regulars/flows/monitors/follow-up-by-hand";
import { ourContactAt } from "@regulars/flows/monitors/our-contact";
import * as z from "zod";
import { effectsOf } from "../../effects.ts";
import { looks } from "../access/decide.ts";
import { seenCustomer } from "../customers/visible-customer.ts";
import { newRouter, nowOf } from "../http/environment.ts";
import { refused, valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, lookup, problems } from "../http/schemas.ts";
import { byWhom, demandReview } from "./follow-up-context.ts";
import { followUpJson, followUpJsonSchema } from "./follow-up-schemas.ts";
import { pictureJson, pictureJsonSchema } from "./schemas.ts";

const shownSchema = z
  .object({
    statusId: z.string(),
    name: z.string(),
    ownerType: z.enum(ownerTypes),
    ownerId: z.string(),
    since: z.string(),
    text: z.string().meta({ description: "The description with the owner's values: escape it where it is shown" }),
    level: z.enum(levels),
    rank: z.int(),
    isVisual: z.boolean(),
    picture: pictureJsonSchema.nullable(),
    isPending: z.boolean().meta({ description: "The monitor was changed, and not everybody is evaluated yet" }),
  })
  .meta({ id: "CustomerStatus" });

const tags = ["Status monitors"];

const read = createRoute({
  method: "get",
  path: "/customers/{customerId}/statuses",
  tags,
  summary: "The statuses of a customer, its persons and projects: the first visual one gives the picture",
  middleware: [looks],
  request: { params: z.object({ customerId: lookup("acme") }) },
  responses: { 200: json(z.object({ data: z.array(shownSchema) }), "The statuses"), ...problems(404) },
});

const follow = createRoute({
  method: "post",
  path: "/customers/{customerId}/statuses/{statusId}/follow-up",
  tags,
  summary: "Make the follow-up of a status that somebody has now; asked for again, it is the same one",
  middleware: [looks],
  request: {
    headers: idempotencyHeader,
    params: z.object({ customerId: lookup("acme"), statusId: lookup("neglected") }),
    body: body(
      z.strictObject({
        ownerType: z.enum(ownerTypes).default("company"),
        ownerId: z.string().min(1).max(200).optional().meta({ description: "The person or the project" }),
        type: z.enum(activityTypes).optional().meta({ description: "Default: that of the status, else call" }),
        text: followUpTextSchema.optional().meta({ description: "With variables like <name>; default: the status's" }),
        dueOn: followUpChangeSchema.shape.dueOn.meta({ description: "Default: today" }),
        userId: followUpChangeSchema.shape.userId.meta({ description: "Default: our contact, else the caller" }),
      }),
      { text: "Call <name> (<cpho>)" },
    ),
  },
  responses: { 200: json(followUpJsonSchema, "The follow-up"), ...problems("write", 404) },
});

export const customerStatusRoutes = newRouter()
  .openapi(follow, async (c) => {
    const { tenant, store, catalog, runtime, actor } = c.var;
    const customer = await seenCustomer(c, c.req.valid("param").customerId);
    await demandReview(c, customer);
    const { ownerType, ownerId, ...given } = c.req.valid("json");
    const owner = valueOf(
      await findOwner(store.records, ownerType, ownerType === "company" ? customer.customerId : (ownerId ?? "")),
    );
    if (owner.customerId !== customer.customerId)
      throw refused({
        reason: `unknown-${ownerType}`,
        message: `customer ${customer.customerId} has no ${ownerType} ${ownerId}`,
      });
    const { clock, newId } = effectsOf(runtime.clock, runtime.elapsed);
    const made = await followUpByHand({
      tenant,
      catalog,
      store,
      newId,
      now: toInstant(clock()),
      statusId: c.req.valid("param").statusId,
      owner,
      given,
      by: byWhom(c),
      userId: actor.type === "user" ? actor.user.userId : undefined,
    });
    return c.json(followUpJson(valueOf(made).followUp), 200);
  })
  .openapi(read, async (c) => {
    const { tenant, store } = c.var;
    const customer = await seenCustomer(c, c.req.valid("param").customerId);
    const users = new Map((await store.nightly.users()).map((user) => [user.userId, user]));
    const contactName = ourContactAt({ users, tenant }, customer).name;
    const { monitors, statuses, nightly } = store;
    const now = nowOf(c);
    const given = { tenant, monitors, statuses, nightly, customer, contactName, now };
    const shown = valueOf(await customerStatuses(given));
    const data = shown.map(({ monitor, owner, since, text, isPending }) => ({
      statusId: monitor.statusId,
      name: monitor.name,
      ownerType: owner.type,
      ownerId: idOfOwner(owner),
      since,
      text,
      level: monitor.level,
      rank: monitor.rank,
      isVisual: monitor.isVisual,
      picture: pictureJson(monitor.picture),
      isPending,
    }));
    return c.json({ data }, 200);
  });
