import { registerHooks } from "node:module";

/** Preloaded before AWS's runtime client: replaces its native part, which an install script builds, with node:http. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith("rapid-client.node")
      ? { url: new URL("runtime-client.ts", import.meta.url).href, format: "module-typescript", shortCircuit: true }
      : next(specifier, context),
});
