import { languages } from "@regulars/core/platform/languages";
import { userIdSchema } from "@regulars/core/platform/values";
import { pagesByAddress } from "@regulars/web/pages-by-address";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { addressOf, consolePages } from "../fixtures/console-routes.ts";
import { aConsole } from "../fixtures/page-console.ts";

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});
afterAll(() => apiClient.close());

interface SentForm {
  readonly path: string;
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Names of the fields that people write into. */
  readonly written: readonly string[];
}

describe("a form that is sent after the session ended", () => {
  it.each(languages)(
    "CN07: comes back with each text by the label of its form, without names of fields: %s",
    async (language) => {
      const forms = await formsIn(language);
      const faults: string[] = [];
      const nobody = () => Promise.resolve(undefined);
      const signedOut = pagesByAddress({ folder: "", runtime: apiClient.runtime, viewerOf: nobody });
      for (const { path, action, fields, written } of forms) {
        const answer = await signedOut.request(action, {
          method: "POST",
          headers: { accept: "text/html", "sec-fetch-site": "same-origin" },
          body: new URLSearchParams(fields.map(([name, value]) => [name, value] as [string, string])),
        });
        const text = await answer.text();
        if (answer.status !== 401) faults.push(`${path}: ${answer.status}`);
        const labels = [...text.matchAll(/<dt><bdi>([^<]*)<\/bdi><\/dt>/g)].map(([, label = ""]) => label);
        if (labels.length !== new Set(written).size)
          faults.push(`${path}: ${written.join()} are shown as ${labels.join()}`);
        for (const label of labels) if (isName(label) || label.includes("&amp;")) faults.push(`${path}: ${label}`);
        for (const [name] of fields) if (!text.includes(`name="${name}"`)) faults.push(`${path}: ${name} is not kept`);
      }
      expect(faults).toEqual([]);
      expect(forms.filter(({ written }) => written.length > 0).length).toBeGreaterThan(15);
    },
  );
});

/** A word of programs, like "quietFrom". */
const isName = (label: string): boolean => /^[a-z]+([A-Z.]\w*)?$/.test(label) && /[A-Z.]/.test(label);

/** The forms of all pages in one language, with a text in each field that people write into. */
async function formsIn(language: string): Promise<readonly SentForm[]> {
  const viewer = { type: "user", tenantId: fixture.tenant.tenantId, userId: userIdSchema.parse("ada") } as const;
  const pages = aConsole(apiClient.runtime, viewer);
  const headers = { accept: "text/html", cookie: `regulars-language=${language}` };
  const forms: SentForm[] = [];
  for (const route of await consolePages()) {
    const text = await (await pages.request(addressOf(route, fixture), { headers })).text();
    for (const [form, start = ""] of text.matchAll(/<form\b([^>]*\bmethod="post"[^>]*)>[^]*?<\/form>/g)) {
      const tags = [...form.matchAll(/<(input|select|textarea)\b[^>]*>/g)].map(([tag]) => tag);
      const named = tags.map((tag) => ({ tag, name: attribute(tag, "name") })).filter(({ name }) => name !== "");
      const isWritten = (tag: string) => !/^<select|type="(hidden|checkbox|radio|file)"/.test(tag);
      forms.push({
        path: route.path,
        action: attribute(start, "action").replaceAll("&amp;", "&"),
        fields: named.map(({ tag, name }) => [name, isWritten(tag) ? "Written by hand" : valueOf(tag)]),
        written: named.filter(({ tag }) => isWritten(tag)).map(({ name }) => name),
      });
    }
  }
  return forms;
}

const attribute = (tag: string, name: string): string => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
const valueOf = (tag: string): string =>
  [
    ["&quot;", '"'],
    ["&#39;", "'"],
    ["&lt;", "<"],
    ["&gt;", ">"],
    ["&amp;", "&"],
  ].reduce((text, [escaped = "", letter = ""]) => text.replaceAll(escaped, letter), attribute(tag, "value"));
