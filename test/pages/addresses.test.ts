import { userIdSchema } from "@regulars/core/platform/values";
import { pagesByAddress } from "@regulars/web/pages-by-address";
import { addresses } from "@regulars/web/page/addresses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { addressOf, consolePages } from "../fixtures/console-routes.ts";
import { fieldsOf } from "../fixtures/form-fields.ts";
import { aConsole } from "../fixtures/page-console.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

const HTML = { headers: { accept: "text/html" } };

async function open(user: string, path: string) {
  const viewer = { type: "user", tenantId: fixture.tenant.tenantId, userId: userIdSchema.parse(user) } as const;
  const answer = await aConsole(apiClient.runtime, viewer).request(path, HTML);
  return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, " ") };
}

describe("an address", () => {
  it("CN04: of a rep, opened by another rep, is a 404 with no name in title or source", async () => {
    const { tenantId } = fixture.tenant;
    for (const path of [
      `/for-you/${tenantId}/anna`,
      `/findings/${tenantId}/churn-risk%3Aacme`,
      `/code-red/${tenantId}/acme`,
    ]) {
      const { status, text } = await open("bo", path);
      const [, title] = /<title>([^<]*)<\/title>/.exec(text) ?? [];
      expect([path, status, title, /Anna|Acme|Eva Dahl/.exec(text)?.[0]]).toEqual([
        path,
        404,
        "Not found – Regulars",
        undefined,
      ]);
    }
  });

  it("CN04: of a message leads to its finding, and without a session to the sign-in and then there", async () => {
    const { tenantId } = fixture.tenant;
    const link = addresses("https://console.example").finding({ tenantId, findingId: "churn-risk:acme" });
    const { pathname } = new URL(link);
    const found = await open("anna", pathname);
    expect([found.status, found.text.includes("<h1><bdi>Acme Café</bdi></h1>")]).toEqual([200, true]);
    const signedOut = pagesByAddress({
      folder: "",
      runtime: apiClient.runtime,
      viewerOf: () => Promise.resolve(undefined),
    });
    const answer = await signedOut.request(`${pathname}?did=x`, HTML);
    const to = new URL(answer.headers.get("location") ?? "", "https://console.example");
    expect([answer.status, to.pathname, to.searchParams.get("to")]).toEqual([
      303,
      "/session/sign-in",
      `${pathname}?did=x`,
    ]);
  });

  it("CN04: is offered to be cleared of its filters only while it has some", async () => {
    const { tenantId } = fixture.tenant;
    const links = (text: string): readonly string[] =>
      [...text.matchAll(/<form\b[^>]*method="get"[^>]*>.*?<\/form>/g)].flatMap(([form]) =>
        [...form.matchAll(/<a\b[^>]*?href="([^"]*)"/g)].map(([, href = ""]) => href),
      );
    const routes = await consolePages();
    for (const path of routes.map((route) => addressOf(route, fixture)))
      expect([path, links((await open("ada", path)).text).filter((href) => href === path)]).toEqual([path, []]);
    for (const [path, query] of [
      [`/plans/${tenantId}/pln_0000000000001`, "search=x"],
      [`/plans/${tenantId}/pln_0000000000001`, "sort=amount"],
      [`/plans/${tenantId}/pln_0000000000001/list`, "status=st_new"],
      [`/code-red/${tenantId}`, "percent=30"],
      [`/links/${tenantId}`, "item=oil"],
    ] as const)
      expect([path, links((await open("ada", `${path}?${query}`)).text)]).toEqual([path, [path]]);
  });

  it("CN04: of a rep's list keeps its day, basis and metric in every link that changes one of them", async () => {
    const { tenantId } = fixture.tenant;
    const { text } = await open("anna", `/for-you/${tenantId}/anna?basis=order&window=90&day=2026-11-20`);
    const links = [...text.matchAll(/href="(\/for-you\/[^"]*\?[^"]*)#(week|lowest|orders)"/g)].map(
      ([, link = ""]) => new URL(link.replaceAll("&amp;", "&"), "https://console.example").searchParams,
    );
    expect(links.length).toBeGreaterThan(5);
    for (const query of links) expect([...query.keys()]).toEqual(expect.arrayContaining(["basis", "window"]));
  });
});

/** Parts of an address that are any text. */
const ANY_TEXT = /^(q|search|group|clarification)$/;
/** Parts that only links of long lists have, ones from elsewhere, or ones that tell what was just done or is open. */
const RARE: Readonly<Record<string, readonly string[]>> = {
  "/code-red/:tenant": ["from", "csv"],
  "/relationships/:tenant": ["from", "weak", "csv"],
  "/links/:tenant": ["from", "item"],
  "/links/:tenant/suggestions": ["from", "state"],
  "/refusals/:tenant/deals": ["by", "outcome", "planId", "reasonId", "from", "to", "after"],
  "/for-you/:tenant/:user?": ["open", "did"],
  "/plans/:tenant/:plan": ["more", "changed", "move", "added"],
  "/plans/:tenant/:plan/list": ["after"],
  "/notifications/:tenant/log": ["before"],
  "/notifications/:tenant/suppressions": ["after"],
  "/statuses/:tenant": ["made", "saved"],
  "/webhooks/:tenant": ["webhook"],
  "/selections/:tenant/:selection": ["action"],
};
const MANGLED = "<b>no such</b>";
const SAID = /<(?:div|p) class="(?:unused|refused)" role="(?:note|alert)">.*?<\/(?:div|p)>/g;

describe("a mangled address", () => {
  it("CN04: shows the page with its defaults and says what it did not use, whatever part of it is mangled", async () => {
    const routes = await consolePages();
    const pages: { readonly path: string; readonly address: string; readonly text: string }[] = [];
    for (const route of routes) {
      const address = addressOf(route, fixture);
      const { status, text } = await open("ada", address);
      if (status === 200 && text.startsWith("<!doctype html>")) pages.push({ path: route.path, address, text });
    }
    expect(pages.length).toBeGreaterThan(20);
    const faults: string[] = [];
    let tried = 0;
    for (const { path, address, text: usual } of pages) {
      if (usual.match(SAID) !== null) faults.push(`${path} says something without a query`);
      const known = pages.flatMap(({ text }) => namesOf(text, address)).filter((name) => !ANY_TEXT.test(name));
      for (const name of new Set(["mangled", ...(RARE[path] ?? []), ...known])) {
        tried += 1;
        const { status, text } = await open("ada", `${address}?${new URLSearchParams({ [name]: MANGLED })}`);
        const said = (text.match(SAID) ?? []).join(" ");
        const isShown = status === 200 && headOf(text) === headOf(usual);
        if (!isShown) faults.push(`${path}?${name}: ${status}`);
        else if (!said.includes("no such")) faults.push(`${path}?${name}: says ${said.slice(0, 200)}`);
        if (text.includes(MANGLED)) faults.push(`${path}?${name}: is not escaped`);
      }
    }
    expect(faults).toEqual([]);
    expect(tried).toBeGreaterThan(80);
    const together = [];
    for (const { path, address, text: usual } of pages) {
      const known = namesOf(usual, address).filter((name) => !ANY_TEXT.test(name));
      const names = new Set(["mangled", ...(RARE[path] ?? []), ...known]);
      const { status, text } = await open(
        "ada",
        `${address}?${new URLSearchParams(Object.fromEntries([...names].map((name) => [name, MANGLED])))}`,
      );
      const said = (text.match(SAID) ?? []).join(" ");
      together.push({ path, status, isShown: headOf(text) === headOf(usual), lines: saidOf(said) - names.size });
    }
    expect(together.filter(({ status, isShown, lines }) => status !== 200 || !isShown || lines !== 0)).toEqual([]);
  });

  it("CN04: says beside each filter of a page what of it cannot be used, in words that belong to the field", async () => {
    const routes = await consolePages();
    const unsaid: string[] = [];
    let marked = 0;
    for (const address of routes.map((route) => addressOf(route, fixture))) {
      const { text: usual } = await open("ada", address);
      const names = new Set(filtersOf(usual, address));
      const mangled = new URLSearchParams([...names].map((name): [string, string] => [name, MANGLED]));
      if (names.size === 0) continue;
      const { text } = await open("ada", `${address}?${mangled}`);
      for (const name of names) {
        const said = saidBeside(text, address, name);
        if (!said.includes("no such")) unsaid.push(`${address}?${name}: ${said}`);
        else marked += 1;
      }
    }
    expect(unsaid).toEqual([]);
    expect(marked).toBeGreaterThan(15);
  });
});

/** What links and filters of a page have in an address. */
const namesOf = (text: string, address: string): readonly string[] => [
  ...[...text.matchAll(/href="([^"?]*)\?([^"#]*)/g)]
    .filter(([, path]) => path === address)
    .flatMap(([, , query = ""]) => [...new URLSearchParams(query.replaceAll("&amp;", "&")).keys()]),
  ...[...text.matchAll(/<form\b[^>]*method="get".*?<\/form>/g)]
    .filter(([form]) => form.includes(` action="${address}"`))
    .flatMap(([form]) => fieldsOf(form)),
];
const formsOf = (text: string, address: string): readonly string[] =>
  [...text.matchAll(/<form\b[^>]*method="get".*?<\/form\s*>/g)]
    .map(([form]) => form)
    .filter((form) => form.includes(` action="${address}"`));
const FIELD = /<(?:input|select)\b([^>]*)>/g;
const attribute = (attributes: string, name: string): string | undefined =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(` ${attributes}`)?.[1];

/** The filters of a page that somebody fills or chooses, but for those that take any text. */
const filtersOf = (text: string, address: string): readonly string[] =>
  formsOf(text, address).flatMap((form) =>
    [...form.matchAll(FIELD)].flatMap(([, attributes = ""]) => {
      const name = attribute(attributes, "name");
      return name === undefined || attributes.includes('type="hidden"') || ANY_TEXT.test(name) ? [] : [name];
    }),
  );

/** What a page says of a filter in the texts that describe its field while it is wrong. */
function saidBeside(text: string, address: string, name: string): string {
  const fields = formsOf(text, address).flatMap((form) => [...form.matchAll(FIELD)].map(([, own = ""]) => own));
  const wrong = fields.filter((own) => attribute(own, "name") === name && own.includes('aria-invalid="true"'));
  const ids = wrong.flatMap((own) => attribute(own, "aria-describedby")?.split(" ") ?? []);
  return ids.map((id) => new RegExp(`<span class="why-wrong" id="${id}">(.*?)</span>`).exec(text)?.[1]).join(" ");
}

/** How many parts of an address a page says that it did not use. */
const saidOf = (said: string): number =>
  (said.match(/<code>/g)?.length ?? 0) + Number(/and (\d+) more/.exec(said)?.[1] ?? 0);
const headOf = (text: string): string | undefined => /<h1>.*?<\/h1>/.exec(text)?.[0];
