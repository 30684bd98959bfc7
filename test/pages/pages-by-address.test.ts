import { createRuntime } from "@regulars/functions/runtime";
import { features, featuresAt } from "@regulars/web/feature-pages";
import { expect, it } from "vitest";
import { aConsole } from "../fixtures/page-console.ts";

const log = { info: () => undefined, error: () => undefined };
const runtime = createRuntime({ TABLE_NAME: "regulars", PUBLIC_URL: "https://regulars.example" }, { log });
const options = { folder: ".regulars", runtime };
const exampleOf = (path: string): string => path.replaceAll(/:\w+\??/g, "x");

it("CN08: an address has the pages of its feature loaded, and of no other", async () => {
  const faults: string[] = [];
  let checked = 0;
  for (const { load } of features) {
    const own = await load(options);
    for (const { method, path } of own.routes) {
      checked += 1;
      const found = await Promise.all(featuresAt(exampleOf(path)).map((feature) => feature.load(options)));
      const answering = found.filter(({ routes }) => routes.some((one) => one.method === method && one.path === path));
      if (answering.length !== 1) faults.push(`${method} ${path}: ${answering.length} features answer`);
      const idle = found.filter(({ routes }) => !routes.some((one) => exampleOf(one.path) === exampleOf(path)));
      if (idle.length > 0) faults.push(`${method} ${path} loads ${idle.length} features that do not answer`);
    }
  }
  expect(faults).toEqual([]);
  expect(checked).toBeGreaterThan(70);
});

it("CN08: an address that no feature has loads none, and is answered 404", async () => {
  const unknown = ["/plan", "/plans", "/plans/", "/for-you/t/u/more", "/notifications/t/log-csv", "/%2e%2e/x"];
  expect(unknown.filter((path) => featuresAt(path).length > 0)).toEqual([]);
  const pages = aConsole(runtime);
  for (const path of unknown) expect([path, (await pages.request(path)).status]).toEqual([path, 404]);
});

it("CN08: a part of an address may be written with escapes", async () => {
  expect(featuresAt("/for-you/t/anna%2Fberg")).toEqual(featuresAt("/for-you/t/anna"));
  const answer = await aConsole(runtime).request("/%6beys", { headers: { accept: "text/html" } });
  expect(answer.status).toBe(200);
});
