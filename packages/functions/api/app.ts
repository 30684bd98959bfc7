import type { OpenAPIHono } from "@hono/zod-openapi";
import { slackEndpoints } from "../slack/endpoints.ts";
import type { Runtime } from "../runtime.ts";
import type { UseAccess } from "./access/use-access.ts";
import { createBase } from "./base.ts";
import { allRoutes } from "./feature-routes.ts";
import type { ApiEnv } from "./http/environment.ts";
import { unsubscribeRoutes } from "./notifications/unsubscribe.ts";

/** The whole HTTP API; its document is served apart (http/serve-document.ts). */
export async function createApi(runtime: Runtime, useAccess: UseAccess): Promise<OpenAPIHono<ApiEnv>> {
  const app = createBase(runtime);
  app.route("/links", unsubscribeRoutes(runtime));
  app.route("/", slackEndpoints(runtime));
  useAccess(app);
  for (const routes of await allRoutes()) app.route("/v1", routes);
  return app;
}

/** The same with what webhooks receive: what the document is made of. */
export async function createDescribedApi(runtime: Runtime): Promise<OpenAPIHono<ApiEnv>> {
  const app = await createApi(runtime, () => undefined);
  const { describeEvents } = await import("./webhooks/event-documents.ts");
  describeEvents(app);
  return app;
}
