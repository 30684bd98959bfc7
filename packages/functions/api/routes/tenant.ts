import { createRoute } from "@hono/zod-openapi";
import { rights, rightsOf } from "@regulars/core/rights";
import { tenantPlans } from "@regulars/core/tenant";
import * as z from "zod";
import { newRouter } from "../environment.ts";
import { json, problems } from "../schemas.ts";

const tenantSchema = z
  .object({
    tenantId: z.string(),
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    locale: z.string(),
    plan: z.enum(tenantPlans),
  })
  .meta({ id: "Tenant", description: "The distributor whose data this is" });

const meSchema = z
  .object({
    type: z.enum(["user", "key"]),
    id: z.string().meta({ description: "User id, or key id" }),
    name: z.string(),
    rights: z.array(z.enum(rights)),
    tenant: tenantSchema,
  })
  .meta({ id: "Me" });

const readMe = createRoute({
  method: "get",
  path: "/me",
  tags: ["Access"],
  summary: "Who asks, with which rights, at which tenant",
  responses: { 200: json(meSchema, "The actor behind the credentials"), ...problems() },
});

export const tenantRoutes = newRouter().openapi(readMe, (c) => {
  const { actor, tenant } = c.var;
  const { tenantId, name, timeZone, currency, locale, plan } = tenant;
  const who =
    actor.type === "user"
      ? { type: actor.type, id: actor.user.userId, name: actor.user.name, rights: [...rightsOf(actor.user.role)] }
      : { type: actor.type, id: actor.keyId, name: actor.name, rights: [...actor.actions] };
  return c.json({ ...who, tenant: { tenantId, name, timeZone, currency, locale, plan } }, 200);
});
