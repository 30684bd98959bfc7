import type { NightlyOptions } from "./nightly.ts";
import { type Add, tenant } from "../system/add-command.ts";

/** The nightly run of one tenant. */
export function addNightlyCommands(add: Add): void {
  tenant(
    add<NightlyOptions>(
      "night",
      {
        says: "Starts the nightly run of one tenant: it finds, saves and sends what is new. A second run of the same day changes nothing.",
        examples: ["night --tenant acme", "night --tenant acme --no-send"],
      },
      async (session, options) => (await import("./nightly.ts")).nightlyCommand(session, options),
    ),
  )
    .option("--as-of <day>", "YYYY-MM-DD, the day to look back from; default: the last completed day")
    .option("--no-send", "save findings, but send no messages")
    .option(
      "--threads <n>",
      "so many threads for up to 50,000 customers; default: one for each core but one, from 10,000 on",
    )
    .option("--force", "also for a day before the last nightly run's: findings and pages go back to that day");
}
