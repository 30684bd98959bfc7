import { createRoute } from "@hono/zod-openapi";
import { templateVersions } from "@regulars/core/notifications/template-history";
import { tenantTexts } from "@regulars/core/notifications/templates";
import { languageOf, languageSchema } from "@regulars/core/platform/languages";
import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { previewedTemplate } from "@regulars/flows/notifications/preview-template";
import { templateChanges } from "@regulars/flows/notifications/template-history";
import { previewTemplate, shownTemplates, templatePlaces } from "@regulars/render/notifications/template-preview";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { newRouter } from "../http/environment.ts";
import { valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, problems } from "../http/schemas.ts";

const tags = ["Notifications"];
const manages = demand("settings.manage");

const templateSchema = z
  .object({
    textId: z.string(),
    words: z.string().meta({ description: "The words that hold" }),
    usual: z.string().meta({ description: "The product's words" }),
    isOwn: z.boolean(),
    variables: z.array(z.string()),
    mayBeEmpty: z.array(z.string()).meta({ description: "Variables that need a fallback" }),
    most: z.int().meta({ description: "Characters" }),
    isOneLine: z.boolean(),
    places: z.array(z.enum(templatePlaces)),
    versions: z
      .array(z.object({ version: z.int(), at: z.string(), by: z.string(), words: z.string().nullable() }))
      .meta({ description: "Newest first; null words are the product's" }),
  })
  .meta({ id: "Template", description: "A text that the tenant may say in its own words" });

const list = createRoute({
  method: "get",
  path: "/tenant/templates",
  tags,
  summary:
    "The texts that the tenant may say in its own words, in one language; PATCH /v1/tenant/settings changes them",
  middleware: [manages],
  request: {
    query: z.object({ language: languageSchema.optional().meta({ description: "Default: that of the locale" }) }),
  },
  responses: { 200: json(z.object({ data: z.array(templateSchema) }), "The texts"), ...problems() },
});

const preview = createRoute({
  method: "post",
  path: "/tenant/templates/preview",
  tags,
  summary: "Words of a text with the values of a real customer, as they stand in each place; saves nothing",
  middleware: [manages],
  request: {
    headers: idempotencyHeader,
    body: body(
      z
        .strictObject({
          textId: z.string().max(200),
          words: z.string(),
          language: languageSchema.optional(),
          customerId: customerIdSchema.optional().meta({ description: "Default: the first whom it would be about" }),
        })
        .meta({ id: "TemplatePreviewFields" }),
      { textId: "digest.footer", words: "You look after customers of <firm>." },
    ),
  },
  responses: {
    200: json(
      z.object({
        customerId: z.string(),
        customerName: z.string(),
        places: z.array(z.object({ place: z.enum(templatePlaces), written: z.string() })),
      }),
      "The text in each place",
    ),
    ...problems("write", 404),
  },
});

export const templateRoutes = newRouter()
  .openapi(list, async (c) => {
    const { tenant, catalog, store } = c.var;
    const { language = languageOf(tenant.locale) } = c.req.valid("query");
    const changes = await templateChanges(store.changeLogs.settings);
    const data = shownTemplates(tenant, catalog, language).map((one) => ({
      ...one,
      variables: [...one.variables],
      mayBeEmpty: [...one.mayBeEmpty],
      places: [...one.places],
      versions: [...templateVersions(changes, language, one.textId)],
    }));
    return c.json({ data }, 200);
  })
  .openapi(preview, async (c) => {
    const { tenant, catalog, store, runtime } = c.var;
    const { language = languageOf(tenant.locale), ...asked } = c.req.valid("json");
    const example = valueOf(
      await previewedTemplate({
        ...asked,
        tenant,
        catalog,
        store: store.nightly,
        scope: await c.var.scope(),
        links: runtime.links,
        now: toInstant(runtime.clock()),
      }),
    );
    const { customer, values } = example;
    const texts = tenantTexts(tenant, catalog.textOf);
    return c.json(
      {
        customerId: customer.customerId,
        customerName: customer.name ?? customer.customerId,
        places: previewTemplate({ ...asked, values, texts, language, tenant }),
      },
      200,
    );
  });
