import { createApi } from "@regulars/functions/api/app";
import { routesAt } from "@regulars/functions/api/feature-routes";
import { createRuntime } from "@regulars/functions/runtime";
import { expect, it } from "vitest";

/** Addresses that only the whole API has: its document and pages, and what comes from elsewhere. */
const OF_THE_WHOLE = /^\/(?:docs|links\/|integrations\/|v1\/openapi\.json|v1\/health)/;

it("an address has its routes loaded alone, and they are those of the whole API", async () => {
  const log = { info: () => undefined, error: () => undefined };
  const runtime = createRuntime({ TABLE_NAME: "regulars", PUBLIC_URL: "https://regulars.example" }, { log });
  const { routes: all } = await createApi(runtime, () => undefined);
  const whole = all
    .filter(({ method, path }) => method !== "ALL" && !OF_THE_WHOLE.test(path))
    .map(({ method, path }) => ({ method, path }));
  expect(whole.length).toBeGreaterThan(120);
  const missing: string[] = [];
  for (const { method, path } of whole) {
    const features = await routesAt(path.replaceAll(/:\w+/g, "x")).load();
    const routes = features.flatMap((feature) => feature.routes);
    if (!routes.some((one) => one.method === method && `/v1${one.path}` === path)) missing.push(`${method} ${path}`);
  }
  expect(missing).toEqual([]);
});
