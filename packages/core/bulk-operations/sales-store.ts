import type { BoardStore } from "../boards/board-store.ts";
import type { DealStore } from "../deals/deal-store.ts";
import type { AssignmentStore } from "../leads/assignment-store.ts";
import type { InboundRequestLog } from "../leads/inbound-request-log.ts";
import type { AudienceOperations, DealOperationStore } from "./bulk-operation-store.ts";
import type { LeadIntake } from "../leads/lead-intake.ts";
import type { ContactStore } from "../leads/contact-store.ts";
import type { SalesPlanStore } from "../assignment/sales-plan-store.ts";

/** Everything that is stored of a tenant's sales plans. */
export interface SalesStore
  extends
    SalesPlanStore,
    LeadIntake,
    AssignmentStore,
    DealStore,
    BoardStore,
    ContactStore,
    InboundRequestLog,
    AudienceOperations,
    DealOperationStore {}
