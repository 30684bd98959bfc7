import type { BoardStore } from "./board-ports.ts";
import type { DealStore } from "./deal-ports.ts";
import type { DeskStore } from "./desk-ports.ts";
import type { HookLog } from "./hook-ports.ts";
import type { BulkJobs, DealJobs } from "./job-ports.ts";
import type { LeadIntake, LeadPersonStore } from "./lead-ports.ts";
import type { PlanBook } from "./plan-ports.ts";

/** Everything that is stored of a tenant's sales plans. */
export interface PlanStore
  extends PlanBook, LeadIntake, DeskStore, DealStore, BoardStore, LeadPersonStore, HookLog, BulkJobs, DealJobs {}
