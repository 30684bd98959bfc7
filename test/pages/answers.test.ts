import { afterAll, beforeAll, expect, it } from "vitest";
import { type DemoPages, openDemoPages } from "../fixtures/demo-pages.ts";
import { faultsOf } from "../fixtures/page-faults.ts";
import { type PostedForm, postedForms } from "../fixtures/posted-forms.ts";
import { type FoundPage, walkSite } from "../fixtures/site-walk.ts";

/** What the forms of the demo answer: previews, confirmations, undo lines and refusals, in one browser. */

let site: DemoPages;
let found: readonly FoundPage[];
let looks: readonly Look[];

beforeAll(async () => {
  site = await openDemoPages();
  found = await walkSite(site.url, 1);
  looks = await looksOfAnswers();
});
afterAll(() => site?.close());

/** What a form is known by: its fields, and what its button does. */
const kindOf = (kind: string, { entries }: PostedForm): string =>
  [kind, ...entries.map(([name, value]) => (/^(?:do|action|form)$/.test(name) ? `${name}=${value}` : name))].join(" ");

/** The page that a form leads to, or the form's own answer. */
interface Answer {
  readonly at: string;
  readonly isRefused: boolean;
  readonly answer?: Response;
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
    ? { at: url.href, isRefused: !answer.ok, answer }
    : { at: new URL(to, url).href, isRefused: false };
}

/** What a form was answered with, as it was when it was asked for. */
interface Look {
  /** The kind of the form's page. */
  readonly kind: string;
  readonly name: string;
  readonly at: string;
  readonly text: string;
  /** What the page may load and run. */
  readonly policy: string;
  /** Whether it is another page that the form led to. */
  readonly isLed: boolean;
}

/** Sends every form of every page, and keeps what is answered, once of each look. */
async function looksOfAnswers(): Promise<readonly Look[]> {
  const seen = new Set<string>();
  const kept = new Map<string, Look>();
  for (const { path, kind } of found) {
    if (/^\/(?:mail|slack|docs|design|sign-in|session|links\/…\/…)/.test(kind)) continue;
    for (const form of postedForms(await (await fetch(`${site.url}${path}`)).text())) {
      const name = kindOf(kind, form);
      if (form.action.startsWith("/session/") || seen.has(name)) continue;
      seen.add(name);
      const { at, isRefused, answer } = await answerOf(path, form);
      const isLed = answer === undefined;
      // A page that tells nothing of the form is looked at as a page; refusals of one page look alike, and what a form leads to.
      if (isLed && new URL(at).search === "") continue;
      const look = isRefused ? `${kind} refuses` : isLed ? kindOf("leads", form) : name;
      if (kept.has(look)) continue;
      const page = answer ?? (await fetch(at, { headers: { accept: "text/html" } }));
      const policy = page.headers.get("content-security-policy") ?? "";
      kept.set(look, { kind, name, at, text: await page.text(), policy, isLed });
    }
  }
  return [...kept.values()];
}

const withoutFragment = (address: string): string => address.split("#")[0] ?? "";

/** Opens what a form was answered with, where its scripts and styles are found. */
async function show({ at, text, policy }: Look): Promise<void> {
  const { page } = site;
  const headers = { "content-type": "text/html", "content-security-policy": policy };
  const address = withoutFragment(at);
  await page.route(
    (url) => withoutFragment(url.href) === address,
    (route) => route.fulfill({ body: text, headers }),
    { times: 1 },
  );
  // The page that is open may have the same address but for its fragment: it would stay.
  const shown = await page.goto(address);
  await page.unrouteAll();
  expect(await shown?.text()).toBe(text);
  if (at !== address) await page.goto(at);
}

/** Kinds of pages with forms, and how many looks their answers have. */
const KINDS = [
  { kind: "/api-keys/…", count: 1 },
  { kind: "/code-red-settings/…", count: 1 },
  { kind: "/findings/…/dropped-items", count: 1 },
  { kind: "/findings/…/falling-value", count: 1 },
  { kind: "/findings/…/linked-products", count: 1 },
  { kind: "/findings/…/lost-items", count: 1 },
  { kind: "/findings/…/overdue-payments", count: 1 },
  { kind: "/findings/…/weak-relationship", count: 1 },
  { kind: "/for-you/…/…", count: 2 },
  { kind: "/links/…", count: 1 },
  { kind: "/links/…/suggestions", count: 2 },
  { kind: "/new-plan/…", count: 2 },
  { kind: "/notifications/…/slack", count: 2 },
  { kind: "/notifications/…/templates/edit", count: 2 },
  { kind: "/notifications/…/tenant", count: 1 },
  { kind: "/plans/…/…", count: 1 },
  { kind: "/plans/…/…/deals/…", count: 1 },
  { kind: "/plans/…/…/new-deal", count: 1 },
  { kind: "/plans/…/…/settings", count: 5 },
  { kind: "/refusal-reasons/…", count: 1 },
  { kind: "/selections/…", count: 1 },
  { kind: "/selections/…/…", count: 1 },
  { kind: "/settings/…", count: 8 },
  { kind: "/statuses/…", count: 1 },
  { kind: "/statuses/…/edit", count: 1 },
  { kind: "/statuses/…/edit/…", count: 2 },
  { kind: "/users/…", count: 1 },
  { kind: "/webhooks/…", count: 1 },
];

it("CN06: forms are answered on pages of these kinds", () => {
  const counts = Map.groupBy(looks, ({ kind }) => kind);
  const all = [...counts].map(([kind, { length: count }]) => ({ kind, count }));
  expect(all.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))).toEqual(KINDS);
  expect(looks.filter(({ isLed }) => !isLed).length).toBeGreaterThan(20);
  expect(looks.filter(({ isLed }) => isLed).length).toBeGreaterThan(2);
});

it.each(KINDS.flatMap(({ kind, count }) => Array.from({ length: count }, (_, i) => ({ kind, nth: i + 1 }))))(
  "CN06: answer $nth to a form of $kind passes axe, does not scroll sideways, and shows where the focus is",
  async ({ kind, nth }) => {
    const look = looks.filter((one) => one.kind === kind)[nth - 1];
    if (look === undefined) throw new Error(`${kind} has no answer ${nth}`);
    await show(look);
    expect(await faultsOf(site.page, look.name, "page")).toEqual([]);
  },
);
