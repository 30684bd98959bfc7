import { memoByKey } from "@regulars/core/platform/memo";
import { userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { addressOf, consolePages } from "../fixtures/console-routes.ts";
import { itemsByKey } from "../fixtures/items-by-key.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { type PostedForm, postedForms } from "../fixtures/posted-forms.ts";
import { watchWrites } from "../fixtures/table-writes.ts";

/** Every form of settings, with a wrong value in each of its fields in turn: what is said, what is kept, what is saved. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;
let pages: ReturnType<typeof aConsole>;
/** Commands that were sent to the database to write. */
let writes = 0;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
  const { tenantId } = fixture.tenant;
  pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse("ada") });
  watchWrites(apiClient.runtime.table, () => {
    writes += 1;
    return "send";
  });
});
afterAll(() => apiClient.close());

/** Pages with forms of settings, found by their routes: a further one is walked too. */
const OF_SETTINGS =
  /^\/(?:settings|code-red-settings|notifications|users|api-keys|webhooks|statuses\/:tenant\/edit|links|selections)\b|\/settings$/;

/** Further addresses of such pages, on which a form is open. */
const OPENED = ["", "?user=anna", "?text=digest.footer"];

/** Values that hardly any field takes: a word, and a number out of every range. */
const WRONG = ["qqq", "99999999999"] as const;

async function ask(address: string, language: string, form?: PostedForm) {
  const headers = { accept: "text/html", "sec-fetch-site": "same-origin", cookie: `regulars-language=${language}` };
  const body = form && new URLSearchParams(form.entries.map(([name, value]): [string, string] => [name, value]));
  const answer = await pages.request(address, { headers, ...(body === undefined ? {} : { method: "POST", body }) });
  const isPage = (answer.headers.get("content-type") ?? "").startsWith("text/html");
  return { status: answer.status, text: isPage ? await answer.text() : "" };
}

const readAll = () => itemsByKey(fixture.tenant.tenantId);

/** All that is stored, read anew only after something was written. */
let known: { readonly writes: number; readonly items: ReturnType<typeof readAll> } | undefined;
function stored() {
  if (known?.writes !== writes) known = { writes, items: readAll() };
  return known.items;
}

/** What a form is known by on its page: what it does and what of, but not with which button. */
const STEERING = /^(?:action|form|group|language|text)$/;
const kindOf = ({ action, entries }: PostedForm): string =>
  [action.split("#")[0], ...new Map(entries.filter(([name]) => STEERING.test(name)).toReversed()).values()].join(" ");

/** A form that a person fills, with what is needed for nothing else to be missing, and the route of its page. */
interface SettingsForm {
  readonly path: string;
  readonly form: PostedForm;
}

/** Forms of settings, each once. */
const forms = memoByKey(async (language: string): Promise<ReadonlyMap<string, SettingsForm>> => {
  const found = new Map<string, SettingsForm>();
  const routes = await consolePages();
  for (const route of routes.filter(({ path }) => OF_SETTINGS.test(path)))
    for (const more of OPENED) {
      const address = addressOf(route, fixture) + more;
      for (const form of postedForms((await ask(address, language)).text)) {
        const isFilled = form.labels.length > 0 && !form.action.startsWith("/session/");
        // What a form does is tried by its preview where it has one: nothing is saved then, whatever the value.
        if (isFilled && !found.has(kindOf(form))) found.set(kindOf(form), { path: route.path, form: filledUp(form) });
      }
    }
  return found;
});

/** What a form cannot do without. */
const NEEDED: Readonly<Record<string, string>> = {
  userId: "u-new",
  name: "New",
  itemId: "oil",
  linkedItemId: "bar",
  ratio: "1",
  linkedRatio: "1",
  lagDays: "0",
  text: "Call",
  url: "https://hooks.example/one",
};

const filledUp = (form: PostedForm): PostedForm => ({
  ...form,
  entries: form.entries.map(([name, value]) => [
    name,
    value === "" && form.labels.some(([one]) => one === name) ? (NEEDED[name] ?? "") : value,
  ]),
});

const bare = (text: string): string =>
  text
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll(/\s+/g, " ")
    .trim();
const toldIn = (text: string): string => bare(/role="alert"[^>]*>(.*?)<\/p>/s.exec(text)?.[1] ?? "");

/** What only a program says, or says to one. */
const OF_PROGRAMS = /\(given|\b(?:expected|Invalid|null|undefined|NaN)\b|[a-z][A-Z]|[{}[\]|]/;

/** Criteria are a language of their own, and what is said of them names its signs. */
const IN_CRITERIA = /^(?:criteria|leaf)/;

/** Refused values of a page's forms; what is wrong with their answers. */
interface Refusals {
  readonly refused: number;
  readonly faults: readonly string[];
}

const refusalsOf = memoByKey((page: string): Promise<Refusals> => {
  const [language = "", path = ""] = page.split(" ");
  return refuse(language, path);
});

/** Sends each form of a page with a wrong value in each field in turn. */
async function refuse(language: string, path: string): Promise<Refusals> {
  const faults: string[] = [];
  let refused = 0;
  let before = stored();
  for (const [kind, { form }] of [...(await forms(language))].filter(([, one]) => one.path === path))
    for (const [field, label] of form.labels)
      for (const value of language === "en" ? WRONG : WRONG.slice(0, 1)) {
        const sent = {
          ...form,
          entries: form.entries.map(([name, drawn]): [string, string] => [name, name === field ? value : drawn]),
        };
        const { status, text } = await ask(form.action, language, sent);
        if (status < 400) {
          before = stored();
          continue;
        }
        refused += 1;
        const told = toldIn(text);
        const note = (what: string) => faults.push(`${kind} ${field} (${label}) ${value}: ${what}: ${told}`);
        const without = told.replaceAll(value, "");
        if (told.split(`“${value}”`).length + told.split(`"${value}"`).length > 3) note("the value twice");
        if (!IN_CRITERIA.test(field) && OF_PROGRAMS.test(without)) note("words of programs");
        const again = postedForms(text).find(
          (one) => kindOf(one) === kindOf(sent) && one.labels.some(([name]) => name === field),
        );
        const isChoice = new RegExp(`<select[^>]*name="${field}"`).test(text);
        if (!isChoice && again?.entries.find(([name]) => name === field)?.[1] !== value) note("not kept");
        expect([kind, field, stored()]).toEqual([kind, field, before]);
      }
  // The count has missed no write since the last form that was taken.
  expect(readAll()).toEqual(before);
  return { refused, faults };
}

/** Routes of the pages that have a form of settings of their own. */
const PATHS = [
  "/api-keys/:tenant",
  "/code-red-settings/:tenant",
  "/links/:tenant",
  "/links/:tenant/suggestions",
  "/notifications/:tenant",
  "/notifications/:tenant/slack",
  "/notifications/:tenant/templates/edit",
  "/notifications/:tenant/tenant",
  "/plans/:tenant/:plan/settings",
  "/selections/:tenant",
  "/selections/:tenant/:selection",
  "/settings/:tenant",
  "/statuses/:tenant/edit",
  "/statuses/:tenant/edit/:status",
  "/users/:tenant",
  "/webhooks/:tenant",
];

describe.each(["en", "da", "pt-BR", "uk"])("a form of settings (%s)", (language) => {
  it("is on these pages", async () => {
    const paths = new Set([...(await forms(language)).values()].map(({ path }) => path));
    expect([...paths].toSorted()).toEqual(PATHS);
  });

  it.each(PATHS)(
    "refuses each wrong value by its label, with the value once, keeps what was written, and saves nothing: %s",
    async (path) => {
      expect((await refusalsOf(`${language} ${path}`)).faults).toEqual([]);
    },
  );

  it("refuses more than 50 values", async () => {
    let all = 0;
    for (const path of PATHS) all += (await refusalsOf(`${language} ${path}`)).refused;
    expect(all).toBeGreaterThan(50);
  });
});
