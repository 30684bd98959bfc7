import type { FileFormat, RawRecord } from "../imports/file-format.ts";
import { formatOfFields } from "../imports/formats/formats.ts";
import { idOfName } from "../imports/formats/maven.ts";
import type { NewStatus } from "../sales-plans/sales-plan.ts";
import { dealFields } from "./deal-fields.ts";

/** A layout of a file of deals, and the plan that it makes where there is none. */
export interface DealFormat extends FileFormat<"deals"> {
  /** Statuses of the plan that its first import makes; without them the plan must be there. */
  readonly statuses?: readonly NewStatus[] | undefined;
}

export const ownDealFormat: DealFormat = formatOfFields("deals", dealFields);

/** sales_pipeline.csv of the Maven CRM sales opportunities: 8,800 deals of 35 agents. */
const maven: DealFormat = {
  id: "maven",
  kind: "deals",
  required: ["opportunity_id", "sales_agent", "deal_stage"],
  columns: [
    "opportunity_id",
    "sales_agent",
    "product",
    "account",
    "deal_stage",
    "engage_date",
    "close_date",
    "close_value",
  ],
  numbers: ["close_value"],
  dates: [],
  statuses: [
    { name: "Prospecting", kind: "intermediate" },
    { name: "Engaging", kind: "intermediate" },
    { name: "Won", kind: "won" },
    { name: "Lost", kind: "lost" },
  ],
  map: (record) => ({ record: dealOf(record) }),
};

function dealOf(record: RawRecord): RawRecord {
  const cell = (name: string): string => (record[name] ?? "").trim();
  const account = idOfName(cell("account"));
  return {
    dealId: cell("opportunity_id"),
    title: cell("product"),
    // A deal without an account is somebody's whom nobody knows yet.
    externalId: account === "" ? cell("opportunity_id") : account,
    name: cell("account"),
    amount: cell("close_value"),
    currency: "USD",
    status: cell("deal_stage"),
    managerId: idOfName(cell("sales_agent")),
    createdAt: cell("engage_date"),
    closedAt: cell("close_date"),
  };
}

export const dealFormats: readonly DealFormat[] = [ownDealFormat, maven];
