import { isDeepStrictEqual } from "node:util";
import { memo, memoByKey } from "@regulars/core/platform/memo";
import { userIdSchema } from "@regulars/core/platform/values";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { type ConsoleRoute, addressOf, consolePages } from "../fixtures/console-routes.ts";
import { itemsByKey } from "../fixtures/items-by-key.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { notIsolated } from "../fixtures/page-texts.ts";
import { type PostedForm, postedForms } from "../fixtures/posted-forms.ts";

/** Every form of the console, read from its pages and sent as a browser sends it, with any text in its fields. */

/** A page, as somebody sees it. */
interface ViewedPage extends ConsoleRoute {
  readonly user: string;
}

const PAGES = await consolePages();
/** Each page as an admin sees it, and a rep. */
const VIEWED: readonly ViewedPage[] = ["ada", "anna"].flatMap((user) => PAGES.map((page) => ({ ...page, user })));

let apiClient: ApiTestClient;
let fixture: ApiFixture;
beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

const consoleOf = memoByKey((user: string) =>
  aConsole(apiClient.runtime, {
    type: "user",
    tenantId: fixture.tenant.tenantId,
    userId: userIdSchema.parse(user),
  }),
);

async function draw(page: ViewedPage): Promise<string> {
  const answer = await consoleOf(page.user).request(addressOf(page, fixture), { headers: { accept: "text/html" } });
  return (answer.headers.get("content-type") ?? "").startsWith("text/html") ? answer.text() : "";
}

async function send(user: string, { action, entries }: PostedForm) {
  const answer = await consoleOf(user).request(action, {
    method: "POST",
    headers: { accept: "text/html", "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(entries.map(([name, value]): [string, string] => [name, value])),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Letters that a page must show as letters, some from right to left. */
const RIGHT_TO_LEFT = "שלום";
const HOSTILE = `<script>alert(1)</script>"'><b onx=1>&amp; ${RIGHT_TO_LEFT} 😀`;
const RAW = /<script>alert|"'><b onx/;
const LONG = "w".repeat(10_000);

/** A form with one field filled; without one it stays as it was drawn. */
const filled = (form: PostedForm, field: string | undefined, value: string): PostedForm => ({
  ...form,
  entries: form.entries.map(([name, drawn]) => [name, name === field ? value : drawn]),
});

/** What a form is known by, whichever row of a table it is of. */
const kindOf = ({ action, entries }: PostedForm): string =>
  [
    action.split("?")[0]?.replaceAll(/[^/]*[\d%][^/]*/g, "…"),
    ...entries.map(([name, value]) => (/^(?:do|action|verdict|form)$/.test(name) ? `${name}=${value}` : name)),
  ].join(" ");

/** A form of a page, and the field of it that is filled. */
interface Trial {
  readonly page: ViewedPage;
  readonly kind: string;
  readonly field: string | undefined;
}

/** Every field of every form, once of each kind: on the first page that has it, before anything was sent. */
const trials = memo(async (): Promise<readonly Trial[]> => {
  const found = new Map<string, Trial>();
  for (const page of VIEWED)
    for (const form of postedForms(await draw(page)))
      for (const field of form.texts.length === 0 ? [undefined] : form.texts) {
        const kind = kindOf(form);
        const name = `${kind}: ${field}`;
        if (!form.action.startsWith("/session/") && !found.has(name)) found.set(name, { page, kind, field });
      }
  return [...found.values()];
});

const trialsOf = async (page: ViewedPage): Promise<readonly Trial[]> =>
  (await trials()).filter((trial) => trial.page === page);

/** The form as its page draws it now; none once there is nothing to do with it. */
const drawn = async ({ page, kind }: Trial): Promise<PostedForm | undefined> =>
  postedForms(await draw(page)).find((form) => kindOf(form) === kind);

/** What each saving counts, whatever it saves. */
const COUNTERS = new Set(["revision", "version", "stamp"]);
/** A lead that comes again is looked for among those that wait: the lease of that look is counted, and let go. */
const ASSIGNMENT = / ASSIGNMENT$/;
const OF_LEASE = new Set(["fence", "writeId"]);
/** A link to Slack is one of its own each time; links are suggested from the orders of that moment. */
const ANEW = /do=connect|action=suggest/;
/** What is written before a change, whatever it changes. */
const HEADS = /#HEADS HEADS$/;

function stored(): Readonly<Record<string, object>> {
  const items = itemsByKey(fixture.tenant.tenantId);
  const isOwn = (key: string, name: string): boolean =>
    !COUNTERS.has(name) && !(ASSIGNMENT.test(key) && OF_LEASE.has(name));
  const bare = (key: string, item: object): object =>
    Object.fromEntries(Object.entries(item).filter(([name]) => isOwn(key, name)));
  const changes = Object.entries(items).filter(([key]) => !HEADS.test(key));
  return Object.fromEntries(changes.map(([key, item]) => [key, bare(key, item)]));
}

const changedIn = (before: Readonly<Record<string, object>>, after: Readonly<Record<string, object>>): string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => !isDeepStrictEqual(before[key], after[key]),
  );

/** What is deleted is gone; a move to where a card is, and another new user, are done whatever was before. */
const isGone = ({ kind }: Trial, status: number): boolean => status === 404 && kind.endsWith("do=delete");
const KEEPS_NOTHING = /action=(?:leave|move)|isNew .*userId/;

const isAnswered = (status: number): boolean => [200, 303, 409, 422].includes(status);

/** What came of the forms of a page: what is wrong, and how many were sent, taken, and sent again when they were stale. */
const outcomeOf = memoByKey(async (page: ViewedPage) => {
  const faults: string[] = [];
  const counts = { all: 0, taken: 0, stale: 0 };
  for (const trial of await trialsOf(page)) {
    const { kind, field } = trial;
    const note = (what: string) => faults.push(`${kind}: ${field}: ${what}`);
    const form = await drawn(trial);
    if (form === undefined) continue;
    counts.all += 1;
    const once = await send(page.user, filled(form, field, HOSTILE));
    const after = once.status === 422 ? {} : stored();
    apiClient.clock.nowMs += 1_000;
    const twice = once.status === 422 ? once : await send(page.user, filled(form, field, HOSTILE));
    for (const { status, text } of [once, twice]) {
      if (isGone(trial, status)) continue;
      if (!isAnswered(status)) note(`answers ${status}`);
      if (RAW.test(text)) note("is not escaped");
      if (status >= 400 && !text.includes('role="alert"')) note(`says nothing with ${status}`);
    }
    const doubled = once.status === 422 || ANEW.test(kind) ? [] : changedIn(after, stored());
    if (doubled.length > 0) note(`has two effects: ${doubled.join(", ")}`);
    if (once.status !== 303) continue;
    counts.taken += 1;
    if (field === undefined || KEEPS_NOTHING.test(`${kind} ${field}`)) continue;
    if (!form.entries.some(([name]) => name === "was" || name === "version")) continue;
    counts.stale += 1;
    const before = stored();
    const stale = await send(page.user, filled(form, field, "Written meanwhile"));
    if (![409, 422].includes(stale.status)) note(`a stale one answers ${stale.status}`);
    if (changedIn(before, stored()).length > 0) note("a stale one is written");
    if (!stale.text.includes("Written meanwhile")) note("what a stale one has is lost");
  }
  return { faults, counts };
});

/** Those of all pages, each sent in its turn. */
const outcomes = memo(async () => {
  const all: Awaited<ReturnType<typeof outcomeOf>>[] = [];
  for (const page of VIEWED) all.push(await outcomeOf(page));
  return all;
});

describe("every form of every page", () => {
  it.each(VIEWED)(
    "CN04: on $path of $user takes any letters as letters, has one effect when it is sent twice, none when it is stale",
    async (page) => {
      expect((await outcomeOf(page)).faults).toEqual([]);
    },
  );

  it("CN04: is one of more than 100 that are sent, 30 that are taken, and 3 that go stale", async () => {
    const counts = (await outcomes()).map((one) => one.counts);
    const sumOf = (name: "all" | "taken" | "stale") => counts.reduce((sum, one) => sum + one[name], 0);
    expect(sumOf("all")).toBeGreaterThan(100);
    expect(sumOf("taken")).toBeGreaterThan(30);
    expect(sumOf("stale")).toBeGreaterThan(3);
  });

  it("CN06: leaves no page that does not show these letters as letters, those from right to left isolated", async () => {
    await outcomes();
    const faults: string[] = [];
    let shown = 0;
    for (const page of VIEWED) {
      const text = await draw(page);
      if (RAW.test(text)) faults.push(`${page.path} is not escaped`);
      if (text.includes(RIGHT_TO_LEFT)) shown += 1;
      faults.push(...notIsolated(text, RIGHT_TO_LEFT).map((one) => `${page.path}: ${one}`));
    }
    expect(faults).toEqual([]);
    expect(shown).toBeGreaterThan(15);
  });

  it.each(VIEWED)(
    "CN04: on $path of $user is answered with ten thousand letters in a field, whichever it is",
    async (page) => {
      const faults: string[] = [];
      for (const trial of await trialsOf(page)) {
        const form = trial.field === undefined ? undefined : await drawn(trial);
        if (form === undefined) continue;
        const { status, text } = await send(page.user, filled(form, trial.field, LONG));
        const isSaid = status < 400 || text.includes('role="alert"');
        if (!isAnswered(status) || !isSaid) faults.push(`${trial.kind}: ${trial.field}: ${status}`);
      }
      expect(faults).toEqual([]);
    },
  );
});
