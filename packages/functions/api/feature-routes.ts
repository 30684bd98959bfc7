import type { Hono } from "hono";
import type { ApiEnv } from "./http/environment.ts";

/** Routes of a feature under /v1, and their addresses, with `*` for an id. */
interface FeatureRoutes {
  readonly at: readonly string[];
  readonly load: () => Promise<Hono<ApiEnv>>;
}

/** The routes of a feature, with their own types, of which the typed client is made. */
const routes = <Routes extends Hono<ApiEnv>>(at: FeatureRoutes["at"], load: () => Promise<Routes>) => ({ at, load });

/**
 * The routes of all features by address, so that a function loads those of a request only. The order is that of the
 * whole API. An address that is missing here is answered by the whole API, which takes longer to load.
 */
const features = [
  routes(["/me", "/tenant/settings"], async () => (await import("./tenants/tenant.ts")).tenantRoutes),
  routes(
    ["/tenant/settings/changes", "/tenant/users/changes", "/tenant/keys/changes", "/tenant/webhooks/changes"],
    async () => (await import("./tenants/changes.ts")).changeRoutes,
  ),
  routes(["/slack", "/slack/installs"], async () => (await import("./slack/slack.ts")).slackRoutes),
  routes(
    ["/tenant/templates", "/tenant/templates/preview"],
    async () => (await import("./notifications/templates.ts")).templateRoutes,
  ),
  routes(["/users", "/users/*"], async () => (await import("./access/users.ts")).userRoutes),
  routes(["/api-keys", "/api-keys/*/revoke"], async () => (await import("./access/api-keys.ts")).apiKeyRoutes),
  routes(["/findings", "/findings/*"], async () => (await import("./insights/findings.ts")).findingRoutes),
  routes(
    ["/findings/*/dismissal", "/findings/*/feedback", "/insights/precision", "/insights/resolved"],
    async () => (await import("./insights/reviews.ts")).reviewRoutes,
  ),
  routes(["/for-you", "/for-you/orders"], async () => (await import("./insights/for-you.ts")).forYouRoutes),
  routes(
    ["/code-red", "/code-red/customers/*", "/code-red/customers/*/ignored", "/code-red/settings/preview"],
    async () => (await import("./code-red/code-red.ts")).codeRedRoutes,
  ),
  routes(["/links", "/links/*/*"], async () => (await import("./code-red/links.ts")).linkRoutes),
  routes(
    ["/links/suggestions", "/links/suggestions/*/*"],
    async () => (await import("./code-red/link-suggestions.ts")).linkSuggestionRoutes,
  ),
  routes(
    ["/relationships", "/customers/*/health", "/relationships/~preview"],
    async () => (await import("./relationships/health.ts")).healthRoutes,
  ),
  routes(
    [
      "/status-monitors",
      "/status-monitors/*",
      "/status-monitors/*/regeneration",
      "/status-monitors/*/~restore",
      "/status-monitors/*/picture",
      "/status-pictures/*",
    ],
    async () => (await import("./monitors/monitors.ts")).monitorRoutes,
  ),
  routes(
    ["/customers/*/statuses/*/follow-up", "/customers/*/statuses"],
    async () => (await import("./monitors/customer-statuses.ts")).customerStatusRoutes,
  ),
  routes(
    ["/follow-ups", "/customers/*/follow-ups", "/follow-ups/*", "/follow-ups/*/complete", "/follow-ups/*/drop"],
    async () => (await import("./monitors/follow-ups.ts")).followUpRoutes,
  ),
  routes(
    ["/criteria/select", "/criteria/preview", "/criteria/entering", "/criteria/explain"],
    async () => (await import("./monitors/criteria.ts")).criteriaRoutes,
  ),
  routes(
    ["/persons/*/who-knows", "/contacts/*/who-knows", "/customers/*/who-knows", "/plans/*/deals/*/who-knows"],
    async () => (await import("./who-knows/who-knows.ts")).whoKnowsRoutes,
  ),
  routes(
    ["/persons/*/health", "/contacts/*/health", "/plans/*/deals/*/health"],
    async () => (await import("./who-knows/somebody-health.ts")).somebodyHealthRoutes,
  ),
  routes(
    ["/selections", "/selections/*", "/selections/*/members", "/selections/*/members/~remove", "/selections/*/frozen"],
    async () => (await import("./monitors/selections.ts")).selectionRoutes,
  ),
  routes(
    [
      "/selections/*/call-list",
      "/selections/*/actions",
      "/selections/*/actions/~preview",
      "/selection-actions/*",
      "/selection-actions/*/results",
    ],
    async () => (await import("./monitors/selection-actions.ts")).selectionActionRoutes,
  ),
  routes(
    ["/introductions", "/introductions/*/state"],
    async () => (await import("./who-knows/introductions.ts")).introductionRoutes,
  ),
  routes(["/who-knows/opt-outs"], async () => (await import("./who-knows/opt-outs.ts")).optOutRoutes),
  routes(
    ["/backtests", "/backtests/*", "/backtests/*/report"],
    async () => (await import("./backtests/backtests.ts")).backtestRoutes,
  ),
  routes(["/customers", "/customers/*"], async () => (await import("./customers/customers.ts")).customerRoutes),
  routes(
    ["/customers/*/orders", "/orders/*", "/orders/*/cancel"],
    async () => (await import("./orders/orders.ts")).orderRoutes,
  ),
  routes(
    ["/customers/*/invoices", "/invoices/*", "/invoices/*/void"],
    async () => (await import("./invoices/invoices.ts")).invoiceRoutes,
  ),
  routes(["/invoices/*/payments/take-back"], async () => (await import("./invoices/payments.ts")).paymentRoutes),
  routes(
    [
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
    async () => (await import("./imports/ingest.ts")).ingestRoutes,
  ),
  routes(
    ["/activities/*", "/sales/*", "/requests/*"],
    async () => (await import("./imports/delete-records.ts")).deleteRecordRoutes,
  ),
  routes(
    ["/plans", "/plans/*", "/plans/*/~dry-run"],
    async () => (await import("./sales-plans/sales-plans.ts")).salesPlanRoutes,
  ),
  routes(
    ["/plans/*/statuses", "/plans/*/statuses/*", "/plans/*/status-order"],
    async () => (await import("./sales-plans/statuses.ts")).statusRoutes,
  ),
  routes(["/plans/*/members/*/~remove"], async () => (await import("./bulk-operations/remove-member.ts")).memberRoutes),
  routes(
    ["/refusal-reasons", "/refusal-reasons/*"],
    async () => (await import("./sales-plans/refusal-reasons.ts")).refusalReasonRoutes,
  ),
  routes(["/plans/*/board", "/plans/*/deals"], async () => (await import("./boards/boards.ts")).boardRoutes),
  routes(
    ["/plans/*/deals", "/plans/*/deals/*", "/plans/*/deals/*/log"],
    async () => (await import("./deals/deals.ts")).dealRoutes,
  ),
  routes(
    ["/plans/*/deals/*", "/plans/*/deals/~move", "/plans/*/deals/*/~cancel", "/plans/*/deals/*/~transfer"],
    async () => (await import("./deals/changes.ts")).dealChangeRoutes,
  ),
  routes(
    ["/plans/*/deals/~change", "/deal-operations/*", "/deal-operations/*/results"],
    async () => (await import("./bulk-operations/deal-operations.ts")).dealOperationRoutes,
  ),
  routes(
    ["/plans/*/leads/~bulk", "/audience-operations/*", "/audience-operations/*/results"],
    async () => (await import("./bulk-operations/audience-operations.ts")).audienceOperationRoutes,
  ),
  routes(["/plans/*/deals/batch"], async () => (await import("./deals/batches.ts")).dealBatchRoutes),
  routes(
    ["/refusal-report", "/refusal-report/csv", "/refusal-report/chart", "/refusal-report/deals"],
    async () => (await import("./refusals/refusal-reports.ts")).refusalReportRoutes,
  ),
  routes(
    ["/contacts/*", "/contacts/*/owner", "/contacts/*/activities"],
    async () => (await import("./contacts/contacts.ts")).contactRoutes,
  ),
  routes(
    ["/webhooks", "/webhooks/*", "/webhooks/*/~rotate"],
    async () => (await import("./webhooks/webhooks.ts")).webhookRoutes,
  ),
  routes(
    ["/webhooks/*/deliveries", "/webhooks/*/deliveries/*/~replay"],
    async () => (await import("./webhooks/deliveries.ts")).webhookDeliveryRoutes,
  ),
  routes(
    [
      "/hooks/plans/*/leads",
      "/hooks/plans/*/leads/~batch",
      "/hooks/plans/*/deals/~status",
      "/hooks/plans/*/deals/~remove",
    ],
    async () => (await import("./leads/inbound.ts")).inboundRoutes,
  ),
  routes(
    ["/api-keys/*/inbound-requests", "/api-keys/*/inbound-requests/*/~replay"],
    async () => (await import("./leads/inbound-requests.ts")).inboundRequestRoutes,
  ),
  routes(
    ["/suppressions", "/suppressions/lift"],
    async () => (await import("./notifications/suppressions.ts")).suppressionRoutes,
  ),
  routes(
    ["/me/notification-preferences", "/users/*/notification-preferences", "/tenant/notification-preferences"],
    async () => {
      const [{ preferenceRoutes }, { ourChannelIn }] = await Promise.all([
        import("./notifications/preferences.ts"),
        import("./slack/slack.ts"),
      ]);
      return preferenceRoutes(ourChannelIn);
    },
  ),
  routes(
    [
      "/me/notification-preferences/~preview",
      "/users/*/notification-preferences/~preview",
      "/tenant/notification-preferences/~preview",
    ],
    async () => {
      const [{ preferencePreviewRoutes }, { ourChannelIn }] = await Promise.all([
        import("./notifications/preferences-preview.ts"),
        import("./slack/slack.ts"),
      ]);
      return preferencePreviewRoutes(ourChannelIn);
    },
  ),
  routes(
    ["/users/*/notification-preferences/changes", "/tenant/notification-preferences/changes"],
    async () => (await import("./notifications/preference-changes.ts")).preferenceChangeRoutes,
  ),
  routes(["/notifications/preview"], async () => (await import("./notifications/upcoming.ts")).upcomingRoutes),
  routes(
    ["/notifications", "/notifications/retry", "/notifications/csv", "/notifications/resend"],
    async () => (await import("./notifications/deliveries.ts")).deliveryRoutes,
  ),
  routes(["/erasures", "/erasures/*"], async () => (await import("./erasure/erasures.ts")).erasureRoutes),
  routes(["/nightly-runs/last", "/nightly-runs"], async () => (await import("./nightly/nightly.ts")).nightlyRoutes),
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
