import { join } from "node:path";
import { idOfSegment } from "@regulars/core/platform/id-text";
import { isActive } from "@regulars/core/access/user";
import { ok, refuse } from "@regulars/core/platform/result";
import { apiHandler } from "@regulars/functions/api/lambda";
import type { Runtime } from "@regulars/functions/runtime";
import { toInstant } from "@regulars/core/platform/values";
import type { Table } from "@regulars/store/engine/table";
import { Hono } from "hono";
import { csrf } from "hono/csrf";
import type { LocalIssuer } from "../http/issuer.ts";
import { leadGate } from "../http/lead-gate.ts";
import { apiGatewayAdapter } from "../http/api-gateway-adapter.ts";
import { failedPage } from "./failed-page.ts";
import { loopbackOnly } from "../http/loopback-only.ts";
import { mailInbox } from "../inbox/mail-inbox.ts";
import { htmlResponse, notFound, refusedPage, serveAssets, serveIcon } from "../http/html-response.ts";
import { addresses } from "./addresses.ts";
import { readFindingPage } from "./finding-page.ts";
import { findingView } from "./finding-view.ts";
import { readSignInChoices, readSlackNames, readTenantCards } from "./home-page.ts";
import { healthPages } from "./health-pages.ts";
import { homeView } from "./home-view.ts";
import { ASSETS } from "./layout.ts";
import { introductionsPages } from "./introductions-pages.ts";
import { codeRedPages } from "./code-red-pages.ts";
import { linksPages } from "./links-pages.ts";
import { codeRedSettingsPages } from "./code-red-settings-pages.ts";
import { backtestPages } from "./backtest-pages.ts";
import { settingsPages } from "./settings-pages.ts";
import { planPages } from "./sales-plan-pages.ts";
import { inTenant } from "./open-tenant.ts";
import { refusedForm } from "./refused-form.ts";
import { refusalPage } from "./refusal-view.ts";
import { reviewFinding } from "./review.ts";
import { statusesPages } from "./statuses-pages.ts";
import { readRepPage } from "./rep-page.ts";
import { repView } from "./rep-view.ts";
import { signInView, tokenView } from "./sign-in.ts";
import { slackWorkspace } from "../slack/slack-workspace.ts";

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
  serveAssets(assets, "../pages/style.css");
  pages.route(ASSETS, assets);
  pages.route("/mail", mailInbox(join(folder, "mail")));
  pages.route(
    "/slack",
    slackWorkspace(join(folder, "slack"), () => readSlackNames(table)),
  );

  pages.get("/", async (c) => htmlResponse(c, homeView({ folder, cards: await readTenantCards(table) })));

  pages.get("/for-you/:tenant/:user?", async (c) => {
    const { tenant, user } = c.req.param();
    const now = toInstant(Date.now());
    const page = await inTenant(table, tenant, (opened) =>
      readRepPage(opened, user === undefined ? undefined : idOfSegment(user), c.req.query(), now),
    );
    return page.ok ? htmlResponse(c, repView(page.value)) : notFound(c, refusalPage(page.message));
  });

  pages.get("/findings/:tenant/:id", async (c) => {
    const { tenant, id } = c.req.param();
    const links = addresses(new URL(c.req.url).origin);
    const now = toInstant(runtime.clock());
    const page = await inTenant(table, tenant, (opened) => readFindingPage(opened, idOfSegment(id), links, now));
    const isNoted = c.req.query("noted") !== undefined;
    return page.ok
      ? htmlResponse(c, findingView(page.value, { isNoted }), { hasForms: true })
      : notFound(c, refusalPage(page.message));
  });

  pages.post("/findings/:tenant/:id", csrf(), async (c) => {
    const { tenant, id } = c.req.param();
    const form = await c.req.parseBody();
    const now = toInstant(runtime.clock());
    const done = await inTenant(table, tenant, (opened) => reviewFinding(opened, idOfSegment(id), form, now));
    if (!done.ok) {
      const links = addresses(new URL(c.req.url).origin);
      const page = await inTenant(table, tenant, (opened) => readFindingPage(opened, idOfSegment(id), links, now));
      if (!page.ok) return notFound(c, refusalPage(page.message));
      const refused = refusedForm(done.message, form);
      return refusedPage(c, findingView(page.value, { refused }), 422, { hasForms: true });
    }
    return c.redirect(`${c.req.path}${form["action"] === "feedback" ? "?noted" : ""}`, 303);
  });

  pages.route("/", planPages({ table, runtime }));
  pages.route("/", backtestPages({ table, runtime }));
  pages.route("/", codeRedPages({ table, runtime }));
  pages.route("/", healthPages({ table, runtime }));
  pages.route("/", introductionsPages({ table, runtime }));
  pages.route("/", linksPages({ table, runtime }));
  pages.route("/", codeRedSettingsPages({ table, runtime }));
  pages.route("/", statusesPages({ folder, table, runtime }));
  pages.route("/", settingsPages({ table, runtime }));

  pages.route("/auth", issuer.routes);
  pages.get("/sign-in", async (c) => htmlResponse(c, signInView(await readSignInChoices(table))));
  pages.get("/sign-in/:tenant/:user", async (c) => {
    const { tenant, user } = c.req.param();
    const { origin } = new URL(c.req.url);
    // The issuer address that the API trusts, whichever name of this machine is in the page's address.
    const trusted = runtime.api?.issuer ?? `${origin}/auth`;
    const page = await inTenant(table, tenant, async (opened) => {
      const found = (await opened.store.users()).find(({ userId }) => userId === idOfSegment(user));
      if (found === undefined) return refuse("unknown-user", `Tenant ${tenant} has no user "${user}".`);
      if (!isActive(found)) return refuse("user-left", `${found.name} has left: there is no token for them.`);
      const token = await issuer.tokenOf(trusted, opened.tenant.tenantId, found.userId, runtime.clock());
      return ok(tokenView(found, token, origin));
    });
    return page.ok ? htmlResponse(c, page.value) : notFound(c, refusalPage(page.message));
  });

  const api = leadGate(apiGatewayAdapter(apiHandler(runtime)));
  pages.all("*", async (c) => {
    const answer = await api(c.req.raw);
    if (c.req.path === "/docs" && answer.ok) return withWayBack(answer);
    const isLost = answer.status === 404 && !c.req.path.startsWith("/v1/") && wantsHtml(c.req.header("accept"));
    return isLost ? notFound(c, refusalPage(`There is no page ${c.req.path.slice(0, 200)}.`)) : answer;
  });
  return pages;
}

/** The API's own page with a link to the start page, which a deployed API does not have. */
async function withWayBack(answer: Response): Promise<Response> {
  const text = (await answer.text()).replace("<header>", `<header><p><a href="/">‹ Regulars</a></p>`);
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  return new Response(text, { status: answer.status, headers });
}

/** Whether a browser asks: programs get a problem document. */
const wantsHtml = (accept = ""): boolean => accept.includes("text/html");
