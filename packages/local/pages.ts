import { join } from "node:path";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { apiHandler } from "@regulars/functions/api/lambda";
import type { Runtime } from "@regulars/functions/runtime";
import { toInstant } from "@regulars/core/platform/values";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import type { LocalIssuer } from "./http/issuer.ts";
import { leadGate } from "./http/lead-gate.ts";
import { apiGatewayAdapter } from "./http/api-gateway-adapter.ts";
import { failedPage } from "@regulars/web/page/failed-page";
import { loopbackOnly } from "./http/loopback-only.ts";
import { mailInbox } from "./inbox/mail-inbox.ts";
import { PAGE_STYLE, htmlResponse, notFound, serveAssets, serveIcon } from "@regulars/web/page/html-response";
import { readTenantCards } from "@regulars/web/home/home-page";
import { homeView } from "@regulars/web/home/home-view";
import { consolePages } from "@regulars/web/console";
import { OWNER } from "@regulars/web/page/viewer";
import { ASSETS } from "@regulars/web/page/layout";
import { refusalPage } from "@regulars/web/page/refusal-view";
import { findSignInUser, readSignInChoices, readSlackNames } from "./sign-in/read-users.ts";
import { signInView, tokenView } from "./sign-in/sign-in.ts";
import { slackWorkspace } from "./slack/slack-workspace.ts";

interface PagesOptions {
  /** Path of the data folder. */
  readonly folder: string;
  readonly table: Table;
  readonly runtime: Runtime;
  readonly issuer: LocalIssuer;
}

/**
 * All pages of the local system: start page, reps' pages, findings, inbox, Slack, and the API behind its Lambda
 * handler.
 */
export function localPages({ folder, table, runtime, issuer }: PagesOptions): Hono {
  const pages = new Hono();
  pages.use(loopbackOnly);
  pages.onError((error, c) => failedPage(c, error, runtime.log));
  serveIcon(pages);
  const assets = new Hono();
  serveAssets(assets, PAGE_STYLE);
  pages.route(ASSETS, assets);
  pages.route("/mail", mailInbox(join(folder, "mail")));
  pages.route(
    "/slack",
    slackWorkspace(join(folder, "slack"), () => readSlackNames(table)),
  );

  pages.get("/", async (c) =>
    htmlResponse(c, homeView({ folder, cards: await readTenantCards(table, toInstant(runtime.clock())) })),
  );

  pages.route("/auth", issuer.routes);
  pages.get("/sign-in", async (c) => htmlResponse(c, signInView(await readSignInChoices(table))));
  pages.get("/sign-in/:tenant/:user", async (c) => {
    const { tenant, user } = c.req.param();
    const { origin } = new URL(c.req.url);
    // The issuer address that the API trusts, whichever name of this machine is in the page's address.
    const trusted = runtime.api?.issuer ?? `${origin}/auth`;
    const found = await findSignInUser(table, tenant, idOfSegment(user));
    if (!found.ok) return notFound(c, refusalPage(found.message));
    const token = await issuer.tokenOf(trusted, found.value.tenantId, found.value.user.userId, runtime.clock());
    return htmlResponse(c, tokenView(found.value.user, token, origin));
  });

  const api = leadGate(apiGatewayAdapter(apiHandler(runtime)));
  pages.all("/v1/*", (c) => api(c.req.raw));
  pages.all("/docs", async (c) => {
    const answer = await api(c.req.raw);
    return answer.ok ? withWayBack(answer) : answer;
  });
  const console = consolePages({ folder, runtime, viewerOf: () => Promise.resolve(OWNER) });
  pages.all("*", (c) => console.fetch(c.req.raw));
  return pages;
}

/** The API's own page with a link to the start page, which a deployed API does not have. */
async function withWayBack(answer: Response): Promise<Response> {
  const text = (await answer.text()).replace("<header>", `<header><p><a href="/">‹ Regulars</a></p>`);
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  return new Response(text, { status: answer.status, headers });
}
