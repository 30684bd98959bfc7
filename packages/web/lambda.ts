import type { Runtime } from "@regulars/functions/runtime";
import { cloudRuntime } from "@regulars/functions/runtime";
import { handle } from "hono/aws-lambda";
import { openConsole } from "./console.ts";

/** The console behind API Gateway v2: nobody sees a page without signing in. */
const consoleHandler = (runtime: Runtime) => handle(openConsole({ folder: ".regulars", runtime }));

let shared: ReturnType<typeof consoleHandler> | undefined;

export const handler: ReturnType<typeof consoleHandler> = (event, context) => {
  shared ??= consoleHandler(cloudRuntime());
  return shared(event, context);
};
