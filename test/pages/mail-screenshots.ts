import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Language, languages } from "@regulars/core/platform/languages";
import type { Page } from "playwright-core";
import * as z from "zod";

/** Pictures of a rep's digest and of an alert in Slack, as the demo sends them. */

const PATIENCE_MS = 30_000;
const STEP_MS = 100;
const DESKTOP = 660;
const PHONE = 360;
const HEIGHT = 900;

export async function mailScreenshots(page: Page, origin: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // A page of the console would go on refusing the styles that a mail has in itself.
  await page.goto("about:blank");
  const shoot = async (name: string, html: string, width: number, colorScheme: "light" | "dark" = "light") => {
    await page.setViewportSize({ width, height: HEIGHT });
    await page.emulateMedia({ colorScheme });
    await page.setContent(html);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };
  // On the demo's fixed day a mail is sent again once only: each language has another reader's.
  const digests = (await mailsOf(origin)).filter(({ key }) => key?.includes("/digest:"));
  const [first, ...others] = digests.toSorted((a, b) => ((a.key ?? "") < (b.key ?? "") ? -1 : 1));
  if (first === undefined) throw new Error("the demo has sent no digest");
  const html = await htmlOf(first, origin);
  await shoot("digest-en", html, DESKTOP);
  for (const [index, language] of languages.filter((one) => one !== "en").entries())
    await shoot(`digest-${language}`, await digestIn(language, others[index] ?? first, origin), DESKTOP);
  await shoot("digest-phone", html, PHONE);
  await shoot("digest-dark", html, DESKTOP, "dark");
  const withoutPictures = html.replaceAll(/src="data:[^"]*"/g, 'src="cid:none"');
  await page.setContent(withoutPictures);
  await page.setViewportSize({ width: DESKTOP, height: HEIGHT });
  await page.emulateMedia({ colorScheme: "light" });
  await page.evaluate("document.images[0]?.scrollIntoView({ block: 'center' })");
  await page.screenshot({ path: join(folder, "digest-images-off.png") });
  await alertPictures(page, origin, folder);
}

/** An alert in Slack, before and after somebody snoozes it by its button. */
async function alertPictures(page: Page, origin: string, folder: string): Promise<void> {
  await page.setViewportSize({ width: 900, height: HEIGHT });
  await page.goto(`${origin}/slack/`);
  const alert = page.locator("article", { has: page.locator('input[value="snooze-30"]') }).first();
  const id = await alert.getAttribute("id");
  const same = page.locator(`[id="${id}"]`);
  await same.screenshot({ path: join(folder, "alert-before.png") });
  await same.locator('form:has(input[value="snooze-30"]) button').first().click({ noWaitAfter: true });
  const until = Date.now() + PATIENCE_MS;
  while ((await same.locator(".edited").count()) === 0) {
    if (Date.now() > until) throw new Error("the alert does not show what was clicked");
    await sleep(STEP_MS);
    // The answer to the click may still be on its way.
    await page.reload().catch(() => undefined);
  }
  await same.screenshot({ path: join(folder, "alert-after.png") });
}

const mailSchema = z.object({ id: z.string(), key: z.string().optional() });
type Mail = z.output<typeof mailSchema>;

const mailsOf = async (origin: string): Promise<readonly Mail[]> =>
  z.array(mailSchema).parse(await (await fetch(`${origin}/mail/messages.json`)).json());

const htmlOf = async ({ id }: Mail, origin: string): Promise<string> =>
  (await fetch(`${origin}/mail/messages/${id}/html`)).text();

/** The digest once more, after its reader has chosen another language by the link at its foot. */
async function digestIn(language: Language, digest: Mail, origin: string): Promise<string> {
  const [link] = /[^"]*\/links\/preferences\/[^"]*/.exec(await htmlOf(digest, origin)) ?? [];
  if (link === undefined) throw new Error("the digest has no link to its reader's preferences");
  await send(`${origin}${new URL(link).pathname}`, { form: "preferences", language });
  const before = new Set((await mailsOf(origin)).map(({ id }) => id));
  const [tenantId = "", id = ""] = digest.key?.split(/\/(.*)/) ?? [];
  await send(`${origin}/notifications/${tenantId}/log`, { do: "resend", id });
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(STEP_MS)) {
    const sent = (await mailsOf(origin)).find((one) => !before.has(one.id));
    if (sent !== undefined) return htmlOf(sent, origin);
  }
  throw new Error(`the digest in ${language} does not arrive`);
}

async function send(address: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const body = new URLSearchParams(fields);
  const answer = await fetch(address, {
    method: "POST",
    body,
    headers: { origin: new URL(address).origin },
    redirect: "manual",
  });
  if (answer.status !== 303) throw new Error(`the form of ${address} was not taken: ${answer.status}`);
}
