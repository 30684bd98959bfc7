import type { Hono } from "hono";
import type { ApiEnv } from "./http/environment.ts";

/** Routes of a feature under /v1, and their addresses, with `*` for an id. */
interface FeatureRoutes {
  readonly at: readonly string[];
  readonly load: () => Promise<Hono<ApiEnv>>;
}

/**
 * The routes of all features by address, so that a function loads those of a request only. The order is that of the
 * whole API. An address that is missing here is answered by the whole API, which takes longer to load.
 */
const features = [
  {
    at: ["/me", "/tenant/settings"],
    load: async () => (await import("./tenants/tenant.ts")).tenantRoutes,
  },
  {
    at: ["/tenant/settings/changes", "/tenant/users/changes", "/tenant/webhooks/changes"],
    load: async () => (await import("./tenants/changes.ts")).changeRoutes,
  },
  {
    at: ["/slack", "/slack/installs"],
    load: async () => (await import("./slack/slack.ts")).slackRoutes,
  },
  {
    at: ["/tenant/templates", "/tenant/templates/preview"],
    load: async () => (await import("./notifications/templates.ts")).templateRoutes,
  },
  {
    at: ["/users", "/users/*"],
    load: async () => (await import("./access/users.ts")).userRoutes,
  },
  {
    at: ["/api-keys", "/api-keys/*/revoke"],
    load: async () => (await import("./access/api-keys.ts")).apiKeyRoutes,
  },
  {
    at: ["/findings", "/findings/*"],
    load: async () => (await import("./insights/findings.ts")).findingRoutes,
  },
  {
    at: ["/findings/*/dismissal", "/findings/*/feedback", "/insights/precision", "/insights/resolved"],
    load: async () => (await import("./insights/reviews.ts")).reviewRoutes,
  },
  {
    at: ["/for-you", "/for-you/orders"],
    load: async () => (await import("./insights/for-you.ts")).forYouRoutes,
  },
  {
    at: ["/code-red", "/code-red/customers/*", "/code-red/customers/*/ignored", "/code-red/settings/preview"],
    load: async () => (await import("./code-red/code-red.ts")).codeRedRoutes,
  },
  {
    at: ["/links", "/links/*/*"],
    load: async () => (await import("./code-red/links.ts")).linkRoutes,
  },
  {
    at: ["/links/suggestions", "/links/suggestions/*/*"],
    load: async () => (await import("./code-red/link-suggestions.ts")).linkSuggestionRoutes,
  },
  {
    at: ["/relationships", "/customers/*/health", "/relationships/~preview"],
    load: async () => (await import("./relationships/health.ts")).healthRoutes,
  },
  {
    at: [
      "/status-monitors",
      "/status-monitors/*",
      "/status-monitors/*/regeneration",
      "/status-monitors/*/~restore",
      "/status-monitors/*/picture",
      "/status-pictures/*",
    ],
    load: async () => (await import("./monitors/monitors.ts")).monitorRoutes,
  },
  {
    at: ["/customers/*/statuses/*/follow-up", "/customers/*/statuses"],
    load: async () => (await import("./monitors/customer-statuses.ts")).customerStatusRoutes,
  },
  {
    at: ["/follow-ups", "/customers/*/follow-ups", "/follow-ups/*", "/follow-ups/*/complete", "/follow-ups/*/drop"],
    load: async () => (await import("./monitors/follow-ups.ts")).followUpRoutes,
  },
  {
    at: ["/criteria/select", "/criteria/preview", "/criteria/entering", "/criteria/explain"],
    load: async () => (await import("./monitors/criteria.ts")).criteriaRoutes,
  },
  {
    at: ["/persons/*/who-knows", "/contacts/*/who-knows", "/customers/*/who-knows", "/plans/*/deals/*/who-knows"],
    load: async () => (await import("./who-knows/who-knows.ts")).whoKnowsRoutes,
  },
  {
    at: ["/persons/*/health", "/contacts/*/health", "/plans/*/deals/*/health"],
    load: async () => (await import("./who-knows/somebody-health.ts")).somebodyHealthRoutes,
  },
  {
    at: [
      "/selections",
      "/selections/*",
      "/selections/*/members",
      "/selections/*/members/~remove",
      "/selections/*/frozen",
    ],
    load: async () => (await import("./monitors/selections.ts")).selectionRoutes,
  },
  {
    at: [
      "/selections/*/call-list",
      "/selections/*/actions",
      "/selections/*/actions/~preview",
      "/selection-actions/*",
      "/selection-actions/*/results",
    ],
    load: async () => (await import("./monitors/selection-actions.ts")).selectionActionRoutes,
  },
  {
    at: ["/introductions", "/introductions/*/state"],
    load: async () => (await import("./who-knows/introductions.ts")).introductionRoutes,
  },
  {
    at: ["/who-knows/opt-outs"],
    load: async () => (await import("./who-knows/opt-outs.ts")).optOutRoutes,
  },
  {
    at: ["/backtests", "/backtests/*", "/backtests/*/report"],
    load: async () => (await import("./backtests/backtests.ts")).backtestRoutes,
  },
  {
    at: ["/customers", "/customers/*"],
    load: async () => (await import("./customers/customers.ts")).customerRoutes,
  },
  {
    at: ["/customers/*/orders", "/orders/*", "/orders/*/cancel"],
    load: async () => (await import("./orders/orders.ts")).orderRoutes,
  },
  {
    at: ["/customers/*/invoices", "/invoices/*", "/invoices/*/void"],
    load: async () => (await import("./invoices/invoices.ts")).invoiceRoutes,
  },
  {
    at: ["/invoices/*/payments/take-back"],
    load: async () => (await import("./invoices/payments.ts")).paymentRoutes,
  },
  {
    at: [
      "/users/batch",
      "/customers/batch",
      "/persons/batch",
      "/items/batch",
      "/orders/batch",
      "/invoices/batch",
      "/payments/batch",
      "/activities/batch",
      "/sales/batch",
      "/requests/batch",
      "/projects/batch",
      "/links/batch",
      "/leads/batch",
    ],
    load: async () => (await import("./imports/ingest.ts")).ingestRoutes,
  },
  {
    at: ["/activities/*", "/sales/*", "/requests/*"],
    load: async () => (await import("./imports/delete-records.ts")).deleteRecordRoutes,
  },
  {
    at: ["/plans", "/plans/*", "/plans/*/~dry-run"],
    load: async () => (await import("./sales-plans/sales-plans.ts")).salesPlanRoutes,
  },
  {
    at: ["/plans/*/statuses", "/plans/*/statuses/*", "/plans/*/status-order"],
    load: async () => (await import("./sales-plans/statuses.ts")).statusRoutes,
  },
  {
    at: ["/plans/*/members/*/~remove"],
    load: async () => (await import("./bulk-operations/remove-member.ts")).memberRoutes,
  },
  {
    at: ["/refusal-reasons", "/refusal-reasons/*"],
    load: async () => (await import("./sales-plans/refusal-reasons.ts")).refusalReasonRoutes,
  },
  {
    at: ["/plans/*/board", "/plans/*/deals"],
    load: async () => (await import("./boards/boards.ts")).boardRoutes,
  },
  {
    at: ["/plans/*/deals", "/plans/*/deals/*", "/plans/*/deals/*/log", "/plans/*/deals/~move"],
    load: async () => (await import("./deals/deals.ts")).dealRoutes,
  },
  {
    at: ["/plans/*/deals/*/~cancel", "/plans/*/deals/*/~transfer"],
    load: async () => (await import("./deals/changes.ts")).dealChangeRoutes,
  },
  {
    at: ["/plans/*/deals/~change", "/deal-operations/*", "/deal-operations/*/results"],
    load: async () => (await import("./bulk-operations/deal-operations.ts")).dealOperationRoutes,
  },
  {
    at: ["/plans/*/leads/~bulk", "/audience-operations/*", "/audience-operations/*/results"],
    load: async () => (await import("./bulk-operations/audience-operations.ts")).audienceOperationRoutes,
  },
  {
    at: ["/plans/*/deals/batch"],
    load: async () => (await import("./deals/batches.ts")).dealBatchRoutes,
  },
  {
    at: ["/refusal-report", "/refusal-report/csv", "/refusal-report/chart", "/refusal-report/deals"],
    load: async () => (await import("./refusals/refusal-reports.ts")).refusalReportRoutes,
  },
  {
    at: ["/contacts/*", "/contacts/*/owner", "/contacts/*/activities"],
    load: async () => (await import("./contacts/contacts.ts")).contactRoutes,
  },
  {
    at: [
      "/webhooks",
      "/webhooks/*",
      "/webhooks/*/~rotate",
      "/webhooks/*/deliveries",
      "/webhooks/*/deliveries/*/~replay",
    ],
    load: async () => (await import("./webhooks/webhooks.ts")).webhookRoutes,
  },
  {
    at: [
      "/hooks/plans/*/leads",
      "/hooks/plans/*/leads/~batch",
      "/hooks/plans/*/deals/~status",
      "/hooks/plans/*/deals/~remove",
    ],
    load: async () => (await import("./leads/inbound.ts")).inboundRoutes,
  },
  {
    at: ["/api-keys/*/inbound-requests", "/api-keys/*/inbound-requests/*/~replay"],
    load: async () => (await import("./leads/inbound-requests.ts")).inboundRequestRoutes,
  },
  {
    at: ["/suppressions", "/suppressions/lift"],
    load: async () => (await import("./notifications/suppressions.ts")).suppressionRoutes,
  },
  {
    at: ["/me/notification-preferences", "/users/*/notification-preferences", "/tenant/notification-preferences"],
    load: async () => {
      const [{ preferenceRoutes }, { ourChannelIn }] = await Promise.all([
        import("./notifications/preferences.ts"),
        import("./slack/slack.ts"),
      ]);
      return preferenceRoutes(ourChannelIn);
    },
  },
  {
    at: ["/users/*/notification-preferences/changes", "/tenant/notification-preferences/changes"],
    load: async () => (await import("./notifications/preference-changes.ts")).preferenceChangeRoutes,
  },
  {
    at: ["/notifications/preview"],
    load: async () => (await import("./notifications/upcoming.ts")).upcomingRoutes,
  },
  {
    at: ["/notifications", "/notifications/retry", "/notifications/csv", "/notifications/resend"],
    load: async () => (await import("./notifications/deliveries.ts")).deliveryRoutes,
  },
  {
    at: ["/erasures", "/erasures/*"],
    load: async () => (await import("./erasure/erasures.ts")).erasureRoutes,
  },
  {
    at: ["/nightly-runs/last", "/nightly-runs"],
    load: async () => (await import("./nightly/nightly.ts")).nightlyRoutes,
  },
] as const satisfies readonly FeatureRoutes[];

type RoutesOf<Feature extends FeatureRoutes> = Awaited<ReturnType<Feature["load"]>>;
type SchemaOf<Routes> = Routes extends Hono<infer _Env, infer Schema, infer _Base> ? (schema: Schema) => void : never;
type All<Given> = [Given] extends [(schema: infer Schema) => void] ? Schema : never;

/** Every route of every feature, with its request and answers. */
export type FeatureSchema = All<SchemaOf<RoutesOf<(typeof features)[number]>>>;

/** Loads the routes of all features, in their order. */
export const allRoutes = (): Promise<readonly Hono<ApiEnv>[]> => Promise.all(features.map(({ load }) => load()));

const addresses = features.map(({ at, load }) => ({
  pattern: new RegExp(`^/v1(?:${at.map((one) => one.replaceAll("*", "[^/]+")).join("|")})$`),
  load,
}));

/** Where the routes of an address are in the order of all, as a text, and how to load them; empty for none. */
export function routesAt(path: string): { readonly name: string; readonly load: () => Promise<Hono<ApiEnv>[]> } {
  const found = addresses.flatMap(({ pattern, load }, i) => (pattern.test(path) ? [{ load, i }] : []));
  return {
    name: found.map(({ i }) => i).join(" "),
    load: () => Promise.all(found.map(({ load }) => load())),
  };
}
