import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { type LambdaEvent, handle } from "hono/aws-lambda";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { createApi } from "./app.ts";

/** The API behind API Gateway v2. Hono's own type of the event asks for an authorizer, which an open route has none of. */
export function apiHandler(runtime: Runtime) {
  if (runtime.api === undefined)
    throw new Error("the API has no settings: AUTH_ISSUER, AUTH_AUDIENCE and CURSOR_SECRET are not all set");
  const handleEvent = handle(createApi(runtime, runtime.api));
  return (event: APIGatewayProxyEventV2, context: Context) =>
    handleEvent(event as APIGatewayProxyEventV2 & LambdaEvent, context);
}

let shared: ReturnType<typeof apiHandler> | undefined;

export const handler = (event: APIGatewayProxyEventV2, context: Context) => {
  shared ??= apiHandler(cloudRuntime());
  return shared(event, context);
};
