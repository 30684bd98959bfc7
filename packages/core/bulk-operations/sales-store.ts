import type { BoardStore } from "../boards/board-store.ts";
import type { DealStore } from "../deals/deal-store.ts";
import type { DeskStore } from "../leads/assignment-store.ts";
import type { HookLog } from "../leads/inbound-request-log.ts";
import type { BulkJobs, DealJobs } from "./bulk-operation-store.ts";
import type { LeadIntake } from "../leads/lead-intake.ts";
import type { LeadPersonStore } from "../leads/contact-store.ts";
import type { PlanBook } from "../assignment/sales-plan-store.ts";

/** Everything that is stored of a tenant's sales plans. */
export interface PlanStore
  extends PlanBook, LeadIntake, DeskStore, DealStore, BoardStore, LeadPersonStore, HookLog, BulkJobs, DealJobs {}
