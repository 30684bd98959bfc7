import type { HealthOptions } from "./health.ts";
import { type Add, tenant } from "../system/add-command.ts";

/** How well customers and we are in touch. */
export function addRelationshipCommands(add: Add): void {
  tenant(
    add<HealthOptions>(
      "health",
      {
        reads: "all",
        says: "Shows how well customers and we are in touch: all, one customer, a person or lead, or an open deal. --try says what other settings would change.",
        examples: [
          "health --tenant acme --only-weak",
          "health --tenant acme --customer C1",
          "health --tenant acme --try goodMin=50 contactDays@hotel=30",
        ],
      },
      async (session, options) => (await import("./health.ts")).healthCommand(session, options),
    ),
  )
    .option("--customer <id>", "one customer, with its persons and figures")
    .option("--person <id>", "a person at a customer, or one known from leads")
    .option("--deal <id>", "an open deal")
    .option("--rep <user...>", "customers of any of these reps")
    .option("--grade <grade...>", "only these grades: good, fair, poor")
    .option("--only-weak", "only customers with something to act on")
    .option("--csv", "print the list as CSV")
    .option("--try <setting=value...>", "who would move to another grade by other settings")
    .option("--as-of <day>", "YYYY-MM-DD; default: the last nightly run's day, else yesterday");
}
