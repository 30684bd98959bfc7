import type { RefusalsOptions } from "./refusals.ts";
import { reportGroupings } from "@regulars/core/refusals/refusal-report";
import { type Add, tenant } from "../system/add-command.ts";

/** The refusal report. */
export function addRefusalCommands(add: Add): void {
  tenant(
    add<RefusalsOptions>(
      "refusals",
      {
        reads: "all",
        says: "Counts won and lost deals, the lost ones by reason.",
        examples: ["refusals --tenant acme --by manager", "refusals --tenant acme --from 2026-01-01 --csv"],
      },
      async (session, options) => (await import("./refusals.ts")).refusalsCommand(session, options),
    ),
  )
    .option("--by <group>", `what the lines are: ${reportGroupings.join(" or ")}`, "plan")
    .option("--from <day>", "YYYY-MM-DD, closed on this day or later")
    .option("--to <day>", "YYYY-MM-DD, closed on this day or earlier")
    .option("--plan <plan>", "only this plan")
    .option("--clarifications", "include clarifications")
    .option("--csv", "print the report as CSV")
    .option("--chart <file>", "write the chart as an SVG file; each part links to its deals");
}
