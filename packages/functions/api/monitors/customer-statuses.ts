import { createRoute } from "@hono/zod-openapi";
import { ownerIdOf } from "@regulars/core/customers/list-scope";
import { levels } from "@regulars/core/insights/finding";
import { ownerIdOf as idOfOwner, ownerTypes } from "@regulars/core/monitors/owner";
import { customerStatuses } from "@regulars/flows/monitors/customer-statuses";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { seenCustomer } from "../customers/visible-customer.ts";
import { newRouter } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { json, lookup, problems } from "../http/schemas.ts";
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

const read = createRoute({
  method: "get",
  path: "/customers/{customerId}/statuses",
  tags: ["Status monitors"],
  summary: "The statuses of a customer, its persons and projects: the first visual one gives the picture",
  middleware: [demand("insights.view_own", "insights.view_team", "insights.view_all")],
  request: { params: z.object({ customerId: lookup("acme") }) },
  responses: { 200: json(z.object({ data: z.array(shownSchema) }), "The statuses"), ...problems(403, 404) },
});

export const customerStatusRoutes = newRouter().openapi(read, async (c) => {
  const { tenant, store } = c.var;
  const customer = await seenCustomer(c, c.req.valid("param").customerId);
  const users = new Map((await store.nightly.users()).map((user) => [user.userId, user]));
  const userId = ownerIdOf(customer, (id) => users.has(id));
  const contactName = (userId === undefined ? undefined : users.get(userId)?.name) ?? tenant.name;
  const { monitors, statuses } = store;
  const shown = valueOf(await customerStatuses({ tenant, monitors, statuses, customer, contactName }));
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
