import { Buffer } from "node:buffer";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { type LambdaEvent, handle } from "hono/aws-lambda";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { createApi } from "./app.ts";
import { Problem, problemResponse } from "./http/problem.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** A request of these has no body by the rules of HTTP: what a sender adds is left out. */
const BODILESS = new Set(["GET", "HEAD"]);
/** Lambda's limit of a result, as JSON, with room for its headers. */
const MAX_REPLY_BYTES = 6 * 1024 * 1024 - 64 * 1024;

/** The API behind API Gateway v2. Hono's own type of the event asks for an authorizer, which an open route has none of. */
export function apiHandler(runtime: Runtime) {
  if (runtime.api === undefined)
    throw new Error(
      "the API has no settings: AUTH_ISSUER, AUTH_AUDIENCE, CURSOR_SECRET and SIGNING_SECRET are not all set",
    );
  const handleEvent = handle(createApi(runtime, runtime.api));
  return async (event: APIGatewayProxyEventV2, context: Context) => {
    const { method } = event.requestContext.http;
    if (!METHODS.has(method)) return resultOf(unknownMethod(method));
    const { body: _body, ...bare } = event;
    const asked = BODILESS.has(method) ? bare : event;
    const result = await handleEvent(asked as APIGatewayProxyEventV2 & LambdaEvent, context);
    return isTooLarge(result.body) ? resultOf(tooLarge()) : result;
  };
}

/** Quotation marks count twice in a result: only what may be over the limit is measured. */
const isTooLarge = (body: string): boolean =>
  body.length > MAX_REPLY_BYTES / 6 && Buffer.byteLength(JSON.stringify(body)) > MAX_REPLY_BYTES;

const unknownMethod = (method: string): Problem =>
  new Problem({
    status: 405,
    code: "unknown-method",
    detail: `${method.slice(0, 20)} is not a method of this API`,
    headers: { allow: [...METHODS].join(", ") },
  });

const tooLarge = (): Problem =>
  new Problem({ status: 422, code: "reply-too-large", detail: "the answer is too large: ask for less with limit" });

/** A problem that the app did not come to tell, as a result. */
async function resultOf(problem: Problem) {
  const requestId = `req_${crypto.randomUUID()}`;
  const reply = problemResponse(problem, requestId);
  const headers = { ...Object.fromEntries(reply.headers), "x-request-id": requestId };
  return { statusCode: reply.status, headers, body: await reply.text(), isBase64Encoded: false };
}

let shared: ReturnType<typeof apiHandler> | undefined;

export const handler = (event: APIGatewayProxyEventV2, context: Context) => {
  shared ??= apiHandler(cloudRuntime());
  return shared(event, context);
};
