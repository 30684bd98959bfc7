import type { Hono } from "hono";
import type { ApiSettings, Runtime } from "../runtime.ts";
import type { UseAccess } from "./access/use-access.ts";
import { createBase } from "./base.ts";
import { routesAt } from "./feature-routes.ts";
import { DOCUMENT_PATHS } from "./http/document-paths.ts";
import type { ApiEnv } from "./http/environment.ts";
import { openMethods } from "./http/open-methods.ts";
import { routedAddress } from "./http/verb-path.ts";

type App = Hono<ApiEnv>;

/** An app, and whether it answers a method at an address. */
interface Prepared {
  readonly app: App;
  readonly answers: (method: string, path: string) => boolean;
}

/**
 * The app that answers a request: with the routes of the address alone, which are loaded and made when the first
 * request for it comes. Whatever these do not answer, the whole API does.
 */
export function appsByAddress(runtime: Runtime, api: ApiSettings): (method: string, path: string) => Promise<App> {
  const [apps, access, whole] = [kept<Prepared>(), kept<UseAccess>(), kept<App>()];
  const accessOnce = (): Promise<UseAccess> =>
    access("", async () => (await import("./access/use-access.ts")).accessOf(runtime, api));
  return async (method, given) => {
    const path = routedAddress(given);
    if (DOCUMENT_PATHS.includes(path))
      return (await apps("document", async () => prepared(await documentApp(runtime)))).app;
    const { name, load } = routesAt(path);
    const { app, answers } = await apps(name, async () => {
      const features = await load();
      return prepared(appWith(createBase(runtime), features, features.length === 0 ? undefined : await accessOnce()));
    });
    if (answers(method, path)) return app;
    return whole("", async () => (await import("./app.ts")).createApi(runtime, await accessOnce()));
  };
}

async function documentApp(runtime: Runtime): Promise<App> {
  const app: App = createBase(runtime);
  (await import("./http/serve-document.ts")).serveDocument(app);
  return app;
}

/** Makes each thing once. What could not be made is tried again. */
function kept<T>(): (name: string, make: () => Promise<T>) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (name, make) => {
    const one = made.get(name) ?? make();
    made.set(name, one);
    one.catch(() => made.delete(name));
    return one;
  };
}

function appWith(app: App, features: readonly App[], useAccess: UseAccess | undefined): App {
  useAccess?.(app);
  for (const routes of features) app.route("/v1", routes);
  return app;
}

function prepared(app: App): Prepared {
  const methodsAt = openMethods(app.routes);
  return { app, answers: (method, path) => methodsAt(path).includes(method) };
}
