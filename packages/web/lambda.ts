import { carried } from "@regulars/functions/carried";
import { type Runtime, cloudRuntime } from "@regulars/functions/runtime";
import { forPeople } from "@regulars/store/engine/patience";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { type LambdaEvent, handle } from "hono/aws-lambda";
import { openConsole } from "./console.ts";
import { latePage } from "./page/failed-page.ts";
import { newPages } from "./page/viewer.ts";

/** Hono's event type requires an authorizer, which the console does not have. */
const eventOf = (event: APIGatewayProxyEventV2) => event as APIGatewayProxyEventV2 & LambdaEvent;

/** The console behind API Gateway v2: nobody sees a page without signing in. */
export function consoleHandler(runtime: Runtime) {
  const answer = handle(openConsole({ folder: ".regulars", runtime }));
  const late = newPages();
  late.all("*", (c) => latePage(c, runtime.log));
  const tooLate = handle(late);
  return (given: APIGatewayProxyEventV2, givenContext: Context) => {
    return carried<APIGatewayProxyEventV2, Awaited<ReturnType<typeof answer>>>({
      runtime,
      work: (event, context) => answer(eventOf(event), context),
      tooLate: () => tooLate(eventOf(given), givenContext),
    })(given, givenContext);
  };
}

let shared: ReturnType<typeof consoleHandler> | undefined;

export const handler = (event: APIGatewayProxyEventV2, context: Context) => {
  shared ??= consoleHandler(cloudRuntime(forPeople));
  return shared(event, context);
};
