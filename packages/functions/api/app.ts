import { slackEndpoints } from "../slack/endpoints.ts";
import type { UseAccess } from "./access/use-access.ts";
import { createBase } from "./base.ts";
import type { Runtime } from "../runtime.ts";
import { backtestRoutes } from "./backtests/backtests.ts";
import { customerRoutes } from "./customers/customers.ts";
import { codeRedRoutes } from "./code-red/code-red.ts";
import { linkSuggestionRoutes } from "./code-red/link-suggestions.ts";
import { linkRoutes } from "./code-red/links.ts";
import { healthRoutes } from "./relationships/health.ts";
import { findingRoutes } from "./insights/findings.ts";
import { deleteRecordRoutes } from "./imports/delete-records.ts";
import { ingestRoutes } from "./imports/ingest.ts";
import { invoiceRoutes } from "./invoices/invoices.ts";
import { paymentRoutes } from "./invoices/payments.ts";
import { boardRoutes } from "./boards/boards.ts";
import { dealBatchRoutes } from "./deals/batches.ts";
import { dealChangeRoutes } from "./deals/changes.ts";
import { dealOperationRoutes } from "./bulk-operations/deal-operations.ts";
import { audienceOperationRoutes } from "./bulk-operations/audience-operations.ts";
import { memberRoutes } from "./bulk-operations/remove-member.ts";
import { refusalReasonRoutes } from "./sales-plans/refusal-reasons.ts";
import { refusalReportRoutes } from "./refusals/refusal-reports.ts";
import { dealRoutes } from "./deals/deals.ts";
import { inboundRequestRoutes } from "./leads/inbound-requests.ts";
import { inboundRoutes } from "./leads/inbound.ts";
import { statusRoutes } from "./sales-plans/statuses.ts";
import { contactRoutes } from "./contacts/contacts.ts";
import { salesPlanRoutes } from "./sales-plans/sales-plans.ts";
import { preferenceRoutes } from "./notifications/preferences.ts";
import { erasureRoutes } from "./erasure/erasures.ts";
import { nightlyRoutes } from "./nightly/nightly.ts";
import { apiKeyRoutes } from "./access/api-keys.ts";
import { orderRoutes } from "./orders/orders.ts";
import { forYouRoutes } from "./insights/for-you.ts";
import { reviewRoutes } from "./insights/reviews.ts";
import { ourChannelIn, slackRoutes } from "./slack/slack.ts";
import { tenantRoutes } from "./tenants/tenant.ts";
import { criteriaRoutes } from "./monitors/criteria.ts";
import { followUpRoutes } from "./monitors/follow-ups.ts";
import { selectionActionRoutes } from "./monitors/selection-actions.ts";
import { selectionRoutes } from "./monitors/selections.ts";
import { customerStatusRoutes } from "./monitors/customer-statuses.ts";
import { monitorRoutes } from "./monitors/monitors.ts";
import { somebodyHealthRoutes } from "./who-knows/somebody-health.ts";
import { introductionRoutes } from "./who-knows/introductions.ts";
import { optOutRoutes } from "./who-knows/opt-outs.ts";
import { whoKnowsRoutes } from "./who-knows/who-knows.ts";
import { suppressionRoutes } from "./notifications/suppressions.ts";
import { deliveryRoutes } from "./notifications/deliveries.ts";
import { templateRoutes } from "./notifications/templates.ts";
import { unsubscribeRoutes } from "./notifications/unsubscribe.ts";
import { webhookRoutes } from "./webhooks/webhooks.ts";
import { userRoutes } from "./access/users.ts";

/** The whole HTTP API; its document is served apart (http/serve-document.ts). */
export function createApi(runtime: Runtime, useAccess: UseAccess) {
  const app = createBase(runtime);
  app.route("/links", unsubscribeRoutes(runtime));
  app.route("/", slackEndpoints(runtime));
  useAccess(app);
  return app
    .route("/v1", tenantRoutes)
    .route("/v1", slackRoutes)
    .route("/v1", templateRoutes)
    .route("/v1", deliveryRoutes)
    .route("/v1", userRoutes)
    .route("/v1", apiKeyRoutes)
    .route("/v1", findingRoutes)
    .route("/v1", reviewRoutes)
    .route("/v1", forYouRoutes)
    .route("/v1", codeRedRoutes)
    .route("/v1", linkRoutes)
    .route("/v1", linkSuggestionRoutes)
    .route("/v1", healthRoutes)
    .route("/v1", monitorRoutes)
    .route("/v1", customerStatusRoutes)
    .route("/v1", followUpRoutes)
    .route("/v1", criteriaRoutes)
    .route("/v1", whoKnowsRoutes)
    .route("/v1", somebodyHealthRoutes)
    .route("/v1", selectionRoutes)
    .route("/v1", selectionActionRoutes)
    .route("/v1", introductionRoutes)
    .route("/v1", optOutRoutes)
    .route("/v1", backtestRoutes)
    .route("/v1", customerRoutes)
    .route("/v1", orderRoutes)
    .route("/v1", invoiceRoutes)
    .route("/v1", paymentRoutes)
    .route("/v1", ingestRoutes)
    .route("/v1", deleteRecordRoutes)
    .route("/v1", salesPlanRoutes)
    .route("/v1", statusRoutes)
    .route("/v1", memberRoutes)
    .route("/v1", refusalReasonRoutes)
    .route("/v1", boardRoutes)
    .route("/v1", dealRoutes)
    .route("/v1", dealChangeRoutes)
    .route("/v1", dealOperationRoutes)
    .route("/v1", audienceOperationRoutes)
    .route("/v1", dealBatchRoutes)
    .route("/v1", refusalReportRoutes)
    .route("/v1", contactRoutes)
    .route("/v1", webhookRoutes)
    .route("/v1", inboundRoutes)
    .route("/v1", inboundRequestRoutes)
    .route("/v1", suppressionRoutes)
    .route("/v1", preferenceRoutes(ourChannelIn))
    .route("/v1", nightlyRoutes)
    .route("/v1", erasureRoutes);
}
