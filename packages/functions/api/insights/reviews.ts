import { createRoute } from "@hono/zod-openapi";
import { type Feedback, verdicts } from "@regulars/core/insights/feedback";
import { outcomes, parseFindingId } from "@regulars/core/insights/finding";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { customerIdOf } from "@regulars/core/insights/subject";
import { giveFeedback, rulePrecision } from "@regulars/flows/insights/give-feedback";
import { listFindings } from "@regulars/flows/insights/list-findings";
import { listResolved } from "@regulars/flows/insights/list-resolved";
import { reopenFinding, snoozeFinding } from "@regulars/flows/insights/snooze-finding";
import type { Context } from "hono";
import { noteSchema } from "@regulars/core/platform/text";
import * as z from "zod";
import { demand, looks } from "../access/decide.ts";
import { type ApiEnv, newRouter, nowOf } from "../http/environment.ts";
import { companionFor } from "../access/idempotency.ts";
import { Problem, refused, valueOf } from "../http/problem.ts";
import { body, dayField, json, lookup, idempotencyHeader, problems, subjectFields } from "../http/schemas.ts";
import { sendAfter } from "../http/send-after.ts";
import { saidToSlack } from "../../workers/tell-slack.ts";
import { noFinding, reviewable, seen } from "./findings.ts";

/** As in the findings' own routes, the documentation's examples use the first kind. */
const params = z.object({ findingId: lookup(`${builtInInsights.kinds[0]?.id ?? ""}:acme`) });

const setAsideSchema = z
  .object({ findingId: z.string(), state: z.enum(["dismissed", "open"]), until: z.string().optional() })
  .meta({ id: "SetAside" });

const dismiss = createRoute({
  method: "put",
  path: "/findings/{findingId}/dismissal",
  tags: ["Insights"],
  summary: "Dismiss a finding: until the morning of a day, or for as long as its episode lasts",
  middleware: [looks],
  request: {
    params,
    headers: idempotencyHeader,
    body: body(z.strictObject({ until: dayField.optional() }), { until: "2026-12-01" }),
  },
  responses: { 200: json(setAsideSchema, "It is dismissed"), ...problems("write", 404) },
});

const reopen = createRoute({
  method: "delete",
  path: "/findings/{findingId}/dismissal",
  tags: ["Insights"],
  summary: "Take a dismissal back",
  middleware: [looks],
  request: { params, headers: idempotencyHeader },
  responses: { 200: json(setAsideSchema, "It is open again"), ...problems("write", 404) },
});

const feedbackSchema = z.strictObject({ verdict: z.enum(verdicts), note: noteSchema(1_000).optional() });

const notify = createRoute({
  method: "put",
  path: "/findings/{findingId}/feedback",
  tags: ["Insights"],
  summary: "Give feedback on a finding; later feedback on the same episode replaces the former",
  middleware: [looks],
  request: {
    params,
    headers: idempotencyHeader,
    body: body(feedbackSchema, { verdict: "useful", note: "Called, ordered at once" }),
  },
  responses: {
    200: json(
      z.object({ findingId: z.string(), rule: z.string(), verdict: z.enum(verdicts) }).meta({ id: "Feedback" }),
      "It is kept",
    ),
    ...problems("write", 404),
  },
});

const precision = createRoute({
  method: "get",
  path: "/insights/precision",
  tags: ["Insights"],
  summary: "How often each rule is right according to feedback, with its 95 % Wilson interval",
  middleware: [demand("insights.view_team", "insights.view_all")],
  responses: {
    200: json(
      z.object({
        data: z
          .array(
            z
              .object({
                rule: z.string(),
                useful: z.int(),
                knownReason: z.int(),
                wrong: z.int(),
                precision: z.number().optional(),
                interval: z.array(z.number()).readonly().optional(),
              })
              .meta({ id: "RulePrecision" }),
          )
          .readonly(),
      }),
      "The rules that anybody has said something of",
    ),
    ...problems(),
  },
});

const resolved = createRoute({
  method: "get",
  path: "/insights/resolved",
  tags: ["Insights"],
  summary: "Findings that ended since a day, with their outcome: won back, substituted, expired, resolved",
  middleware: [demand("insights.view_all")],
  request: { query: z.object({ since: dayField }) },
  responses: {
    200: json(
      z.object({
        data: z
          .array(
            z
              .object({
                id: z.string(),
                kind: z.string(),
                ...subjectFields,
                repId: z.string().optional(),
                level: z.string(),
                episode: z.string(),
                foundOn: z.string(),
                resolvedOn: z.string(),
                outcome: z.enum(outcomes),
              })
              .meta({ id: "ResolvedFinding" }),
          )
          .readonly(),
      }),
      "Oldest first",
    ),
    ...problems(),
  },
});

/** The input of a review of the finding; one that is invisible to the actor is treated as unknown. */
async function reviewOf(c: Context<ApiEnv>, findingId: string) {
  const { tenant, store, catalog, actor } = c.var;
  const address = parseFindingId(findingId);
  const filter = { address, customerId: address && customerIdOf(address.subject), withCarried: true };
  const list =
    address === undefined
      ? undefined
      : await listFindings({ tenant, store: store.nightly, catalog, filter, now: nowOf(c) });
  if (list?.ok === false && list.reason === "feature-not-in-edition") throw refused(list);
  const found = list?.ok === true ? list.value.findings.filter(({ id }) => id === findingId) : [];
  if ((await seen(c, found)).length === 0) throw noFinding(findingId);
  if ((await reviewable(c, found)).length === 0)
    throw new Problem({
      status: 403,
      code: "not-allowed",
      detail: "this key reads findings: to dismiss them or give feedback it needs insights.review",
    });
  const by = actor.type === "user" ? actor.user.userId : undefined;
  return { tenant, store: store.nightly, catalog, review: store.review, findingId, by, now: nowOf(c) };
}

const feedbackJson = ({ findingId, rule, verdict }: Feedback) => ({ findingId, rule, verdict });

/** The answer of a review, stored with it. */
const answerOf = (c: Context<ApiEnv>) => (made: object) => companionFor(c, 200, made);

/** The alert of the finding will show what was done with it. */
async function showInSlack(c: Context<ApiEnv>, findingId: string): Promise<void> {
  const said = await saidToSlack(c.var.store, { type: "acted", findingId }, c.var.runtime);
  sendAfter(c, "slack", () => said);
}

export const reviewRoutes = newRouter()
  .openapi(dismiss, async (c) => {
    const { until } = c.req.valid("json");
    const input = await reviewOf(c, c.req.valid("param").findingId);
    await showInSlack(c, input.findingId);
    const made = valueOf(await snoozeFinding({ ...input, until, companionOf: answerOf(c) }));
    return c.json(made, 200);
  })
  .openapi(reopen, async (c) => {
    const input = await reviewOf(c, c.req.valid("param").findingId);
    await showInSlack(c, input.findingId);
    const made = valueOf(await reopenFinding({ ...input, companionOf: answerOf(c) }));
    return c.json(made, 200);
  })
  .openapi(notify, async (c) => {
    const input = await reviewOf(c, c.req.valid("param").findingId);
    await showInSlack(c, input.findingId);
    const companionOf = (feedback: Feedback) => companionFor(c, 200, feedbackJson(feedback));
    const given = { ...input, ...c.req.valid("json"), companionOf };
    const feedback = valueOf(await giveFeedback(given));
    return c.json(feedbackJson(feedback), 200);
  })
  .openapi(precision, async (c) => {
    return c.json({ data: valueOf(await rulePrecision(c.var.tenant, c.var.store.review)) }, 200);
  })
  .openapi(resolved, async (c) => {
    const { tenant, store } = c.var;
    return c.json({ data: valueOf(await listResolved(tenant, store.nightly, c.req.valid("query").since)) }, 200);
  });
