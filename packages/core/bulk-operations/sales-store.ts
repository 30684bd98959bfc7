import type { SalesPlanStore } from "../assignment/sales-plan-store.ts";
import type { BoardStore, DealQueries } from "../boards/board-store.ts";
import type { DealImportStore, DealStore } from "../deals/deal-store.ts";
import type { LeadPage } from "../imports/record-store.ts";
import type { AssignmentStore } from "../leads/assignment-store.ts";
import type { DirectAssignmentStore } from "../leads/direct-assignment-store.ts";
import type { ContactStore } from "../leads/contact-store.ts";
import type { InboundRequestLog } from "../leads/inbound-request-log.ts";
import type { LeadIntake } from "../leads/lead-intake.ts";
import type { ExternalId } from "../platform/values.ts";
import type { AudienceOperations, DealOperationStore } from "./bulk-operation-store.ts";

/** Everything that is stored of a tenant's sales plans, one part per feature. */
export interface SalesStore {
  readonly salesPlans: SalesPlanStore;
  readonly assignment: AssignmentStore;
  readonly directAssignment: DirectAssignmentStore;
  readonly contacts: ContactStore;
  readonly deals: DealStore & DealQueries;
  readonly dealImports: DealImportStore;
  readonly leads: LeadIntake;
  readonly inboundRequests: InboundRequestLog;
  readonly boards: BoardStore;
  /** Imported contacts, including those that never were a lead. */
  readonly importedContacts: { readonly page: (limit: number, after?: ExternalId) => Promise<LeadPage> };
  readonly audienceOperations: AudienceOperations;
  readonly dealOperations: DealOperationStore;
}
