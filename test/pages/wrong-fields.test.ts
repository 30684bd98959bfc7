import { userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { addressOf, consolePages } from "../fixtures/console-routes.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { type PostedForm, postedForms } from "../fixtures/posted-forms.ts";

/** Every form of every page, with a wrong value in each of its fields in turn: the mistake stands at that field. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;
let all: readonly (readonly [kind: string, found: Found])[];

/** The forms are tried in as many parts, each with its own time: there are hundreds of answers to wait for. */
const PARTS = [1, 2, 3, 4] as const;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
  all = [...(await forms())];
});
afterAll(() => apiClient.close());

/** Further addresses of pages, on which a form is open. */
const OPENED = ["", "?user=anna", "?text=digest.footer"];
const WITH_OPENED = /^\/(?:users|settings\/:tenant\/templates|notifications|templates)\b/;

/** A value that hardly any field takes. */
const WRONG = "qqq";

async function ask(user: string, address: string, form?: PostedForm) {
  const { tenantId } = fixture.tenant;
  const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse(user) });
  const headers = { accept: "text/html", "sec-fetch-site": "same-origin" };
  const body = form && new URLSearchParams(form.entries.map(([name, value]): [string, string] => [name, value]));
  const answer = await pages.request(address, { headers, ...(body === undefined ? {} : { method: "POST", body }) });
  const isPage = (answer.headers.get("content-type") ?? "").startsWith("text/html");
  return { status: answer.status, text: isPage ? await answer.text() : "" };
}

/** What a form is known by, whichever row of a table it is of. */
const kindOf = ({ action, entries }: PostedForm): string =>
  [
    action.split(/[?#]/)[0]?.replaceAll(/[^/]*[\d%][^/]*/g, "…"),
    ...entries.map(([name, value]) => (/^(?:do|action|verdict|form|group)$/.test(name) ? `${name}=${value}` : name)),
  ].join(" ");

interface Found {
  readonly user: string;
  readonly address: string;
  readonly form: PostedForm;
}

/** The form as its page draws it now: one that was drawn before another was saved is stale. */
const drawnNow = async ({ user, address, form }: Found): Promise<PostedForm | undefined> =>
  postedForms((await ask(user, address)).text).find((one) => kindOf(one) === kindOf(form));

/** Forms that a person fills, once of each kind. */
async function forms(): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>();
  const routes = await consolePages();
  for (const user of ["ada", "anna"])
    for (const route of routes)
      for (const more of OPENED.filter((one) => one === "" || (user === "ada" && WITH_OPENED.test(route.path))))
        for (const form of postedForms((await ask(user, addressOf(route, fixture) + more)).text)) {
          const isFilled = form.labels.length > 0 && !form.action.startsWith("/session/");
          const address = addressOf(route, fixture) + more;
          if (isFilled && !found.has(kindOf(form))) found.set(kindOf(form), { user, address, form });
        }
  return found;
}

/** The fields of a form, one of those that differ in what they are of only: of a kind of finding, of a row. */
const fieldsOf = ({ labels }: PostedForm): readonly string[] => [
  ...new Map(labels.toReversed().map(([name]) => [name.replaceAll(/\.[^.]+(?=\.)/g, ".…"), name])).values(),
];

const attributeOf = (tag: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/** The fields of a page that are marked as wrong, with the sentences that they point to. */
function markedIn(page: string): ReadonlyMap<string, { readonly said: string; readonly isLinked: boolean }> {
  const alert = /<p class="refused"[^>]*>(.*?)<\/p>/s.exec(page)?.[1] ?? "";
  const tags = [...page.matchAll(/<(?:input|select|textarea)\b[^>]*\saria-invalid="true"[^>]*>/g)];
  return new Map(
    tags.map(([tag]) => {
      const said = (attributeOf(tag, "aria-describedby") ?? "")
        .split(" ")
        .map((id) => new RegExp(`id="${id}"[^>]*>(.*?)</span>`, "s").exec(page)?.[1] ?? "")
        .join("");
      return [attributeOf(tag, "name") ?? "", { said, isLinked: alert.includes(`href="#${attributeOf(tag, "id")}"`) }];
    }),
  );
}

/** Refusals that are about no field in particular. */
const ABOUT_NO_FIELD = /No deal is chosen/;

describe("a refused form", () => {
  it.each(PARTS)(
    "CN04: has each mistake below the field that it is about, and a link to it in the summary: part %i",
    async (part) => {
      const faults: string[] = [];
      let marked = 0;
      for (const [kind, found] of all.filter((_, i) => i % PARTS.length === part - 1)) {
        let form = await drawnNow(found);
        for (const field of [undefined, ...fieldsOf(found.form)]) {
          if (form === undefined) continue;
          // Once with nothing in any field, then with a wrong value in one.
          const isFilled = (name: string): boolean => found.form.labels.some(([one]) => one === name);
          const entries = form.entries.map(([name, drawn]): [string, string] => [
            name,
            name === field ? WRONG : field === undefined && isFilled(name) ? "" : drawn,
          ]);
          const { status, text } = await ask(found.user, form.action, { ...form, entries });
          if (status < 400) form = await drawnNow(found);
          if (status !== 422) continue;
          const told = (/<p class="refused"[^>]*>(.*?)<\/p>/s.exec(text)?.[1] ?? "")
            .replaceAll(/<[^>]*>/g, " ")
            .replaceAll(/\s+/g, " ")
            .slice(0, 160);
          if (ABOUT_NO_FIELD.test(told)) continue;
          const marks = markedIn(text);
          // What is missing elsewhere may be told first; a value that is named is wrong where it stands.
          const isNamed = field !== undefined && told.includes(`“${WRONG}”`);
          if (marks.size === 0 || (isNamed && !marks.has(field)))
            faults.push(`${kind}: ${field}  (marked: ${[...marks.keys()].join()}): ${told}`);
          else if ([...marks.values()].some(({ said, isLinked }) => said === "" || !isLinked))
            faults.push(`${kind}: ${field}  is not told at it`);
          else marked += 1;
        }
      }
      expect(faults).toEqual([]);
      expect(marked).toBeGreaterThan(10);
    },
  );
});
