import { join } from "node:path";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { apiHandler } from "@regulars/functions/api/lambda";
import type { Runtime } from "@regulars/functions/runtime";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import { apiPaths } from "../../infra/api.ts";
import { authorizeSchema } from "./http/grants.ts";
import type { LocalIssuer } from "./http/issuer.ts";
import { leadGate } from "./http/lead-gate.ts";
import { apiGatewayAdapter } from "./http/api-gateway-adapter.ts";
import { failedPage } from "@regulars/web/page/failed-page";
import { loopbackOnly } from "./http/loopback-only.ts";
import { mailInbox } from "./inbox/mail-inbox.ts";
import { htmlResponse, notFound } from "@regulars/web/page/html-response";
import { openConsole } from "@regulars/web/console";
import { wordsOfBrowser } from "@regulars/web/page/language";
import { OWNER, type PageEnv } from "@regulars/web/page/viewer";
import { refusalPage } from "@regulars/web/page/refusal-view";
import { findSignInUser, readSignInChoices, readSlackNames } from "./sign-in/read-users.ts";
import { chooseUserView, signInView, tokenView } from "./sign-in/sign-in.ts";
import { slackWorkspace } from "./slack/slack-workspace.ts";

interface PagesOptions {
  /** Path of the data folder. */
  readonly folder: string;
  readonly table: Table;
  readonly runtime: Runtime;
  readonly issuer: LocalIssuer;
}

/** What only a laptop has. */
const PLACES = [
  { says: "home.inbox", path: "/mail/" },
  { says: "page.slack", path: "/slack/" },
] as const;

/**
 * All pages of the local system: start page, reps' pages, findings, inbox, Slack, and the API behind its Lambda
 * handler.
 */
export function localPages({ folder, table, runtime, issuer }: PagesOptions): Hono<PageEnv> {
  const pages = new Hono<PageEnv>();
  const api = leadGate(apiGatewayAdapter(apiHandler(runtime)));
  pages.use(loopbackOnly);
  pages.use(async (c, next) => {
    c.set("places", PLACES);
    c.set("words", await wordsOfBrowser(c));
    await next();
  });
  pages.onError((error, c) => failedPage(c, error, runtime.log));
  pages.route("/mail", mailInbox(join(folder, "mail")));
  pages.route(
    "/slack",
    slackWorkspace(join(folder, "slack"), () => readSlackNames(table), {
      secret: runtime.slack?.signingSecrets[0] ?? "",
      answersAt: runtime.slack?.answersAt ?? "http://127.0.0.1/slack/",
      send: (request) => api(request),
      now: runtime.clock,
    }),
  );

  pages.route("/auth", issuer.routes);
  pages.get("/auth/authorize", async (c) => {
    const { tenant, user, ...query } = c.req.query();
    const asked = authorizeSchema.safeParse(query);
    if (!asked.success)
      return notFound(c, refusalPage(c.var.words, "This is no sign-in of the console: begin at the start page."));
    if (tenant === undefined || user === undefined) {
      const addressOf = (tenantId: string, userId: string): string =>
        `/auth/authorize?${new URLSearchParams({ ...query, tenant: tenantId, user: userId })}`;
      return htmlResponse(c, chooseUserView(await readSignInChoices(table), addressOf));
    }
    const found = await findSignInUser(table, tenant, user);
    if (!found.ok) return notFound(c, refusalPage(c.var.words, found.message));
    const { redirect_uri: redirectUri, state, nonce } = asked.data;
    const grant = { tenantId: found.value.tenantId, userId: found.value.user.userId, nonce };
    const back = new URL(redirectUri);
    back.searchParams.set("code", issuer.grants.give(grant, asked.data, runtime.clock()));
    back.searchParams.set("state", state);
    return c.redirect(back.href, 303);
  });
  pages.get("/sign-in", async (c) => htmlResponse(c, signInView(await readSignInChoices(table))));
  pages.get("/sign-in/:tenant/:user", async (c) => {
    const { tenant, user } = c.req.param();
    const { origin } = new URL(c.req.url);
    // The issuer address that the API trusts, whichever name of this machine is in the page's address.
    const trusted = runtime.api?.issuer ?? `${origin}/auth`;
    const found = await findSignInUser(table, tenant, idOfSegment(user));
    if (!found.ok) return notFound(c, refusalPage(c.var.words, found.message));
    const token = await issuer.tokenOf(trusted, found.value.tenantId, found.value.user.userId, runtime.clock());
    return htmlResponse(c, tokenView(found.value.user, token, origin));
  });

  for (const path of apiPaths.filter((one) => one !== "/docs")) pages.all(path, (c) => api(c.req.raw));
  pages.all("/docs", async (c) => {
    const answer = await api(c.req.raw);
    return answer.ok ? withWayBack(answer) : answer;
  });
  // Who is not signed in owns the machine, and sees everything.
  const ask: typeof fetch = (url, options) => ownFetch(pages, runtime, new Request(url, options));
  const console = openConsole({ folder, runtime, nobody: OWNER, places: PLACES, fetch: ask });
  pages.all("*", (c) => console.fetch(c.req.raw));
  return pages;
}

/** The console asks the issuer of its own system without the network. */
const ownFetch = async (pages: Hono<PageEnv>, { api }: Runtime, request: Request): Promise<Response> =>
  request.url.startsWith(`${api?.issuer}/`) ? pages.fetch(request) : fetch(request);

/** The API's own page with a link to the start page, which a deployed API does not have. */
async function withWayBack(answer: Response): Promise<Response> {
  const text = (await answer.text()).replace("<header>", `<header><p><a href="/">‹ Regulars</a></p>`);
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  return new Response(text, { status: answer.status, headers });
}
