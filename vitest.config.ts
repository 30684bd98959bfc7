import { defineConfig } from "vitest/config";

/** Kinds of tests by what they need; their limits are at least ten times what the slowest one takes. Files of one worker share their modules; a test that needs its own isolates itself. */
const withDatabase = {
  testTimeout: 150_000,
  hookTimeout: 300_000,
  globalSetup: "test/fixtures/test-run.ts",
  setupFiles: ["test/fixtures/own-table.ts"],
};

/** It loads modules anew, with others in the place of some: only Vite can do that, and nobody else may have them. */
const REPLACES_MODULES = "test/deploy/clients.test.ts";

export default defineConfig({
  test: {
    environment: "node",
    env: { TZ: "Pacific/Chatham" },
    pool: "forks",
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    setupFiles: ["test/fixtures/same-examples.ts"],
    // Node loads the sources by itself, as it does for whoever runs them.
    experimental: { viteModuleRunner: false },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "packages/{core,render,notify,cli,functions}/**/*.test.ts",
            "{infra,stacks}/**/*.test.ts",
            "test/{architecture.test,architecture/*.test}.ts",
          ],
        },
      },
      { extends: true, test: { name: "store", include: ["packages/{store,flows}/**/*.test.ts"], ...withDatabase } },
      {
        extends: true,
        test: {
          name: "system",
          include: ["packages/{local,web}/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/{architecture.test,architecture/*.test}.ts", REPLACES_MODULES],
          ...withDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: "system-alone",
          include: [REPLACES_MODULES],
          isolate: true,
          experimental: { viteModuleRunner: true },
        },
      },
    ],
  },
});
