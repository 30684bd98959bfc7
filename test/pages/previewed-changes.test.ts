import { afterAll, beforeAll, expect, it } from "vitest";
import { type DemoPages, openDemoPages } from "../fixtures/demo-pages.ts";
import { faultsOf } from "../fixtures/page-faults.ts";

/** What pages of settings say a change would do, in a browser: more than a form as it was drawn would show. */

let site: DemoPages;
beforeAll(async () => {
  site = await openDemoPages();
});
afterAll(() => site?.close());

const CHANGES = [
  [
    "/notifications/$/tenant",
    {
      form: "preferences",
      digestAt: "06:00",
      workWeekends: "false",
      "kinds.*.high": "digest",
      "kinds.*.watch": "digest",
    },
  ],
  [
    "/notifications/$/tenant",
    { form: "compulsion", preference: "allOff", value: "yes", reason: "The stock is counted" },
  ],
] as const;

it.each(CHANGES)("CN06: %s says %j legibly, at any width, and passes axe", async (pattern, fields) => {
  const { page, url } = site;
  const path = pattern.replace("$", "demo");
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { accept: "text/html", origin: url, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ ...fields, do: "preview" }),
  });
  const body = await answer.text();
  expect([answer.status, body.includes("Nothing is saved yet.")]).toEqual([200, true]);
  await page.route(`${url}${path}`, (route) => route.fulfill({ body, contentType: "text/html" }), { times: 1 });
  await page.goto(`${url}${path}`);
  expect(await faultsOf(page, path, "page")).toEqual([]);
});
