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

export const features: readonly FeaturePages[] = [
  { at: ["/"], load: async (options) => (await import("./home/home-pages.ts")).homePages(options) },
  {
    at: ["/search/*", "/keys"],
    load: async (options) => (await import("./home/search-pages.ts")).searchPages(options),
  },
  { at: ["/design"], load: async () => (await import("./home/design-pages.ts")).designPages() },
  {
    at: ["/for-you/*", "/for-you/*/*", "/findings/*/*"],
    load: async (options) => (await import("./insights/insight-pages.ts")).insightPages(options),
  },
  {
    at: ["/plans/*", "/refusal-reasons/*"],
    load: async (options) => (await import("./sales-plans/plans-pages.ts")).plansPages(options),
  },
  {
    at: ["/plans/*/*/settings"],
    load: async (options) => (await import("./assignment/plan-pages.ts")).planSettingsPages(options),
  },
  {
    at: ["/plans/*/*", "/plans/*/*/columns", "/plans/*/*/list", "/plans/*/*/deals/*"],
    load: async (options) => (await import("./boards/sales-plan-pages.ts")).planPages(options),
  },
  {
    at: ["/plans/*/*/many", "/plans/*/*/operations/*"],
    load: async (options) => (await import("./bulk-operations/many-pages.ts")).manyPages(options),
  },
  {
    at: ["/refusals/*", "/refusals/*/deals"],
    load: async (options) => (await import("./refusals/refusal-pages.ts")).refusalPages(options),
  },
  {
    at: ["/backtests/*", "/backtests/*/*"],
    load: async (options) => (await import("./backtests/backtest-pages.ts")).backtestPages(options),
  },
  {
    at: ["/code-red/*", "/code-red/*/*"],
    load: async (options) => (await import("./code-red/code-red-pages.ts")).codeRedPages(options),
  },
  {
    at: ["/relationships/*", "/relationships/*/*"],
    load: async (options) => (await import("./relationships/health-pages.ts")).healthPages(options),
  },
  {
    at: ["/introductions/*/*"],
    load: async (options) => (await import("./who-knows/introductions-pages.ts")).introductionsPages(options),
  },
  {
    at: ["/who-knows/*/*"],
    load: async (options) => (await import("./who-knows/who-knows-pages.ts")).whoKnowsPages(options),
  },
  {
    at: ["/links/*", "/links/*/suggestions"],
    load: async (options) => (await import("./code-red/links-pages.ts")).linksPages(options),
  },
  {
    at: ["/code-red-settings/*"],
    load: async (options) => (await import("./code-red/code-red-settings-pages.ts")).codeRedSettingsPages(options),
  },
  {
    at: ["/statuses/*", "/statuses/*/follow-ups/*/*/*", "/statuses/*/pictures/*"],
    load: async (options) => (await import("./monitors/statuses-pages.ts")).statusesPages(options),
  },
  {
    at: ["/statuses/*/edit", "/statuses/*/edit/*"],
    load: async (options) => (await import("./monitors/status-editor-pages.ts")).statusEditorPages(options),
  },
  {
    at: ["/selections/*", "/selections/*/*", "/selections/*/*/call-list.csv"],
    load: async (options) => (await import("./monitors/selection-pages.ts")).selectionPages(options),
  },
  {
    at: ["/settings/*"],
    load: async (options) => (await import("./tenants/settings-pages.ts")).settingsPages(options),
  },
  { at: ["/users/*"], load: async () => (await import("./access/users-pages.ts")).usersPages() },
  {
    at: ["/webhooks/*"],
    load: async (options) => (await import("./webhooks/webhooks-pages.ts")).webhooksPages(options),
  },
  {
    at: ["/nights/*", "/data-quality/*"],
    load: async (options) => (await import("./nightly/nights-pages.ts")).nightsPages(options),
  },
  {
    at: ["/api-keys/*"],
    load: async (options) => (await import("./access/api-keys-pages.ts")).apiKeysPages(options),
  },
  {
    at: ["/notifications/*", "/notifications/*/tenant", "/notifications/*/next"],
    load: async (options) => (await import("./notifications/notification-pages.ts")).notificationPages(options),
  },
  {
    at: ["/links/preferences/*"],
    load: async (options) => (await import("./notifications/preferences-link-pages.ts")).preferencesLinkPages(options),
    isByLink: true,
  },
  {
    at: ["/notifications/*/templates", "/notifications/*/templates/edit"],
    load: async (options) => (await import("./notifications/template-pages.ts")).templatePages(options),
  },
  {
    at: ["/notifications/*/log", "/notifications/*/log.csv"],
    load: async (options) => (await import("./notifications/delivery-pages.ts")).deliveryPages(options),
  },
  {
    at: ["/notifications/*/slack"],
    load: async (options) => (await import("./notifications/slack-pages.ts")).slackPages(options),
  },
  {
    at: ["/notifications/*/suppressions"],
    load: async (options) => (await import("./notifications/suppression-pages.ts")).suppressionPages(options),
  },
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
