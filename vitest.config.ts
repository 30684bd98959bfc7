import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/**/*.test.ts", "infra/**/*.test.ts", "stacks/**/*.test.ts", "test/**/*.test.ts"],
    environment: "node",
    env: { TZ: "Pacific/Chatham" },
    globalSetup: "test/setup/engine.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
