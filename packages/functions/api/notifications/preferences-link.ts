import { catalogOf } from "../../catalog.ts";
import { signLinkToken } from "@regulars/core/notifications/link-token";
import { messageKinds } from "@regulars/core/notifications/route";
import { type Ends, endsOf } from "@regulars/core/notifications/unsubscribe";
import { unsubscribeState } from "@regulars/flows/notifications/unsubscribe";
import { linkTexts } from "@regulars/render/links/link-texts";
import type { Context, Hono } from "hono";
import type { Runtime } from "../../runtime.ts";
import { LINK_HEADERS, linkPage } from "./link-page.ts";
import { openLink } from "./open-link.ts";
import { endsText, languageFor, linkRefusal, newLinkRoutes, sentence } from "./unsubscribe.ts";

/** The page of everything that the reader of a message may end or get again, by the token alone. It changes nothing. */
export function preferencesLinkRoutes(runtime: Runtime): Hono {
  const routes = newLinkRoutes(runtime);
  routes.get("/preferences/:token", (c) => answer(c, runtime, c.req.param("token")));
  return routes;
}

async function answer(c: Context, runtime: Runtime, token: string): Promise<Response> {
  const opened = await openLink(token, runtime);
  if (!opened.ok) return linkRefusal(c, opened.reason);
  const { claims, tenant, store } = opened.value;
  const [secret] = runtime.linkSecrets;
  const all = endsOf({ ...claims, scope: "all" });
  if (claims.scope !== "preferences" || all === undefined || secret === undefined) return linkRefusal(c, "not-a-link");
  const language = await languageFor(all, opened.value);
  const texts = linkTexts[language];
  const choiceOf = async (ends: Extract<Ends, { type: "user" }>) => ({
    about: sentence(endsText(ends, { ...opened.value, language, runtime })),
    label: (await unsubscribeState(ends, store)).isOff ? texts.again : texts.stop,
    // The day of issue stays: the links of this page hold as long as the one that led here.
    href: `/links/unsubscribe/${signLinkToken({ ...claims, scope: ends.scope }, secret)}`,
  });
  const kinds = [...catalogOf(runtime, tenant).kinds.map(({ id }) => id), ...messageKinds];
  const scopes = ["digest" as const, ...kinds.map((kind) => `kind:${kind}` as const), "all" as const];
  const choices = await Promise.all(
    scopes.flatMap((scope) => {
      const ends = endsOf({ ...claims, scope });
      return ends?.type === "user" ? [choiceOf(ends)] : [];
    }),
  );
  return c.html(linkPage({ language, title: texts.settings, paragraphs: [], choices }), 200, LINK_HEADERS);
}
