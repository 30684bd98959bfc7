import { createRoute } from "@hono/zod-openapi";
import { rewindRefusal } from "@regulars/core/nightly/rewind";
import { untoldJson, untoldReasons } from "@regulars/core/nightly/untold";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { daySchema, toInstant } from "@regulars/core/platform/values";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { newRouter } from "../http/environment.ts";
import { Problem, refused } from "../http/problem.ts";
import { body, dayField, json, idempotencyHeader, problems } from "../http/schemas.ts";
import { sendAfter } from "../http/send-after.ts";

const nightlySchema = z
  .object({
    asOf: z.string(),
    customers: z.int(),
    kinds: z.record(z.string(), z.object({ eligible: z.int(), found: z.int() })),
    setAside: z
      .object({ count: z.int(), first: z.array(z.object({ customerId: z.string(), reason: z.string() })) })
      .optional()
      .describe("Customers that the nightly run passed over, with the reason: their findings stayed as they were"),
    untold: z
      .array(
        z.object({
          reason: z.enum(untoldReasons),
          why: z.string(),
          entries: z.int(),
          customers: z.int(),
          first: z.array(z.string()),
          users: z.array(z.string()),
        }),
      )
      .optional()
      .describe(
        "Entries to act on that are in nobody's digest, by reason: how many, of how many customers, the first of these, and the users whom the reason is about",
      ),
  })
  .meta({ id: "NightlyRun", description: "What the last nightly run read and found" });

const readNightly = createRoute({
  method: "get",
  path: "/nightly-runs/last",
  tags: ["Nightly runs"],
  summary: "The last nightly run's record",
  middleware: [demand("nightly.run", "insights.view_all")],
  responses: { 200: json(nightlySchema, "The record"), ...problems(404) },
});

const startNightly = createRoute({
  method: "post",
  path: "/nightly-runs",
  tags: ["Nightly runs"],
  summary: "Run the nightly job now; the same day again writes nothing and sends nothing; an earlier day is refused",
  middleware: [demand("nightly.run")],
  request: {
    headers: idempotencyHeader,
    body: body(
      z
        .strictObject({
          asOf: dayField.optional().meta({ description: "The day to evaluate; default: the last completed one" }),
          isOnHold: z.boolean().optional().meta({ description: "true: save the findings, but send no messages" }),
          mayRewind: z.boolean().optional().meta({
            description:
              "true: run even if a later day's nightly run has run; findings go back to this day, no messages are sent",
          }),
        })
        .meta({ id: "NightlyRunFields" }),
      { asOf: "2026-11-22", isOnHold: true },
    ),
  },
  responses: {
    202: json(z.object({ asOf: z.string() }), "It is queued"),
    ...problems("write"),
  },
});

/** The step of a run that was asked for without a day. */
const DAY_CHOSEN = "day";

export const nightlyRoutes = newRouter()
  .openapi(readNightly, async (c) => {
    const nightly = await c.var.store.nightly.lastNightly();
    if (nightly === undefined)
      throw new Problem({
        status: 404,
        code: "no-nightly-run",
        detail: "no nightly run has run yet: POST /v1/nightly-runs runs one",
      });
    const { setAside, untold, callList: _callList, lists: _lists, ...rest } = nightly;
    const passedOver =
      setAside === undefined ? {} : { setAside: { count: setAside.count, first: [...setAside.first] } };
    const toldNobody = untold === undefined ? {} : { untold: untold.map(untoldJson) };
    return c.json({ ...rest, kinds: { ...nightly.kinds }, ...passedOver, ...toldNobody }, 200);
  })
  .openapi(startNightly, async (c) => {
    const { tenant, runtime, store } = c.var;
    const { asOf: wanted, isOnHold = false, mayRewind = false } = c.req.valid("json");
    const now = toInstant(runtime.clock());
    const { claim } = c.var;
    // An interrupted attempt may have begun on another day.
    const begun = claim?.steps.get(DAY_CHOSEN);
    const asOf = wanted ?? (begun === undefined ? lastCompletedDay(now, tenant.timeZone) : daySchema.parse(begun));
    const view = viewOfDay(asOf, tenant, now);
    if (!view.ok) throw refused(view);
    const rewind = mayRewind ? undefined : rewindRefusal(asOf, (await store.nightly.lastNightly())?.asOf);
    if (rewind !== undefined) throw refused(rewind);
    if (wanted === undefined && begun === undefined) await claim?.keepStep(DAY_CHOSEN, asOf);
    sendAfter(c, "nightly", () => ({ asOf, isOnHold, mayRewind }));
    return c.json({ asOf }, 202);
  });
