import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import type { Env, Hono } from "hono";
import { type LambdaEvent, handle } from "hono/aws-lambda";
import { carried } from "../../carried.ts";
import type { Runtime } from "../../runtime.ts";

/** Hono's event type requires an authorizer, which pages do not have. */
const eventOf = (event: APIGatewayProxyEventV2) => event as APIGatewayProxyEventV2 & LambdaEvent;

/** An app behind API Gateway v2; `late` answers when the function's time is almost over. */
export function carriedApp<E extends Env>(runtime: Runtime, app: Hono<E>, late: Hono<E>) {
  const [answer, tooLate] = [handle(app), handle(late)];
  return (given: APIGatewayProxyEventV2, givenContext: Context) =>
    carried<APIGatewayProxyEventV2, Awaited<ReturnType<typeof answer>>>({
      runtime,
      work: (event, context) => answer(eventOf(event), context),
      tooLate: () => tooLate(eventOf(given), givenContext),
    })(given, givenContext);
}
