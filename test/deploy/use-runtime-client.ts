import { registerHooks } from "node:module";

/** Preloaded before AWS's runtime client: its native part, which is built by an install script, is ours over node:http. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.endsWith("rapid-client.node")
      ? { url: new URL("runtime-client.ts", import.meta.url).href, format: "module-typescript", shortCircuit: true }
      : next(specifier, context),
});
