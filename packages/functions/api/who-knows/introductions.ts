import { createRoute } from "@hono/zod-openapi";
import { toInstant } from "@regulars/core/platform/values";
import { type Introduction, introductionAnswers, introductionSchema } from "@regulars/core/relationships/introduction";
import { answerIntroduction, listIntroductions } from "@regulars/flows/who-knows/answer-introduction";
import { askIntroduction } from "@regulars/flows/who-knows/ask-introduction";
import type { Context } from "hono";
import * as z from "zod";
import { effectsOf } from "../../effects.ts";
import { looks } from "../access/decide.ts";
import { hasSlack, saidToSlack } from "../../workers/tell-slack.ts";
import { companionFor } from "../access/idempotency.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { refused, valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, lookup, problems, userIdField } from "../http/schemas.ts";
import { sendAfter } from "../http/send-after.ts";
import { seenSomebody } from "./seen-somebody.ts";

const introductionAnswer = introductionSchema
  .extend({ requesterId: z.string(), colleagueId: z.string(), requestedAt: z.string(), changedAt: z.string() })
  .meta({ id: "Introduction", description: "A request to a colleague to introduce somebody to a person" });

const ask = createRoute({
  method: "post",
  path: "/introductions",
  tags: ["Who knows whom"],
  summary:
    "Ask a colleague to introduce you to a person; the colleague gets a message in Slack or an e-mail, the person nothing",
  middleware: [looks],
  request: {
    headers: idempotencyHeader,
    body: body(z.strictObject({ personId: z.string().min(1).max(200), colleagueId: userIdField }), {
      personId: "eva",
      colleagueId: "anna",
    }),
  },
  responses: { 201: json(introductionAnswer, "It is requested"), ...problems("write", 404) },
});

const list = createRoute({
  method: "get",
  path: "/introductions",
  tags: ["Who knows whom"],
  summary: "What you asked for, and what you are asked for; latest first",
  middleware: [looks],
  responses: {
    200: json(
      z.object({ asked: z.array(introductionAnswer), askedOf: z.array(introductionAnswer) }),
      "Introductions of the caller",
    ),
    ...problems(),
  },
});

const answer = createRoute({
  method: "put",
  path: "/introductions/{introductionId}/state",
  tags: ["Who knows whom"],
  summary: "Answer what you are asked for: accept or decline, then say that you have introduced them",
  middleware: [looks],
  request: {
    headers: idempotencyHeader,
    params: z.object({ introductionId: lookup("intro_1") }),
    body: body(z.strictObject({ state: z.enum(introductionAnswers) }), { state: "accepted" }),
  },
  responses: { 200: json(introductionAnswer, "The introduction"), ...problems("write", 404) },
});

/** An API key is nobody who could be introduced. */
function userOf({ var: { actor } }: Context<ApiEnv>) {
  if (actor.type === "user") return actor.user.userId;
  throw refused({
    reason: "not-allowed",
    message: "introductions are asked for and answered by users, not by API keys",
  });
}

const moment = ({ var: { runtime } }: Context<ApiEnv>) => toInstant(runtime.clock());
const shown = (introduction: Introduction) => ({ ...introduction });

export const introductionRoutes = newRouter()
  .openapi(ask, async (c) => {
    const { tenant, store, runtime } = c.var;
    sendAfter(c, "outgoing");
    const requesterId = userOf(c);
    const { personId, colleagueId } = c.req.valid("json");
    const asked = await askIntroduction({
      tenant,
      store: store.whoKnows,
      preferences: store.preferences,
      links: runtime.links,
      requesterId,
      colleagueId,
      personId,
      somebody: await seenSomebody(c, personId),
      hasSlack: () => hasSlack(store, runtime),
      newId: effectsOf(runtime.clock, runtime.elapsed).newId,
      now: moment(c),
      companionOf: (made) => companionFor(c, 201, shown(made)),
    });
    return c.json(shown(valueOf(asked)), 201);
  })
  .openapi(list, async (c) => {
    const { asked, askedOf } = await listIntroductions(c.var.store.whoKnows.introductions, userOf(c), moment(c));
    return c.json({ asked: asked.map(shown), askedOf: askedOf.map(shown) }, 200);
  })
  .openapi(answer, async (c) => {
    const { tenant, store, runtime } = c.var;
    const { introductionId } = c.req.valid("param");
    const said = await saidToSlack(store, { type: "answered", introductionId }, runtime);
    sendAfter(c, "slack", () => said);
    const changed = await answerIntroduction({
      tenant,
      store: store.whoKnows.introductions,
      introductionId,
      answer: c.req.valid("json").state,
      by: userOf(c),
      now: moment(c),
      companionOf: (made) => companionFor(c, 200, shown(made)),
    });
    return c.json(shown(valueOf(changed)), 200);
  });
