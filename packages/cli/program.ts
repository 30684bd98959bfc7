import { insightKinds } from "@regulars/core/insights/kinds";
import { importKinds } from "@regulars/core/intake/rows";
import { keyActions } from "@regulars/core/rights";
import { tenantPlans } from "@regulars/core/tenant";
import { Command, Option } from "commander";
import { type ImportOptions, importCommand } from "./commands/import.ts";
import { deliveriesCommand } from "./commands/deliveries.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { type ForYouOptions, forYouCommand } from "./commands/for-you.ts";
import { type InsightsOptions, insightsCommand } from "./commands/insights.ts";
import { type KeysOptions, keysCommand } from "./commands/keys.ts";
import { type NightOptions, nightCommand } from "./commands/night.ts";
import { type StartOptions, startCommand } from "./commands/start.ts";
import { type TenantsOptions, tenantActions, tenantsCommand } from "./commands/tenants.ts";
import type { Session } from "./session.ts";
import { version } from "./version.ts";

/** What the command line starts with; a command adds its own options to it. */
export type BaseSession = Omit<Session, "data" | "json">;

const tenant = (command: Command): Command => command.requiredOption("--tenant <id>", "the tenant");

/** Arguments that cannot be used are told like everything else: "regulars: unknown command 'imprt' (Did you mean import?)". */
const inOneLine = (text: string): string =>
  `regulars: ${text
    .replace(/^error: /, "")
    .trim()
    .split(/\s*\n\s*/)
    .join(" ")}`;

/** The commands of `regulars`. `finish` gets the exit code of the one that ran. */
export function createProgram(base: BaseSession, finish: (code: number) => void): Command {
  const program = new Command("regulars")
    .description("Keeps a distributor's regular customers regular.")
    .version(version)
    .configureOutput({
      outputError: (text, write) => write(`${inOneLine(text)}; regulars --help shows what there is\n`),
    })
    .exitOverride();
  const add = <Options>(
    name: string,
    description: string,
    run: (session: Session, options: Options, positional: readonly string[]) => Promise<number>,
  ): Command =>
    program
      .command(name)
      .description(description)
      .option("--data <dir>", "folder of the database, the mails and the Slack messages", ".regulars")
      .option("--json", "one JSON document on standard output and nothing else", false)
      .action(async (...given: unknown[]) => {
        const command = given.at(-1);
        if (!(command instanceof Command)) throw new Error("commander gives the command last");
        const { data, json, ...options } = command.opts<Options & { data: string; json: boolean }>();
        finish(await run({ ...base, data, json }, options as Options, command.args));
      });

  add<StartOptions>("start", "the whole system on this machine, until Ctrl-C", startCommand)
    .option("--port <number>", "port of the pages and the API", "4780")
    .option("--no-demo", "without the demo tenant");
  tenant(
    add<ImportOptions>("import", "import a CSV file (.gz too)", (session, options, [kind = "", file = ""]) =>
      importCommand(session, kind, file, options),
    ),
  )
    .argument("<kind>", importKinds.join(", "))
    .argument("<file>", "CSV with a header row")
    .option("--format <format>", "the file's layout: regulars, online-retail (orders), ar-ibm (invoices)", "regulars")
    .option("--currency <code>", "base currency of a tenant that this import makes")
    .option("--time-zone <zone>", "IANA time zone of a tenant that this import makes");
  tenant(add<NightOptions>("night", "the nightly job for one tenant", nightCommand))
    .option("--as-of <day>", "YYYY-MM-DD, the day to look back from; the last completed one without")
    .option("--no-send", "find and save, but send nothing");
  tenant(add<InsightsOptions>("insights", "findings", insightsCommand))
    .option("--kind <kind>", `only this kind: ${insightKinds.map(({ id }) => id).join(", ")}`)
    .option("--rep <user>", "only this rep's customers")
    .option("--customer <id>", "only this customer")
    .addOption(
      new Option("--as-of <day>", "YYYY-MM-DD, answer for a past day, read only; the last night's findings without"),
    );
  tenant(add<ForYouOptions>("for-you", "one rep's page", forYouCommand))
    .requiredOption("--rep <user>", "the rep")
    .option("--as-of <day>", "YYYY-MM-DD, for a past day");
  tenant(add<{ tenant: string; retry?: boolean }>("deliveries", "what was sent to whom", deliveriesCommand)).option(
    "--retry",
    "send again what was given up",
  );
  add<TenantsOptions>("tenants", "who there is; create makes a tenant", tenantsCommand)
    .argument("[action]", tenantActions.join(" or "), "list")
    .argument("[id]", "the new tenant's id")
    .option("--name <name>", "its name")
    .option("--time-zone <zone>", "IANA time zone that its days are in", "UTC")
    .option("--currency <code>", "base currency", "EUR")
    .option("--plan <plan>", tenantPlans.join(", "), "enterprise")
    .option("--admin <user>", "id of its first admin")
    .option("--admin-email <address>", "the admin's e-mail address");
  tenant(add<KeysOptions>("keys", "keys of machines: list, create NAME, revoke KEY", keysCommand))
    .argument("[action]", "list, create or revoke", "list")
    .argument("[subject]", "the new key's name, or the id of the one to revoke")
    .option("--actions <list>", `what the new key may do: ${keyActions.join(", ")}`);
  add<{ rebuild: boolean }>("doctor", "check the set-up", doctorCommand).option(
    "--rebuild",
    "prove every history against its orders, and rebuild what differs",
    false,
  );
  return program;
}
