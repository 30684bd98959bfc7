import { Problem, problemResponse } from "@regulars/functions/api/http/problem";
import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import { backtestPages } from "./backtests/backtest-pages.ts";
import { codeRedPages } from "./code-red/code-red-pages.ts";
import { codeRedSettingsPages } from "./code-red/code-red-settings-pages.ts";
import { homePages } from "./home/home-pages.ts";
import { searchPages } from "./home/search-pages.ts";
import { healthPages } from "./relationships/health-pages.ts";
import { whoKnowsPages } from "./who-knows/who-knows-pages.ts";
import { introductionsPages } from "./who-knows/introductions-pages.ts";
import { linksPages } from "./code-red/links-pages.ts";
import { ORDER_SCRIPT } from "./assignment/order-script.ts";
import { planSettingsPages } from "./assignment/plan-pages.ts";
import { plansPages } from "./sales-plans/plans-pages.ts";
import { BOARD_SCRIPT } from "./boards/board-script.ts";
import { planPages } from "./boards/sales-plan-pages.ts";
import { manyPages } from "./bulk-operations/many-pages.ts";
import { refusalPages } from "./refusals/refusal-pages.ts";
import { selectionPages } from "./monitors/selection-pages.ts";
import { settingsPages } from "./tenants/settings-pages.ts";
import { statusEditorPages } from "./monitors/status-editor-pages.ts";
import { statusesPages } from "./monitors/statuses-pages.ts";
import { notificationPages } from "./notifications/notification-pages.ts";
import { preferencesLinkPages } from "./notifications/preferences-link-pages.ts";
import { deliveryPages } from "./notifications/delivery-pages.ts";
import { suppressionPages } from "./notifications/suppression-pages.ts";
import { slackPages } from "./notifications/slack-pages.ts";
import { templatePages } from "./notifications/template-pages.ts";
import { insightPages } from "./insights/insight-pages.ts";
import { nightsPages } from "./nightly/nights-pages.ts";
import { webhooksPages } from "./webhooks/webhooks-pages.ts";
import { apiKeysPages } from "./access/api-keys-pages.ts";
import { usersPages } from "./access/users-pages.ts";
import { sessionPages } from "./access/session-pages.ts";
import { sessionsOf } from "./access/sessions.ts";
import { admit, wantsHtml } from "./page/admit.ts";
import { serveFiles } from "./page/assets.ts";
import { failedPage } from "./page/failed-page.ts";
import { refusal } from "./page/refusal.ts";
import { wordsOfBrowser } from "./page/language.ts";
import { sameOriginOnly } from "./page/same-origin.ts";
import { type PageContext, type PageEnv, type Viewer, newPages } from "./page/viewer.ts";

export interface ConsoleOptions {
  /** Path of the data folder, for the commands that pages name. */
  readonly folder: string;
  readonly runtime: Runtime;
  /** Who looks; nobody is led to the sign-in. */
  readonly viewerOf: (c: PageContext) => Promise<Viewer | undefined>;
  /** The pages of signing in and out, which need no viewer. */
  readonly signIn?: Hono<PageEnv> | undefined;
  /** Links of the header that only this installation has. */
  readonly places?: PageEnv["Variables"]["places"];
}

type OpenOptions = Pick<ConsoleOptions, "folder" | "runtime" | "places"> & {
  /** Who looks while nobody is signed in. */
  readonly nobody?: Viewer | undefined;
  /** Asks the issuer; default: over the network. */
  readonly fetch?: typeof globalThis.fetch | undefined;
};

/** The console with sessions at the operator's issuer. */
export function openConsole({ nobody, fetch = globalThis.fetch, ...options }: OpenOptions): Hono<PageEnv> {
  const { runtime } = options;
  const settings = runtime.console;
  if (settings === undefined)
    throw new Error("the console has no settings: AUTH_ISSUER, AUTH_CLIENT_ID and SESSION_SECRET are not all set");
  const sessions = sessionsOf(runtime, settings);
  return consolePages({
    ...options,
    viewerOf: async (c) => (await sessions.viewerOf(c)) ?? nobody,
    signIn: sessionPages({ runtime, settings, sessions, fetch }),
  });
}

/** The pages of all features. */
export function consolePages({
  folder,
  runtime,
  viewerOf,
  signIn = newPages(),
  places,
}: ConsoleOptions): Hono<PageEnv> {
  const pages = newPages();
  pages.onError((error, c) => failedPage(c, error, runtime.log));
  pages.notFound((c) =>
    wantsHtml(c)
      ? refusal(c, {
          reason: "unknown-page",
          message: c.var.words.say("refusal.unknownPage", { addr: c.req.path.slice(0, 200) }),
        })
      : problemResponse(nothingAt(c), c.var.requestId),
  );
  pages.use(async (c, next) => {
    c.set("runtime", runtime);
    c.set("requestId", `req_${crypto.randomUUID()}`);
    if (places !== undefined) c.set("places", places);
    c.set("words", await wordsOfBrowser(c));
    await next();
  });
  serveFiles(pages, [BOARD_SCRIPT, ORDER_SCRIPT]);
  // Whoever has a mail's link may send its form, also from a mail program's own window: no cookie speaks for them.
  pages.route("/", preferencesLinkPages({ runtime }));
  pages.use(sameOriginOnly(runtime.publicOrigin));
  pages.route("/", signIn);
  pages.use(admit(viewerOf));
  pages.route("/", homePages({ folder, runtime }));
  pages.route("/", searchPages({ runtime }));
  pages.route("/", insightPages({ runtime }));
  pages.route("/", plansPages({ runtime }));
  pages.route("/", planSettingsPages({ runtime }));
  pages.route("/", planPages({ runtime }));
  pages.route("/", manyPages({ runtime }));
  pages.route("/", refusalPages({ runtime }));
  pages.route("/", backtestPages({ runtime }));
  pages.route("/", codeRedPages({ runtime }));
  pages.route("/", healthPages({ runtime }));
  pages.route("/", introductionsPages({ runtime }));
  pages.route("/", whoKnowsPages({ runtime }));
  pages.route("/", linksPages({ runtime }));
  pages.route("/", codeRedSettingsPages({ runtime }));
  pages.route("/", statusesPages({ folder, runtime }));
  pages.route("/", statusEditorPages({ runtime }));
  pages.route("/", selectionPages({ runtime }));
  pages.route("/", settingsPages({ runtime }));
  pages.route("/", usersPages());
  pages.route("/", webhooksPages({ runtime }));
  pages.route("/", nightsPages({ folder }));
  pages.route("/", apiKeysPages({ runtime }));
  pages.route("/", notificationPages({ runtime }));
  pages.route("/", templatePages({ runtime }));
  pages.route("/", deliveryPages({ runtime }));
  pages.route("/", slackPages({ runtime }));
  pages.route("/", suppressionPages({ runtime }));
  return pages;
}

const nothingAt = ({ req }: PageContext): Problem =>
  new Problem({ status: 404, code: "unknown-address", detail: `there is no ${req.method} ${req.path.slice(0, 200)}` });
