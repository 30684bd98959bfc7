import type { Runtime } from "@regulars/functions/runtime";
import type { Hono } from "hono";
import type { PageEnv } from "./page/viewer.ts";

/** What the pages of a feature need. */
export interface PagesOptions {
  /** Path of the data folder, for the commands that pages name. */
  readonly folder: string;
  readonly runtime: Runtime;
}

/** The pages of a feature, and how to load them: each is a file of its own in the bundle. */
export interface FeaturePages {
  /** The addresses; * is one part of an address. */
  readonly at: readonly string[];
  readonly load: (options: PagesOptions) => Promise<Hono<PageEnv>>;
  /**
   * They need no viewer and take forms from anywhere, also from a mail program's own window: whoever has the address was
   * sent it, and no cookie speaks for them.
   */
  readonly isByLink?: boolean;
}

const pages = (at: FeaturePages["at"], load: FeaturePages["load"]): FeaturePages => ({ at, load });

export const features: readonly FeaturePages[] = [
  pages(["/"], async (options) => (await import("./home/home-pages.ts")).homePages(options)),
  pages(["/search/*", "/keys"], async (options) => (await import("./home/search-pages.ts")).searchPages(options)),
  pages(["/design"], async () => (await import("./home/design-pages.ts")).designPages()),
  pages(["/for-you/*", "/for-you/*/*", "/findings/*/*"], async (options) =>
    (await import("./insights/insight-pages.ts")).insightPages(options),
  ),
  pages(["/plans/*", "/refusal-reasons/*"], async (options) =>
    (await import("./sales-plans/plans-pages.ts")).plansPages(options),
  ),
  pages(["/new-plan/*", "/plans/*/*/settings"], async (options) =>
    (await import("./assignment/plan-pages.ts")).planSettingsPages(options),
  ),
  pages(["/plans/*/*", "/plans/*/*/columns", "/plans/*/*/list", "/plans/*/*/deals/*"], async (options) =>
    (await import("./boards/sales-plan-pages.ts")).planPages(options),
  ),
  pages(["/plans/*/*/new-deal"], async (options) => (await import("./deals/new-deal-pages.ts")).newDealPages(options)),
  pages(["/plans/*/*/many", "/plans/*/*/operations/*"], async (options) =>
    (await import("./bulk-operations/many-pages.ts")).manyPages(options),
  ),
  pages(["/plans/*/*/members/*"], async (options) =>
    (await import("./bulk-operations/leave-pages.ts")).leavePages(options),
  ),
  pages(["/refusals/*", "/refusals/*/deals"], async (options) =>
    (await import("./refusals/refusal-pages.ts")).refusalPages(options),
  ),
  pages(["/backtests/*", "/backtests/*/*"], async (options) =>
    (await import("./backtests/backtest-pages.ts")).backtestPages(options),
  ),
  pages(["/code-red/*", "/code-red/*/*"], async (options) =>
    (await import("./code-red/code-red-pages.ts")).codeRedPages(options),
  ),
  pages(["/relationships/*", "/relationships/*/*"], async (options) =>
    (await import("./relationships/health-pages.ts")).healthPages(options),
  ),
  pages(["/introductions/*/*"], async (options) =>
    (await import("./who-knows/introductions-pages.ts")).introductionsPages(options),
  ),
  pages(["/who-knows/*/*"], async (options) => (await import("./who-knows/who-knows-pages.ts")).whoKnowsPages(options)),
  pages(["/links/*", "/links/*/suggestions"], async (options) =>
    (await import("./code-red/links-pages.ts")).linksPages(options),
  ),
  pages(["/code-red-settings/*"], async (options) =>
    (await import("./code-red/code-red-settings-pages.ts")).codeRedSettingsPages(options),
  ),
  pages(
    ["/statuses/*", "/statuses/*/follow-ups/*", "/statuses/*/follow-ups/*/*/*", "/statuses/*/pictures/*"],
    async (options) => (await import("./monitors/statuses-pages.ts")).statusesPages(options),
  ),
  pages(["/statuses/*/edit", "/statuses/*/edit/*"], async (options) =>
    (await import("./monitors/status-editor-pages.ts")).statusEditorPages(options),
  ),
  pages(["/selections/*", "/selections/*/*", "/selections/*/*/call-list.csv"], async (options) =>
    (await import("./monitors/selection-pages.ts")).selectionPages(options),
  ),
  pages(["/settings/*"], async (options) => (await import("./tenants/settings-pages.ts")).settingsPages(options)),
  pages(["/users/*"], async () => (await import("./users/users-pages.ts")).usersPages()),
  pages(["/webhooks/*"], async (options) => (await import("./webhooks/webhooks-pages.ts")).webhooksPages(options)),
  pages(["/nights/*", "/data-quality/*"], async (options) =>
    (await import("./nightly/nights-pages.ts")).nightsPages(options),
  ),
  pages(["/api-keys/*"], async (options) => (await import("./access/api-keys-pages.ts")).apiKeysPages(options)),
  pages(["/notifications/*", "/notifications/*/tenant", "/notifications/*/next"], async (options) =>
    (await import("./notifications/notification-pages.ts")).notificationPages(options),
  ),
  {
    at: ["/links/preferences/*"],
    load: async (options) => (await import("./notifications/preferences-link-pages.ts")).preferencesLinkPages(options),
    isByLink: true,
  },
  pages(["/notifications/*/templates", "/notifications/*/templates/edit"], async (options) =>
    (await import("./notifications/template-pages.ts")).templatePages(options),
  ),
  pages(["/notifications/*/log", "/notifications/*/log.csv"], async (options) =>
    (await import("./notifications/delivery-pages.ts")).deliveryPages(options),
  ),
  pages(["/notifications/*/slack"], async (options) =>
    (await import("./notifications/slack-pages.ts")).slackPages(options),
  ),
  pages(["/notifications/*/suppressions"], async (options) =>
    (await import("./notifications/suppression-pages.ts")).suppressionPages(options),
  ),
];

const addresses = features.map((feature) => ({
  pattern: new RegExp(
    `^(?:${feature.at.map((one) => one.replaceAll(".", "\\.").replaceAll("*", "[^/]+")).join("|")})$`,
  ),
  feature,
}));

/** The features with pages of an address, in the order of all; none for most. */
export const featuresAt = (path: string): readonly FeaturePages[] =>
  addresses.filter(({ pattern }) => pattern.test(path)).map(({ feature }) => feature);
