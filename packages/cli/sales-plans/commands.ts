import { plansActions } from "./actions.ts";
import type { PlansOptions } from "./plans.ts";
import { type Add, tenant } from "../system/add-command.ts";

/** Sales plans. */
export function addSalesPlanCommands(add: Add): void {
  tenant(
    add<PlansOptions>(
      "plans",
      {
        reads: ["list", "show", "dry-run", "deals"],
        says: "Lists sales plans, creates and changes them, shows who gets the next leads, and adds leads from a CSV file.",
        examples: [
          "plans --tenant acme",
          "plans create --example --tenant acme > plan.json",
          "plans create plan.json --tenant acme",
          "plans edit pln_restaurants change.json --tenant acme",
          "plans dry-run pln_restaurants --tenant acme --count 5",
          "plans add pln_restaurants leads.csv --tenant acme",
        ],
      },
      async (session, options, given) => (await import("./plans.ts")).plansCommand(session, options, given),
    ),
  )
    .argument("[action]", `what to do: ${plansActions.join(", ")}`, "list")
    .argument("[subject]", "the plan's id; for create, the JSON file of the new plan")
    .argument("[file]", "for add, a CSV file of leads; for edit, a JSON file with what changes")
    .option("--example", "for create: print a plan's file, with users of the tenant as its managers")
    .option("--count <number>", "how many assignments a dry run shows", "10");
}
