import { createRoute } from "@hono/zod-openapi";
import { newRouter } from "@regulars/functions/api/http/environment";
import { body, json, problems } from "@regulars/functions/api/http/schemas";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { type LambdaEvent, handle } from "hono/aws-lambda";
import * as z from "zod";
import type { BenchFigure } from "./workspace.ts";

const REQUESTS = 20_000;
const ROUNDS = 3;

const leadPayloadSchema = z.strictObject({
  person: z.strictObject({ name: z.string().max(200), email: z.email(), phone: z.string().max(40).optional() }),
  deal: z.strictObject({ title: z.string().max(200), amount: z.string().max(30), currency: z.string().length(3) }),
  source: z.strictObject({ tunnelId: z.string(), blockId: z.string() }).optional(),
});
const answerSchema = z.object({ title: z.string(), email: z.string() });

const LEAD = {
  person: { name: "Olena K.", email: "o@example.com", phone: "+380671234567" },
  deal: { title: "Course A", amount: "199.00", currency: "UAH" },
  source: { tunnelId: "42", blockId: "9" },
};

/** A POST with a validated body, through the Lambda adapter and the API's kind of router. Nothing is stored. */
function routed(): (event: APIGatewayProxyEventV2) => Promise<unknown> {
  const route = createRoute({
    method: "post",
    path: "/leads",
    request: { body: body(leadPayloadSchema, LEAD) },
    responses: { 200: json(answerSchema, "What was sent"), ...problems(422) },
  });
  const router = newRouter().openapi(route, (c) => {
    const { deal, person } = c.req.valid("json");
    return c.json({ title: deal.title, email: person.email }, 200);
  });
  const handler = handle(router);
  // Hono's type of the event requires an authorizer, which a public route does not have.
  return (event) => handler(event as APIGatewayProxyEventV2 & LambdaEvent, {} as Context);
}

/** The same without a router: the body is parsed and validated directly. */
const plain = (event: APIGatewayProxyEventV2): Promise<unknown> => {
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString() : (event.body ?? "");
  const lead = leadPayloadSchema.safeParse(JSON.parse(text));
  return Promise.resolve(
    lead.success
      ? { statusCode: 200, body: JSON.stringify({ title: lead.data.deal.title, email: lead.data.person.email }) }
      : { statusCode: 422, body: "{}" },
  );
};

function eventOf(sent: unknown): APIGatewayProxyEventV2 {
  const text = Buffer.from(JSON.stringify(sent));
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: "/leads",
    rawQueryString: "",
    headers: { "content-type": "application/json", "content-length": String(text.length) },
    requestContext: {
      accountId: "000000000000",
      apiId: "bench",
      domainName: "127.0.0.1",
      domainPrefix: "bench",
      http: { method: "POST", path: "/leads", protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" },
      requestId: "bench",
      routeKey: "$default",
      stage: "$default",
      time: "23/Nov/2026:08:00:00 +0000",
      timeEpoch: 0,
    },
    body: text.toString("base64"),
    isBase64Encoded: true,
  };
}

/** Microseconds of processor time per request: the best of a few rounds of sequential requests. */
async function microsecondsOf(answer: (event: APIGatewayProxyEventV2) => Promise<unknown>): Promise<number> {
  const event = eventOf(LEAD);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const before = process.cpuUsage();
    for (let i = 0; i < REQUESTS; i += 1) await answer(event);
    const { user, system } = process.cpuUsage(before);
    const each = (user + system) / REQUESTS;
    // The first round is a warm-up.
    if (round > 0) best = Math.min(best, each);
  }
  return best;
}

/** The time that the router and the adapter add to a request. */
export async function apiAdapter(): Promise<BenchFigure[]> {
  const viaRouter = routed();
  const answers = [await viaRouter(eventOf(LEAD)), await plain(eventOf(LEAD))].map(statusAndBody);
  if (JSON.stringify(answers[0]) !== JSON.stringify(answers[1]))
    throw new Error(`the two do not answer alike: ${JSON.stringify(answers)}`);
  const ours = await microsecondsOf(viaRouter);
  const bare = await microsecondsOf(plain);
  return [
    { name: "a validated POST through the Lambda adapter", value: ours, unit: "µs", limit: 60 },
    { name: "the same in a plain handler", value: bare, unit: "µs" },
  ];
}

const statusAndBody = (reply: unknown): unknown => {
  const { statusCode, body: text } = z.object({ statusCode: z.int(), body: z.string() }).parse(reply);
  return { statusCode, body: text };
};
