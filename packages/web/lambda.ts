import { carriedApp } from "@regulars/functions/api/http/carried-app";
import { cloudQueues } from "@regulars/functions/cloud/queues";
import { cloudSecrets } from "@regulars/functions/cloud/secrets";
import { type Runtime, cloudRuntime } from "@regulars/functions/runtime";
import { forPeople } from "@regulars/store/engine/patience";
import { openConsole } from "./console.ts";
import { latePage } from "./page/failed-page.ts";
import { newPages } from "./page/viewer.ts";

/** The console behind API Gateway v2: nobody sees a page without signing in, but their own preferences by a mail's link. */
export function consoleHandler(runtime: Runtime) {
  const late = newPages();
  late.all("*", (c) => latePage(c, runtime.log));
  return carriedApp(runtime, openConsole({ folder: ".regulars", runtime }), late);
}

let shared: ReturnType<typeof consoleHandler> | undefined;

export const handler: ReturnType<typeof consoleHandler> = (event, context) => {
  shared ??= consoleHandler(cloudRuntime({ patience: forPeople, queues: cloudQueues, secrets: cloudSecrets }));
  return shared(event, context);
};
