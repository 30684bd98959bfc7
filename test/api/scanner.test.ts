import { messageLinks } from "@regulars/core/notifications/message-links";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { digestEmail } from "@regulars/render/digest/digest";
import { wordDigest } from "@regulars/render/notifications/worded";
import { aStoredDigest, aStoredLine, someTexts } from "@regulars/render/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { itemsByKey } from "../fixtures/items-by-key.ts";
import { aConsole } from "../fixtures/page-console.ts";

/** A scanner of mails opens every link that it finds, more than once, and sends no form. */

/** `npm run check:scanner` has 1,000 of them. */
const DIGESTS = Number(process.env["SCANNED_DIGESTS"] ?? 40);
const SITE = "http://127.0.0.1";
let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
  const reps = Array.from({ length: DIGESTS - 1 }, (_, i) => userIdSchema.parse(`rep-${i + 1}`));
  await fixture.store.imports.saveUsers(reps.map((userId) => ({ userId, name: userId, role: "rep" as const })));
});
afterAll(() => apiClient.close());

const stored = () => itemsByKey(fixture.tenant.tenantId);

/** The digest of a user as it is mailed, with its signed links: everything in it that leads to this site. */
function linksOf(number: number): readonly string[] {
  const { tenantId } = fixture.tenant;
  const userId = userIdSchema.parse(number === 0 ? "anna" : `rep-${number}`);
  const entry = {
    ...aStoredLine(),
    kind: "cold-coffee",
    also: [],
    link: `${SITE}/findings/${tenantId}/churn-risk%3Aacme`,
  };
  const digest = aStoredDigest({ tenantId, userId, link: `${SITE}/for-you/${tenantId}/anna`, lines: [entry] });
  const [secret] = apiClient.runtime.linkSecrets;
  if (secret === undefined) throw new Error("the API has no secret of links");
  const links = messageLinks(digest, {
    secret,
    pageOf: (page, token) => `${SITE}/links/${page}/${token}`,
    now: toInstant(API_NOW),
  });
  const { html, text } = digestEmail(wordDigest(digest, someTexts), links);
  const found = `${html} ${text} ${links?.unsubscribe}`.match(/http:\/\/127\.0\.0\.1\/[^\s"<]*/g) ?? [];
  return [...new Set(found)].map((link) => link.slice(SITE.length));
}

it("scenario 1: a scanner that opens every link of all digests, twice, ends, moves and changes nothing", async () => {
  const links = new Set(Array.from({ length: DIGESTS }, (_, number) => linksOf(number)).flat());
  // Two signed links a digest; the pages of the finding and of the list are the same in all.
  expect(links.size).toBe(2 * DIGESTS + 2);
  const pages = aConsole(apiClient.runtime);
  const before = stored();
  expect(Object.keys(before).length).toBeGreaterThan(50);
  const open = async (link: string): Promise<number> =>
    (await (link.startsWith("/links/unsubscribe/") ? apiClient.ask(link) : pages.request(link))).status;
  const statuses = new Map<number, number>();
  const waiting = [...links, ...links];
  for (let from = 0; from < waiting.length; from += 16)
    for (const status of await Promise.all(waiting.slice(from, from + 16).map(open)))
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
  expect([...statuses]).toEqual([[200, 2 * links.size]]);
  expect(stored()).toEqual(before);
}, 600_000);
