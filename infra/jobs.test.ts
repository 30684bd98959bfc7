import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { functionKeys, functions } from "./functions.ts";
import { type JobKey, jobKeys, jobOf, patienceMsOf, queueJobKeys, queueJobOf } from "./job-keys.ts";
import { queueKeys, queueUrlName } from "./queues.ts";

const workerOf = (key: JobKey): string =>
  readFileSync(new URL(`../packages/functions/workers/${jobOf(key).worker}.ts`, import.meta.url), "utf8");

describe("the list of jobs", () => {
  it("names for each job the file that defines it and exports its handler", () => {
    for (const key of jobKeys) {
      expect(workerOf(key)).toContain(`id: "${key}"`);
      expect(workerOf(key)).toContain("export const handler = lambdaHandler(");
    }
  });

  it("names an existing file for each function", () => {
    for (const key of functionKeys)
      expect(existsSync(new URL(`../${functions[key].handler.replace(/handler$/, "ts")}`, import.meta.url))).toBe(true);
  });

  it("gives each job its own queue, named by one lowercase word", () => {
    expect(new Set(queueKeys).size).toBe(queueJobKeys.length);
    for (const key of queueJobKeys) expect(queueJobOf(key).queue.name).toMatch(/^[a-z]+$/);
    expect(queueUrlName("nightly")).toBe("NIGHTLY_QUEUE_URL");
  });

  it("sends only to queues that exist", () => {
    for (const key of jobKeys) expect(queueKeys).toEqual(expect.arrayContaining([...jobOf(key).sends]));
  });

  it("ends long work before the function is cut off", () => {
    expect(patienceMsOf("planWork")).toBe(10 * 60_000);
    expect(patienceMsOf("backtest")).toBe(14 * 60_000);
    for (const key of jobKeys) expect(patienceMsOf(key)).toBeLessThan(jobOf(key).timeoutSeconds * 1000);
  });
});
