import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { type LambdaEvent, handle } from "hono/aws-lambda";
import { createApi } from "./app.ts";

const handleEvent = handle(createApi());

/** The API behind API Gateway v2. Hono's own type of the event asks for an authorizer, which an open route has none of. */
export const handler = (event: APIGatewayProxyEventV2, context: Context) =>
  handleEvent(event as APIGatewayProxyEventV2 & LambdaEvent, context);
