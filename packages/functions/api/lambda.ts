import { Buffer } from "node:buffer";
import { cutText } from "@regulars/core/platform/cut-text";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { type LambdaEvent, handle } from "hono/aws-lambda";
import { forPeople } from "@regulars/store/engine/patience";
import { OUT_OF_TIME, carried } from "../carried.ts";
import { cloudQueues } from "../cloud/queues.ts";
import { cloudSecrets } from "../cloud/secrets.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { appsByAddress } from "./apps-by-address.ts";
import { Problem, problemResponse } from "./http/problem.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** Requests of these methods have no body; one that is sent is ignored. */
const BODILESS = new Set(["GET", "HEAD"]);
/** Lambda's limit of a result as JSON, with room for its headers, bytes. */
const MAX_REPLY_BYTES = 6 * 1024 * 1024 - 64 * 1024;

/** The API behind API Gateway v2. Hono's event type requires an authorizer, which an open route does not have. */
export function apiHandler(runtime: Runtime) {
  if (runtime.api === undefined)
    throw new Error(
      "the API has no settings: AUTH_ISSUER, AUTH_AUDIENCE, CURSOR_SECRET and SIGNING_SECRET are not all set",
    );
  const appOf = appsByAddress(runtime, runtime.api);
  const answer = async (event: APIGatewayProxyEventV2, context: Context) => {
    const { method } = event.requestContext.http;
    if (!METHODS.has(method)) return resultOf(unknownMethod(method));
    const { body: _body, ...bare } = event;
    const asked = BODILESS.has(method) ? bare : event;
    const app = await appOf(method, event.rawPath);
    const result = await handle(app)(asked as APIGatewayProxyEventV2 & LambdaEvent, context);
    return isTooLarge(result.body) ? resultOf(tooLarge()) : result;
  };
  return carried<APIGatewayProxyEventV2, Awaited<ReturnType<typeof answer>>>({
    runtime,
    work: answer,
    tooLate: () => {
      runtime.log.error("request failed", { reason: OUT_OF_TIME });
      return resultOf(tooLate());
    },
  });
}

/**
 * Whether a body may exceed the limit. Quotation marks are escaped in the result; only bodies near the limit are
 * measured exactly.
 */
const isTooLarge = (body: string): boolean =>
  body.length > MAX_REPLY_BYTES / 6 && Buffer.byteLength(JSON.stringify(body)) > MAX_REPLY_BYTES;

const unknownMethod = (method: string): Problem =>
  new Problem({
    status: 405,
    code: "unknown-method",
    detail: `${cutText(method, 20)} is not a method of this API`,
    headers: { allow: [...METHODS].join(", ") },
  });

const tooLarge = (): Problem =>
  new Problem({ status: 422, code: "reply-too-large", detail: "the answer is too large: ask for less with limit" });

const tooLate = (): Problem =>
  new Problem({
    status: 503,
    code: "try-again",
    detail: "the request took too long: send it again, with the same Idempotency-Key if it has one",
    headers: { "retry-after": "5" },
  });

/** A problem outside of the app, as a Lambda result. */
async function resultOf(problem: Problem) {
  const requestId = `req_${crypto.randomUUID()}`;
  const reply = problemResponse(problem, requestId);
  const headers = { ...Object.fromEntries(reply.headers), "x-request-id": requestId };
  return { statusCode: reply.status, headers, body: await reply.text(), isBase64Encoded: false };
}

let shared: ReturnType<typeof apiHandler> | undefined;

export const handler = (event: APIGatewayProxyEventV2, context: Context) => {
  shared ??= apiHandler(cloudRuntime({ patience: forPeople, queues: cloudQueues, secrets: cloudSecrets }));
  return shared(event, context);
};
