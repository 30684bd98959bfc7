import { createRoute } from "@hono/zod-openapi";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { progressOf } from "@regulars/core/monitors/regeneration";
import { cutText } from "@regulars/core/platform/cut-text";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import {
  type MonitorContext,
  type SavedMonitor,
  changeMonitor,
  createMonitor,
  deleteMonitor,
  findMonitor,
  restoreMonitor,
  setPicture,
} from "@regulars/flows/monitors/save-monitor";
import { textWarnings } from "@regulars/core/monitors/change-monitor";
import type { Context } from "hono";
import * as z from "zod";
import { effectsOf } from "../../effects.ts";
import type { RebuildMessage } from "../../workers/messages.ts";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { pageOfAll } from "../http/page.ts";
import { refused, valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, lookup, pageAnswerSchemaOf, pageQuery, problems } from "../http/schemas.ts";
import { sendAfter } from "../http/send-after.ts";
import { pictureHeaders, pictureIdOf } from "./picture-headers.ts";
import {
  monitorChangeBody,
  monitorJson,
  monitorJsonSchema,
  newMonitorBody,
  regenerationJson,
  regenerationJsonSchema,
} from "./schemas.ts";

const looks = demand("insights.view_own", "insights.view_team", "insights.view_all", "statuses.manage");
const manage = demand("statuses.manage");
const tags = ["Status monitors"];
const params = z.object({ statusId: lookup("neglected") });
const headers = idempotencyHeader;
const answers = { 200: json(monitorJsonSchema, "The status monitor"), ...problems("write", 404) };

const exampleMonitor = {
  name: "Neglected customer",
  ownerType: "company",
  description: "<name> has not heard from us: <cont> calls (<cpho>) or writes (<mail>).",
  criteria: { field: "category", op: "is", value: "Customer" },
};

const list = createRoute({
  method: "get",
  path: "/status-monitors",
  tags,
  summary: "Status monitors, the lowest rank first",
  middleware: [looks],
  request: {
    query: z.object({
      ownerType: z.enum(ownerTypes).optional(),
      deleted: z.enum(["true", "false"]).optional().meta({ description: "true: the deleted ones" }),
      ...pageQuery,
    }),
  },
  responses: { 200: json(pageAnswerSchemaOf(monitorJsonSchema), "Status monitors"), ...problems() },
});

const create = createRoute({
  method: "post",
  path: "/status-monitors",
  tags,
  summary: "Create a status monitor; picture, follow-up and criteria may follow in any order",
  middleware: [manage],
  request: { headers, body: body(newMonitorBody, exampleMonitor) },
  responses: { 201: json(monitorJsonSchema, "The new status monitor"), ...problems("write") },
});

const read = createRoute({
  method: "get",
  path: "/status-monitors/{statusId}",
  tags,
  summary: "One status monitor",
  middleware: [looks],
  request: { params },
  responses: { 200: json(monitorJsonSchema, "The status monitor"), ...problems(404) },
});

const readRegeneration = createRoute({
  method: "get",
  path: "/status-monitors/{statusId}/regeneration",
  tags,
  summary: "How far the evaluation of a status monitor's present criteria is",
  middleware: [looks],
  request: { params },
  responses: { 200: json(regenerationJsonSchema, "The progress"), ...problems(404) },
});

const change = createRoute({
  method: "patch",
  path: "/status-monitors/{statusId}",
  tags,
  summary: "Change a status monitor; what is not named stays, null takes criteria or follow-up away",
  middleware: [manage],
  request: { headers, params, body: body(monitorChangeBody, { rank: 10, told: { digest: true } }) },
  responses: answers,
});

const remove = createRoute({
  method: "delete",
  path: "/status-monitors/{statusId}",
  tags,
  summary: "Delete a status monitor; it can be restored. One that others ask for is refused",
  middleware: [manage],
  request: { headers, params },
  responses: answers,
});

const restore = createRoute({
  method: "post",
  path: "/status-monitors/{statusId}/~restore",
  tags,
  summary: "Restore a deleted status monitor",
  middleware: [manage],
  request: { headers, params },
  responses: answers,
});

/** One pixel. */
const EXAMPLE_PICTURE =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const EXAMPLE_PICTURE_ID = "6b7fa434f92a8b80aab02d9bf1a12e49ffcae424e4013a1c4f68b67e3d2bbcd0";

const setPictureRoute = createRoute({
  method: "put",
  path: "/status-monitors/{statusId}/picture",
  tags,
  summary: "Give a status its picture: PNG, JPEG or GIF, at most 200 KB and 520 x 720 pixels",
  middleware: [manage],
  request: {
    headers,
    params,
    body: body(
      z.strictObject({
        content: z.base64().max(400_000).meta({ description: "The file in base64" }),
        altText: z.string().max(300).meta({ description: "What it shows, for those who cannot see it" }),
      }),
      { content: EXAMPLE_PICTURE, altText: "A cobweb" },
    ),
  },
  responses: answers,
});

const removePicture = createRoute({
  method: "delete",
  path: "/status-monitors/{statusId}/picture",
  tags,
  summary: "Take a status's picture away",
  middleware: [manage],
  request: { headers, params },
  responses: answers,
});

const showPicture = createRoute({
  method: "get",
  path: "/status-pictures/{pictureId}",
  tags,
  summary: "The bytes of a picture; what an address shows never changes",
  middleware: [looks],
  request: { params: z.object({ pictureId: lookup(EXAMPLE_PICTURE_ID) }) },
  responses: {
    200: {
      description: "The picture",
      content: { "image/png": { schema: z.string().meta({ format: "binary" }) } },
    },
    ...problems(404),
  },
});

const contextOf = (c: Context<ApiEnv>): MonitorContext => ({
  tenant: c.var.tenant,
  monitors: c.var.store.monitors,
  selections: c.var.store.selections,
  catalog: c.var.catalog,
  customersAfter: c.var.store.customersAfter,
  nightly: c.var.store.nightly,
  now: nowOf(c),
});

const companionOf =
  (c: Context<ApiEnv>, status = 200) =>
  (saved: SavedMonitor) =>
    companionFor(c, status, monitorJson(saved));

/** Has the statuses of everybody settled anew after a change, in the background. */
const settlingAfter = (c: Context<ApiEnv>): void =>
  sendAfter(c, "rebuilds", () => ({ everybody: true }) satisfies Partial<RebuildMessage>);

export const monitorRoutes = newRouter()
  .openapi(list, async (c) => {
    const gated = statusesRefusal(c.var.tenant);
    if (gated !== undefined) throw refused(gated);
    const { ownerType, deleted = "false", cursor, limit } = c.req.valid("query");
    const monitors = (await c.var.store.monitors.monitors()).filter(
      (one) =>
        (ownerType === undefined || one.ownerType === ownerType) &&
        (one.deletedAt !== undefined) === (deleted === "true"),
    );
    const place = { cursors: c.var.cursors, list: `status-monitors ${ownerType} ${deleted}`, cursor, limit };
    const page = pageOfAll(monitors, { ...place, idOf: ({ statusId }) => statusId });
    const data = page.data.map((monitor) => monitorJson({ monitor, warnings: textWarnings(monitor) }));
    return c.json({ data, next: page.next }, 200);
  })
  .openapi(create, async (c) => {
    const { statusId = `sts_${effectsOf(c.var.runtime.clock, c.var.runtime.elapsed).newId()}`, ...given } =
      c.req.valid("json");
    settlingAfter(c);
    const saved = await createMonitor(contextOf(c), statusId, given, companionOf(c, 201));
    return c.json(monitorJson(valueOf(saved)), 201);
  })
  .openapi(read, async (c) => {
    const monitor = valueOf(await findMonitor(contextOf(c), c.req.valid("param").statusId));
    return c.json(monitorJson({ monitor, warnings: textWarnings(monitor) }), 200);
  })
  .openapi(readRegeneration, async (c) => {
    const monitor = valueOf(await findMonitor(contextOf(c), c.req.valid("param").statusId));
    const known = (await c.var.store.statuses.regenerations()).get(monitor.statusId);
    return c.json(regenerationJson(progressOf(monitor, known)), 200);
  })
  .openapi(change, async (c) => {
    const { statusId } = c.req.valid("param");
    settlingAfter(c);
    const changed = await changeMonitor(contextOf(c), statusId, c.req.valid("json"), companionOf(c));
    return c.json(monitorJson(valueOf(changed)), 200);
  })
  .openapi(remove, async (c) => {
    const { statusId } = c.req.valid("param");
    settlingAfter(c);
    return c.json(monitorJson(valueOf(await deleteMonitor(contextOf(c), statusId, companionOf(c)))), 200);
  })
  .openapi(restore, async (c) => {
    const { statusId } = c.req.valid("param");
    settlingAfter(c);
    return c.json(monitorJson(valueOf(await restoreMonitor(contextOf(c), statusId, companionOf(c)))), 200);
  })
  .openapi(setPictureRoute, async (c) => {
    const { content, altText } = c.req.valid("json");
    const given = { bytes: new Uint8Array(Buffer.from(content, "base64")), altText, idOf: pictureIdOf };
    const saved = valueOf(await setPicture(contextOf(c), c.req.valid("param").statusId, given, companionOf(c)));
    return c.json(monitorJson(saved), 200);
  })
  .openapi(removePicture, async (c) => {
    const { statusId } = c.req.valid("param");
    return c.json(monitorJson(valueOf(await setPicture(contextOf(c), statusId, undefined, companionOf(c)))), 200);
  })
  .openapi(showPicture, async (c) => {
    const { pictureId } = c.req.valid("param");
    const picture = await c.var.store.monitors.picture(pictureId);
    if (picture === undefined)
      throw refused({ reason: "unknown-picture", message: `there is no picture ${cutText(pictureId, 100)}` });
    return c.body(new Uint8Array(picture.bytes), 200, pictureHeaders(picture.type));
  });
