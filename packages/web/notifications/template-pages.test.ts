import { builtInInsights } from "@regulars/core/insights/catalog";
import { languages } from "@regulars/core/platform/languages";
import { shownTemplates } from "@regulars/render/notifications/template-preview";
import { pageWordsOf } from "@regulars/render/texts/page-words";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { createRuntime } from "@regulars/functions/runtime";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { beforeEach, describe, expect, it } from "vitest";
import { RHYTHM, insightNights } from "../../../test/fixtures/insight-nights.ts";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { templatesPath } from "../page/addresses.ts";
import { templateName } from "./templates-page.ts";

const NOW = Date.parse("2026-10-01T10:00:00Z");
let testTenant: TestTenant;
let pages: ReturnType<typeof aConsole>;

beforeEach(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  const nights = insightNights(testTenant);
  await store.imports.saveUsers([{ userId: userIdSchema.parse("anna"), name: "Anna", role: "rep" }]);
  await nights.customers({ acme: "anna", byte: "anna" });
  await nights.orders("acme", RHYTHM);
  await nights.nightly("2026-09-30");
  const log = { info: () => undefined, error: () => undefined };
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues: { send: () => Promise.resolve() } },
  );
  pages = aConsole(runtime);
});

const path = (textId?: string) => templatesPath(testTenant.tenant.tenantId, "da", textId);
const send = (fields: Readonly<Record<string, string>>) =>
  pages.request(`${templatesPath(testTenant.tenant.tenantId)}/edit`, {
    method: "POST",
    headers: { origin: "http://localhost", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ language: "da", ...fields }).toString(),
  });
const stored = async () => (await openTenantDirectory(testTenant.table).find(testTenant.tenant.tenantId))?.templates;

describe("the page of a tenant's own words", () => {
  it.each(languages)("calls every text by a name, in %s", async (language) => {
    const words = await pageWordsOf(language);
    const ids = shownTemplates({ templates: {} }, builtInInsights, "en").map(({ textId }) => textId);
    const names = ids.map((textId) => templateName(textId, builtInInsights, words));
    expect(names.filter((name) => ids.includes(name) || /[a-z][A-Z]|\w\.\w/.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(ids.length);
  });

  it("says the name of an opened text above it", async () => {
    expect(await textOf(pages.request(path("churn-risk.followUp")))).toContain(
      "<h1><bdi>Churn risk: what to write</bdi></h1>",
    );
  });

  it("shows how every text reads to a customer, and what has no example by the names of its variables", async () => {
    const list = await textOf(pages.request(path()));
    const reads = (name: string): string | undefined =>
      new RegExp(`>${name}</a\\s*>\\s*</th> <td[^>]*><bdi>(.*?)</bdi>`).exec(list)?.[1];
    expect(reads("Churn risk: why")).toMatch(/^stille i 51 dage/);
    expect(reads("Overdue payments: why")).toMatch(/&lt;ovrd&gt;.*&lt;invo&gt; fakturaer/);
    expect(list).not.toMatch(/\{\w{4}, (?:plural|select)/);
    // The words as they are written stand where they are changed, with how they follow a number.
    const page = await textOf(pages.request(path("churn-risk.why")));
    expect(page).toMatch(/<textarea[^>]*>[^<]*\{dlst, plural, one \{/);
    expect(page).toMatch(/<code>\{dlst, plural, [^<]*<\/code>[^.]*1 dag[^.]*5 dage/);
  });

  it("previews words with a real customer, escaped for each place, and saves nothing", async () => {
    const words = "Hvorfor: <dlst> dage \\<b> & <usul>";
    const page = await textOf(send({ text: "churn-risk.why", words, do: "preview" }));
    expect(page).toContain("To <bdi>ACME</bdi> (<bdi>acme</bdi>), not saved");
    // A mail's HTML has &lt;b&gt;, which the page writes once more.
    expect(page).toContain(
      'In a mail, as HTML: signs are escaped</h3> <pre tabindex="0">Hvorfor: 51 dage &amp;lt;b&amp;gt; &amp;amp;',
    );
    expect(page).toContain('In a mail, as text</h3> <pre tabindex="0">Hvorfor: 51 dage &lt;b&gt; &amp;');
    expect(await stored()).toEqual({});
  });

  it("says of a customer without such a finding who has one, and knows no other customer", async () => {
    const words = "<dlst>";
    const preview = (customer: string) => textOf(send({ text: "churn-risk.why", words, do: "preview", customer }));
    expect(await preview("byte")).toContain("BYTE has no finding “Churn risk”: acme has one");
    expect(await preview("nobody")).toContain("There is no customer nobody");
  });

  it("saves, keeps who changed it to what, previews an older version and goes back to the usual words", async () => {
    const text = "digest.footer";
    for (const words of ["Et <firm>", "To <firm>"]) expect((await send({ text, words, do: "save" })).status).toBe(303);
    expect(await stored()).toEqual({ da: { "digest.footer": "To <firm>" } });
    const list = await textOf(pages.request(path()));
    expect(list).toMatch(
      /Digest: why you get it<\/a\s*>\s*<span class="mark state">yours<\/span>\s*<\/th> <td[^>]*><bdi>To [^<&]+<\/bdi><\/td> <td[^>]*>\s*<time/,
    );
    const page = await textOf(pages.request(path(text)));
    expect([...page.matchAll(/<th scope="row">(\d+)<\/th>/g)].map(([, version]) => version)).toEqual(["2", "1"]);
    expect(page).toContain('<input type="hidden" name="words" value="Et &lt;firm&gt;" />');
    expect((await send({ text, words: "To <firm>", do: "usual" })).status).toBe(303);
    expect(await stored()).toEqual({});
    expect(await textOf(pages.request(path(text)))).toContain("<bdi>the usual words</bdi>");
  });

  it.each([
    ["digest.footer", "For <frim>", "has the unknown variable &lt;frim&gt;: did you mean &lt;firm&gt;?"],
    ["digest.footer", "For <firm", "is not closed"],
    ["digest.footer", "x".repeat(100_000), "has 100000 characters: at most 600"],
    ["churn-risk.followUp", "Ring <cpho>", "needs a fallback for &lt;cpho&gt;"],
  ])("refuses words for %s that cannot be used, and keeps them in the form", async (text, words, said) => {
    for (const what of ["save", "preview"]) {
      const answer = await send({ text, words, do: what });
      expect(answer.status).toBe(422);
      const page = await textOf(answer);
      expect(page).toContain(said);
      expect(page).toContain(words.replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
    }
    expect(await stored()).toEqual({});
  });

  it("writes nothing over somebody else's change, also after a preview, and shows both versions", async () => {
    const text = "digest.footer";
    const wasIn = (page: string): string => /name="was" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const was = wasIn(await textOf(pages.request(path(text))));
    expect((await send({ text, was, words: "Et <firm>", do: "save" })).status).toBe(303);
    const previewed = wasIn(await textOf(send({ text, was, words: "To <firm>", do: "preview" })));
    for (const what of ["save", "usual"]) {
      const stale = await send({ text, was: previewed, words: "To <firm>", do: what });
      expect(stale.status).toBe(409);
      const page = await textOf(stale);
      expect(page).toContain("<td><bdi>Et &lt;firm&gt;</bdi></td> <td><bdi>To &lt;firm&gt;</bdi></td>");
      expect(wasIn(page)).not.toBe(previewed);
    }
    expect(await stored()).toEqual({ da: { "digest.footer": "Et <firm>" } });
    const again = wasIn(await textOf(send({ text, was, words: "To <firm>", do: "save" })));
    expect((await send({ text, was: again, words: "To <firm>", do: "save" })).status).toBe(303);
    expect(await stored()).toEqual({ da: { "digest.footer": "To <firm>" } });
  });

  it("knows no other text and no other language", async () => {
    const mangled = await pages.request(path("digest.nothing"));
    expect([mangled.status, (await textOf(mangled)).includes("<bdi>text=digest.nothing</bdi>")]).toEqual([200, true]);
    expect((await send({ text: "digest.nothing", words: "a", do: "save" })).status).toBe(404);
    expect((await send({ language: "fr", text: "digest.footer", words: "a", do: "save" })).status).toBe(404);
  });
});
