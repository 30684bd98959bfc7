import { dealsActions } from "./actions.ts";
import type { DealsOptions } from "../sales-plans/chosen-plan.ts";
import { type Add, tenant } from "../system/add-command.ts";

/** The actions that are about chosen deals of a plan. */
const FILTERED = "list, move-many, cancel-many, transfer-many";

/** Deals of sales plans. */
export function addDealCommands(add: Add): void {
  tenant(
    add<DealsOptions>(
      "deals",
      {
        reads: ["list", "log"],
        says: "Lists the deals of a sales plan and changes them, one or many. A status and a refusal reason may be given by name.",
        examples: [
          "deals list pln_restaurants --tenant acme --status New",
          "deals move pln_restaurants:12 Lost --tenant acme --reason 'Too expensive'",
          "deals transfer-many pln_restaurants bo --tenant acme --manager anna",
        ],
      },
      async (session, options, given) => (await import("./deals.ts")).dealsCommand(session, options, given),
    ),
  )
    .argument("<action>", `what to do: ${dealsActions.join(", ")}`)
    .argument("<subject>", "a plan to list or to change many deals of, a deal, or the bulk operation to resume")
    .argument("[target]", "the status or the manager")
    .option("--search <text>", `${FILTERED}: part of the title, name, e-mail or phone number`)
    .option("--status <status>", `${FILTERED}: only this status`)
    .option("--manager <user>", `${FILTERED}: only this manager's`)
    .option("--from <day>", `${FILTERED}: YYYY-MM-DD, created on this day or later`)
    .option("--to <day>", `${FILTERED}: YYYY-MM-DD, created on this day or earlier`)
    .option("--reason <reason>", `${FILTERED}, move: the refusal reason to filter by, or to close with`)
    .option("--clarification <text>", "move, move-many: details of the refusal reason")
    .option("--comment <text>", "cancel, transfer, cancel-many, transfer-many: a comment for the deal's log")
    .option("--all", "move-many, cancel-many, transfer-many: every deal of the plan")
    .option("--limit <number>", "list: how many to list", "50");
}
