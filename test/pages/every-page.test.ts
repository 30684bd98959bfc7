import { memo, memoByKey } from "@regulars/core/platform/memo";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DemoPages, openDemoPages } from "../fixtures/demo-pages.ts";
import { isEnglishIn } from "../fixtures/english-left.ts";
import { type FormField, type SentForm, type PageForm, answerTo, formsOf, sentFormOf } from "../fixtures/page-forms.ts";
import { faultsOf } from "../fixtures/page-faults.ts";
import { sentencesOf, textsOfPage } from "../fixtures/page-texts.ts";
import { ShownLists } from "../fixtures/shown-lists.ts";
import { type FoundPage, walkSite } from "../fixtures/site-walk.ts";

/** Every page of the demo in one browser. */

let site: DemoPages;
let found: readonly FoundPage[];

beforeAll(async () => {
  site = await openDemoPages();
  found = await walkSite(site.url, 1);
});
afterAll(() => site?.close());

/** Pages of findings: one of each kind of insight that the demo has. */
const FINDINGS = [
  "/findings/…/churn-risk",
  "/findings/…/dropped-items",
  "/findings/…/falling-value",
  "/findings/…/linked-products",
  "/findings/…/lost-items",
  "/findings/…/overdue-payments",
  "/findings/…/weak-relationship",
];
/** The kinds of pages: each has tests of its own. */
const KINDS = [
  "/",
  "/api-keys/…",
  "/backtests/…",
  "/backtests/…/…",
  "/code-red-settings/…",
  "/code-red/…",
  "/code-red/…/…",
  "/data-quality/…",
  "/design",
  "/docs",
  ...FINDINGS,
  "/for-you/…",
  "/for-you/…/…",
  "/introductions/…/…",
  "/keys",
  "/links/…",
  "/links/…/suggestions",
  "/links/…/…",
  "/mail/",
  "/mail/messages/…",
  "/mail/messages/…/html",
  "/mail/messages/…?view=message",
  "/mail/messages/…?view=phone",
  "/mail/messages/…?view=source",
  "/mail/messages/…?view=text",
  "/new-plan/…",
  "/nights/…",
  "/notifications/…",
  "/notifications/…/log",
  "/notifications/…/next",
  "/notifications/…/slack",
  "/notifications/…/suppressions",
  "/notifications/…/templates",
  "/notifications/…/templates/edit",
  "/notifications/…/tenant",
  "/plans/…",
  "/plans/…/…",
  "/plans/…/…/deals/…",
  "/plans/…/…/list",
  "/plans/…/…/members/…",
  "/plans/…/…/new-deal",
  "/plans/…/…/settings",
  "/refusal-reasons/…",
  "/refusals/…",
  "/refusals/…/deals",
  "/relationships/…",
  "/relationships/…/…",
  "/selections/…",
  "/selections/…/…",
  "/session/sign-in",
  "/settings/…",
  "/sign-in",
  "/sign-in/…/…",
  "/slack/",
  "/statuses/…",
  "/statuses/…/edit",
  "/statuses/…/edit/…",
  "/users/…",
  "/webhooks/…",
  "/who-knows/…/…",
];
/** And of what is nowhere. */
const SHOWN = [...KINDS, "/nowhere"];

/** The path of the page of a kind. */
function pathOf(kind: string): string {
  const path = kind === "/nowhere" ? kind : found.find((one) => one.kind === kind)?.path;
  if (path === undefined) throw new Error(`no link leads to a page of the kind ${kind}`);
  return path;
}

/** Where a mail's reader chooses what they get, without a sign-in and in the language of their mails. */
const LINK_OF_MAIL = "/links/…/…";
/** Folds that are opened and looked at on one page: some have hundreds, all alike, which are taken out. */
const MOST_FOLDS = 8;

/** Opens a page, its folds too. A mail runs no scripts, not even ours: its text is put into a page that does. */
async function open(path: string): Promise<"page" | "mail"> {
  const { page } = site;
  const answer = await page.goto(`${site.url}${path}`);
  const isMail = (answer?.headers()["content-security-policy"] ?? "").startsWith("sandbox");
  if (isMail) {
    const text = (await answer?.text()) ?? "";
    await page.goto("about:blank");
    await page.setContent(text);
  }
  await page.evaluate(
    `[...document.querySelectorAll("details")].forEach((fold, i) => (i < ${MOST_FOLDS} ? (fold.open = true) : fold.remove()))`,
  );
  return isMail ? "mail" : "page";
}

describe("every page of the demo", () => {
  it("is reached by links from the start page", () => {
    expect(found.map(({ kind }) => kind).toSorted()).toEqual(KINDS);
  });

  it.each(SHOWN)(
    "F3: %s passes axe by WCAG 2.2 AA, does not scroll sideways from 320 px on, and shows where the focus is",
    async (kind) => {
      expect(await faultsOf(site.page, kind, await open(pathOf(kind)))).toEqual([]);
    },
  );

  it("F8: shows on the demo's backtest that most alerts were right, by more than a few cases", () => {
    const text = found.find(({ kind }) => kind === "/backtests/…/…")?.text ?? "";
    const [, alerts, left] = /Of the (\d+) customers it would have told you about .+?, (\d+) had left/.exec(text) ?? [];
    expect([alerts, left]).toEqual(["12", "10"]);
  });

  it("SA03: shows on the demo's statuses who is asleep, and tells it to nobody", async () => {
    const path = found.find(({ kind }) => kind === "/statuses/…")?.path;
    const text = await (await fetch(`${site.url}${path}`)).text();
    const [, customers] = /(\d+) customers? ha(?:s|ve) it\./.exec(text.replaceAll(/\s+/g, " ")) ?? [];
    expect([customers, text.includes("Being evaluated anew")]).toEqual(["11", false]);
    expect(found.filter(({ kind }) => kind.includes("customer-status"))).toEqual([]);
  });

  it("CN04: has no link to an address of which a part is not used", () => {
    const faults: string[] = [];
    for (const { path, text } of found) if (text.includes('class="unused"')) faults.push(path);
    expect(faults).toEqual([]);
  });

  it("F8: has a way back to the start page, except what is shown inside another page or needs no sign-in", async () => {
    const lost: string[] = [];
    const nowhere = await fetch(`${site.url}/nowhere`, { headers: { accept: "text/html" } });
    for (const { kind, text } of [...found, { kind: "/nowhere", text: await nowhere.text() }]) {
      if (kind === "/" || kind.endsWith("/html") || kind === LINK_OF_MAIL) continue;
      const back = /<a\b[^>]*href="(\/|\/backtests\/demo|\/mail\/)"/.exec(text);
      if (back === null) lost.push(kind);
    }
    expect(lost).toEqual([]);
  });
});

/** What only a laptop has, and the sign-in of its demo. */
const ON_LAPTOP = /^\/(?:mail|slack|docs|design|sign-in|session)\b/;
/** The texts of messages in the tenant's language, which the demo's has in English. */
const TEXTS_OF_TENANT = /^\/notifications\/…\/templates/;
const OTHERS = ["da", "pt-BR", "uk"] as const;

const IN_LANGUAGES = SHOWN.filter((kind) => kind !== LINK_OF_MAIL && !ON_LAPTOP.test(kind));

describe("the languages of the pages", () => {
  it.each(IN_LANGUAGES)(
    "CN06: leave no English sentence, and no second stop, on %s in Danish, Portuguese or Ukrainian",
    async (kind) => {
      const faults: string[] = [];
      const inLanguage = async (language: string): Promise<string> => {
        const headers = { accept: "text/html", cookie: `regulars-language=${language}` };
        return (await fetch(`${site.url}${pathOf(kind)}`, { headers })).text();
      };
      const english = new Set(sentencesOf(await inLanguage("en")));
      for (const language of OTHERS) {
        const text = await inLanguage(language);
        if (!text.includes(`<html lang="${language}"`)) faults.push(`is not in ${language}`);
        // A date may end with a stop of its own.
        const stops = text.replaceAll(/<[^>]*>/g, "").match(/.{0,30}\S\.\.(?!\.)/g) ?? [];
        faults.push(...stops.map((one) => `has two stops in ${language}: ${one}`));
        const left = sentencesOf(text).filter((one) => english.has(one));
        const known = TEXTS_OF_TENANT.test(kind) ? [] : textsOfPage(text).filter(isEnglishIn(language));
        const all = new Set([...left, ...known.map((one) => one.text)]);
        faults.push(...[...all].map((one) => `in ${language}: ${one.slice(0, 120)}`));
      }
      expect(faults).toEqual([]);
    },
  );
});

const REPS = [
  { userId: "u-freja", name: "Freja Lindqvist", email: "freja@havgaard.example" },
  { userId: "u-mikkel", name: "Mikkel Damgaard", email: "mikkel@havgaard.example" },
  { userId: "u-elin", name: "Elin Åkerblad", email: "elin@havgaard.example" },
];

describe("a rep's list", () => {
  it.each(REPS)(
    "AC02 is by expected money, the same on the command line and the page, in the digest and in Slack: $name",
    async ({ userId, name, email }) => {
      const shown = new ShownLists(site.url, site.place);
      const entries = await shown.onCommandLine(userId);
      const ids = entries.map(({ id }) => id);
      const money = entries.map(({ atStakeMinor }) => atStakeMinor);
      expect(ids.length).toBeGreaterThan(5);
      expect(money).toEqual(money.toSorted((a, b) => b - a));
      expect((await shown.onPage(userId)).filter((id) => ids.includes(id))).toEqual(ids);
      expect(await shown.countOnStartPage(userId)).toBe(ids.length);
      const told = await shown.inSlack(name);
      // What was told at once is counted in the digest, and not told there again.
      expect(await shown.inDigest(email)).toEqual(ids.filter((id) => !told.includes(id)).slice(0, 10));
      expect(told.length).toBeGreaterThan(1);
      expect(told).toEqual(ids.filter((id) => told.includes(id)));
    },
  );
});

/** A value that no form takes. */
function refusedValueOf({ type, maxLength }: FormField): string {
  if (type === "date") return "soon";
  if (type === "number") return "-1";
  return maxLength > 0 ? "x".repeat(maxLength + 1) : "no-such-choice";
}

/** A filter that cannot be used is left out of its page, which says so; any other form is refused. */
const refusedStatusOf = ({ isGet }: SentForm): number => (isGet ? 200 : 422);

/** Words that an English sentence has, and none of the other languages. */
const ENGLISH =
  /(?<!\p{L})(?:the|is|are|not|with|has|must|only|there|this|which|cannot|than|given|choose|write|longer|allowed|would|its)(?!\p{L})/iu;

/** A form with one field that is refused, as a browser without scripts sends it, and what was answered. */
interface RefusedForm {
  readonly name: string;
  /** What the form is known by. */
  readonly key: string;
  /** The kind of its page. */
  readonly kind: string;
  readonly field: FormField;
  readonly value: string;
  readonly sent: SentForm;
  readonly status: number;
  /** The same form in the answer. */
  readonly after: PageForm | undefined;
  readonly reason: string;
}

/** What a page says of what was refused. */
const reasonIn = (text: string): string =>
  (/role="alert"[^>]*>([^]*?)<\/(?:p|div)>/.exec(text)?.[1] ?? "")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/** Kinds of pages with a form that a person fills, the form of every header aside. */
const FILLED = [
  "/api-keys/…",
  "/backtests/…",
  "/code-red-settings/…",
  "/code-red/…",
  "/code-red/…/…",
  ...FINDINGS,
  "/for-you/…",
  "/for-you/…/…",
  "/links/…",
  "/links/…/suggestions",
  "/new-plan/…",
  "/notifications/…/log",
  "/notifications/…/slack",
  "/notifications/…/templates/edit",
  "/notifications/…/tenant",
  "/plans/…/…",
  "/plans/…/…/deals/…",
  "/plans/…/…/list",
  "/plans/…/…/new-deal",
  "/plans/…/…/settings",
  "/refusal-reasons/…",
  "/refusals/…",
  "/relationships/…",
  "/relationships/…/…",
  "/selections/…",
  "/selections/…/…",
  "/settings/…",
  "/statuses/…/edit",
  "/statuses/…/edit/…",
  "/users/…",
  "/webhooks/…",
  "/who-knows/…/…",
];
/** Every header has the same search: it is tried on one page. */
const SEARCHES = "/for-you/…/…";
/** The form of a mail's link is that of one's own preferences; the sheet of components shows one that asks nothing. */
const SHOWS_ANOTHERS = new Set([LINK_OF_MAIL, "/design"]);
const isSearch = ({ key }: PageForm): boolean => key.includes("/search/");

/** The forms of every kind of page, read once. */
const formsByKind = memo(async (): Promise<ReadonlyMap<string, readonly PageForm[]>> => {
  const forms = await formsOf(
    site.page,
    found.map(({ text }) => text),
  );
  return new Map(found.map(({ kind }, i) => [kind, forms[i] ?? []]));
});

/** Every field of every form of a kind of page, once: cards of a board have the same form. */
async function fieldsOf(
  kind: string,
): Promise<readonly Pick<RefusedForm, "name" | "field" | "value" | "sent" | "key">[]> {
  const forms = ((await formsByKind()).get(kind) ?? []).filter((form) => kind === SEARCHES || !isSearch(form));
  const all = forms.flatMap((form) =>
    form.fields.map((field) => {
      const value = refusedValueOf(field);
      const name = `${kind} ${form.key}: ${field.name}`;
      return { name, field, value, sent: sentFormOf(form, `${site.url}${pathOf(kind)}`, field, value), key: form.key };
    }),
  );
  return [...new Map(all.toReversed().map((one) => [one.name, one])).values()].toReversed();
}

/** Every field of every form of a kind of page, refused once. */
const refusedForms = memoByKey(async (kind: string): Promise<readonly RefusedForm[]> => {
  const answered: (Omit<RefusedForm, "after"> & { readonly text: string })[] = [];
  for (const one of await fieldsOf(kind)) {
    const answer = await answerTo(one.sent);
    const text = await answer.text();
    answered.push({ ...one, kind, status: answer.status, text, reason: reasonIn(text) });
  }
  const forms = await formsOf(
    site.page,
    answered.map(({ text }) => text),
  );
  return answered.map((one, i) => ({ ...one, after: forms[i]?.find(({ key }) => key === one.key) }));
});

/** Those of which a page says something of its own: what was sent, and numbers, make no other sentence. */
const saidOnce = (forms: readonly RefusedForm[]): readonly RefusedForm[] => [
  ...new Map(
    forms.map((one) => [`${one.kind} ${one.reason.replaceAll(/“[^”]*”|&quot;.*?&quot;|\d+/g, "…")}`, one]),
  ).values(),
];

describe("every form of every page", () => {
  it("F2: is on a page of these kinds, with more than 200 fields in all", async () => {
    const kinds = [...(await formsByKind())].filter(
      ([kind, forms]) => !SHOWS_ANOTHERS.has(kind) && forms.some((one) => !isSearch(one) && one.fields.length > 0),
    );
    expect(kinds.map(([kind]) => kind).toSorted()).toEqual(FILLED);
    const fields = await Promise.all(FILLED.map(fieldsOf));
    expect(fields.flat().length).toBeGreaterThan(200);
    expect(fields.flat().filter(({ key }) => key.includes("/search/")).length).toBeGreaterThan(0);
  });

  it.each(FILLED)(
    "F2: on %s comes back filled and with the reason when a field is refused or a filter cannot be used",
    async (kind) => {
      const faults: string[] = [];
      for (const { name, field, value, sent, status, after, reason } of await refusedForms(kind))
        if (status !== refusedStatusOf(sent)) faults.push(`${name} = ${value.slice(0, 20)} answers ${status}`);
        else if (after === undefined) faults.push(`${name} is gone after it was refused`);
        else if (reason.length < 30) faults.push(`${name}: no reason`);
        // A filter stands in the reason, with its name, or in its field.
        else if (after.key.startsWith("get ") && reason.includes(`${field.name}=`)) continue;
        else if (field.isText && after.fields.find((one) => one.name === field.name)?.value !== value)
          faults.push(`${name} is not filled with what was sent`);
      expect(faults).toEqual([]);
    },
  );

  it.each(FILLED)(
    "CN06: on %s is refused without an English word in Danish, Portuguese and Ukrainian",
    async (kind) => {
      const faults: string[] = [];
      const forms = saidOnce(await refusedForms(kind));
      for (const { name, sent } of forms)
        for (const language of OTHERS) {
          const answer = await answerTo(sent, language);
          const said = reasonIn(await answer.text());
          // What somebody wrote, and what may be written instead, is in no language.
          const own = said.replaceAll(/“[^”]*”|&quot;.*?&quot;/g, "").replace(/: [^:]*,[^:]*$/, "");
          if (answer.status !== refusedStatusOf(sent) || said.length < 20)
            faults.push(`${name} in ${language}: ${answer.status} ${said}`);
          else if (ENGLISH.test(own)) faults.push(`${name} in ${language}: ${said.slice(0, 300)}`);
        }
      expect(faults).toEqual([]);
      expect(forms.length).toBeGreaterThan(0);
    },
  );

  it("CN06: is refused for more than 60 reasons", async () => {
    const reasons: RefusedForm[] = [];
    for (const kind of FILLED) reasons.push(...saidOnce(await refusedForms(kind)));
    expect(reasons.length).toBeGreaterThan(60);
  });
});
