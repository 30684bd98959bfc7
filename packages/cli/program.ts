import { Command } from "commander";
import { addAccessCommands } from "./access/commands.ts";
import { addBacktestCommands } from "./backtests/commands.ts";
import { addCodeRedCommands } from "./code-red/commands.ts";
import { addDealCommands } from "./deals/commands.ts";
import { addErasureCommands } from "./erasure/commands.ts";
import { addImportCommands } from "./imports/commands.ts";
import { addInsightCommands } from "./insights/commands.ts";
import { addMonitorCommands } from "./monitors/commands.ts";
import { addNightlyCommands } from "./nightly/commands.ts";
import { addNotificationCommands } from "./notifications/commands.ts";
import { addRefusalCommands } from "./refusals/commands.ts";
import { addRelationshipCommands } from "./relationships/commands.ts";
import { addSalesPlanCommands } from "./sales-plans/commands.ts";
import { addSystemCommands } from "./system/commands.ts";
import { addTenantCopyCommands } from "./tenant-copies/commands.ts";
import { addTenantCommands } from "./tenants/commands.ts";
import { addWhoKnowsCommands } from "./who-knows/commands.ts";
import type { Session } from "./session.ts";
import type { Add, CommandText, Run } from "./system/add-command.ts";
import { HelpInSentences, withText } from "./system/help.ts";
import { refuseUnread } from "./system/unread-options.ts";
import { version } from "./version.ts";

/** What the command line starts with; a command adds its own options to it. */
export type BaseSession = Omit<Session, "data" | "json">;

/** Each adds the commands of a feature, in the order of help. */
const features: readonly ((add: Add) => void)[] = [
  addSystemCommands,
  addImportCommands,
  addNightlyCommands,
  addInsightCommands,
  addBacktestCommands,
  addCodeRedCommands,
  addRelationshipCommands,
  addWhoKnowsCommands,
  addMonitorCommands,
  addNotificationCommands,
  addTenantCommands,
  addTenantCopyCommands,
  addErasureCommands,
  addDealCommands,
  addRefusalCommands,
  addSalesPlanCommands,
  addAccessCommands,
];

/** Makes usage errors look like all other errors: "regulars: unknown command 'imprt' (Did you mean import?); …". */
const usageError =
  (whatNext: string) =>
  (text: string, write: (line: string) => void): void => {
    const said = text
      .replace(/^error: /, "")
      .trim()
      .replace(/\.$/, "");
    write(`regulars: ${said.split(/\s*\n\s*/).join(" ")}; ${whatNext}\n`);
  };

/** The commands of `regulars`. `finish` gets the exit code of the one that ran. */
export function createProgram(base: BaseSession, finish: (code: number) => void): Command {
  const program = new Command("regulars")
    .description("Keeps a distributor's regular customers regular.")
    .version(version)
    .configureOutput({
      writeOut: base.print,
      writeErr: base.note,
      outputError: usageError("npx regulars --help lists the commands"),
    })
    .exitOverride();
  program.createHelp = () => new HelpInSentences();
  const add: Add = <Options>(name: string, text: CommandText, run: Run<Options>): Command =>
    withText(program.command(name), text)
      .configureOutput({ outputError: usageError(`npx regulars ${name} --help shows what it takes`) })
      .option("--data <dir>", "the folder for the database, e-mails and Slack messages", ".regulars")
      .option("--json", "print exactly one JSON document to standard output", false)
      .action(async (...given: unknown[]) => {
        const command = given.at(-1);
        if (!(command instanceof Command)) throw new Error("commander gives the command last");
        const { data, json, ...options } = command.opts<Options & { data: string; json: boolean }>();
        refuseUnread(command);
        finish(await run({ ...base, data, json }, options as Options, command.args));
      });
  for (const addCommands of features) addCommands(add);
  return program;
}
