import type { DoctorOptions } from "./doctor.ts";
import type { StartOptions } from "./start.ts";
import type { Add } from "./add-command.ts";

/** The whole system. */
export function addSystemCommands(add: Add): void {
  add<StartOptions>(
    "start",
    {
      says: "Runs the whole system on this machine until Ctrl-C: pages, API, jobs, a mail inbox and a Slack page. The first start makes a demo tenant.",
      examples: ["start", "start --port 8080 --no-demo"],
    },
    async (session, options) => (await import("./start.ts")).startCommand(session, options),
  )
    .option("--port <number>", "the port of the pages and the API", "4780")
    .option("--no-demo", "make no demo tenant");
  add<DoctorOptions>(
    "doctor",
    {
      says: "Checks the installation: the database, the last nightly run and the messages of every tenant.",
      examples: ["doctor", "doctor --rebuild", "doctor --rebuild --tenant acme"],
    },
    async (session, options) => (await import("./doctor.ts")).doctorCommand(session, options),
  )
    .option("--rebuild", "check every customer history against its orders and rebuild those that differ", false)
    .option("--tenant <id>", "only this tenant; default: all tenants");
}
