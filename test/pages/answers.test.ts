import { afterAll, beforeAll, expect, it } from "vitest";
import { type DemoPages, openDemoPages } from "../fixtures/demo-pages.ts";
import { faultsOf } from "../fixtures/page-faults.ts";
import { type PostedForm, postedForms } from "../fixtures/posted-forms.ts";
import { type FoundPage, walkSite } from "../fixtures/site-walk.ts";

/** What the forms of the demo answer: previews, confirmations, undo lines and refusals, in one browser. */

let site: DemoPages;
let found: readonly FoundPage[];

beforeAll(async () => {
  site = await openDemoPages();
  found = await walkSite(site.url, 1);
});
afterAll(() => site?.close());

/** What a form is known by: its fields, and what its button does. */
const kindOf = (kind: string, { entries }: PostedForm): string =>
  [kind, ...entries.map(([name, value]) => (/^(?:do|action|form)$/.test(name) ? `${name}=${value}` : name))].join(" ");

/** The page that a form leads to, or the form's own answer. */
interface Answer {
  readonly at: string;
  readonly isRefused: boolean;
  readonly answer?: string;
}

async function answerOf(path: string, form: PostedForm): Promise<Answer> {
  const url = new URL(form.action, `${site.url}${path}`);
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { accept: "text/html", origin: site.url, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(form.entries.map(([name, value]): [string, string] => [name, value])),
  });
  const to = answer.headers.get("location");
  return to === null
    ? { at: url.href, isRefused: !answer.ok, answer: await answer.text() }
    : { at: new URL(to, url).href, isRefused: false };
}

/** Opens what a form was answered with, where its scripts and styles are found. */
async function show(at: string, answer: string | undefined): Promise<void> {
  const { page } = site;
  if (answer === undefined) return void (await page.goto(at));
  await page.route(at, (route) => route.fulfill({ body: answer, contentType: "text/html" }), { times: 1 });
  await page.goto(at);
  await page.unrouteAll();
}

it("CN06: what a form answers passes axe, does not scroll sideways, and shows where the focus is", async () => {
  const faults: string[] = [];
  const seen = new Set<string>();
  const looks = new Set<string>();
  const answers = { own: 0, led: 0 };
  for (const { path, kind } of found) {
    if (/^\/(?:mail|slack|docs|design|sign-in|session|links\/…\/…)/.test(kind)) continue;
    for (const form of postedForms(await (await fetch(`${site.url}${path}`)).text())) {
      const name = kindOf(kind, form);
      if (form.action.startsWith("/session/") || seen.has(name)) continue;
      seen.add(name);
      const { at, isRefused, answer } = await answerOf(path, form);
      // A page that tells nothing of the form is looked at as a page; refusals of one page look alike, and what a form leads to.
      if (answer === undefined && new URL(at).search === "") continue;
      const look = isRefused ? `${kind} refuses` : answer === undefined ? kindOf("leads", form) : name;
      if (looks.has(look)) continue;
      looks.add(look);
      answers[answer === undefined ? "led" : "own"] += 1;
      await show(at, answer);
      faults.push(...(await faultsOf(site.page, name, "page")));
    }
  }
  expect(faults).toEqual([]);
  expect(answers.own).toBeGreaterThan(20);
  expect(answers.led).toBeGreaterThan(2);
}, 400_000);
