import { textFields } from "@regulars/web/users/users-page";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type DemoPages, openDemoPages } from "../fixtures/demo-pages.ts";
import { faultsOf } from "../fixtures/page-faults.ts";
import { postedForms } from "../fixtures/posted-forms.ts";

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
    { form: "compulsion", preference: "allOff", value: "true", reason: "The stock is counted" },
  ],
  ["/users/$?user=u-freja", { role: "rep", isActive: "false" }],
  ["/webhooks/$", { action: "make", webhookId: `wh_${"a".repeat(18)}`, url: "https://example.com/hooks" }],
  ["/plans/$/pln_restaurants/settings", { action: "archive", isArchived: "true" }],
] as const;

it.each(CHANGES)("CN06: %s says %j legibly, at any width, and passes axe", async (pattern, fields) => {
  const { page, url } = site;
  const path = pattern.replace("$", "demo");
  const headers = { accept: "text/html", origin: url, "sec-fetch-site": "same-origin" };
  const forms = postedForms(await (await fetch(`${url}${path}`, { headers })).text());
  const entries = forms.flatMap((form) => form.entries);
  const drawn = ["was", "userId", ...textFields].flatMap((name) =>
    entries.filter((one) => one[0] === name).slice(0, 1),
  );
  const body = new URLSearchParams({ ...Object.fromEntries(drawn), ...fields, do: "preview" });
  const answer = await fetch(`${url}${path}`, { method: "POST", headers, body });
  const said = await answer.text();
  expect([answer.status, said.includes("Nothing is saved yet.")]).toEqual([200, true]);
  await page.route(`${url}${path}`, (route) => route.fulfill({ body: said, contentType: "text/html" }), { times: 1 });
  await page.goto(`${url}${path}`);
  await page.evaluate("document.querySelectorAll('main .card details').forEach((one) => (one.open = true))");
  expect(await faultsOf(page, path, "page")).toEqual([]);
});
