import { builtInInsights } from "@regulars/core/insights/catalog";
import type { Command } from "commander";
import type { Session } from "../session.ts";

/** What help says of a command: sentences, and examples as they are typed after `npx regulars`. */
export interface CommandText {
  readonly says: string;
  /** The actions that change nothing that is stored, or all of them; absent where there are none. */
  readonly reads?: "all" | readonly [string, ...string[]];
  readonly examples: readonly [string, ...string[]];
}

export type Run<Options> = (session: Session, options: Options, positional: readonly string[]) => Promise<number>;

/** Adds a command, which takes `--data` and `--json` besides its own options. */
export type Add = <Options>(name: string, text: CommandText, run: Run<Options>) => Command;

/** A kind for examples. */
export const EXAMPLE_KIND = builtInInsights.kinds[0]?.id ?? "";

export const tenant = (command: Command): Command =>
  command.requiredOption("--tenant <id>", "the tenant's id, as the command tenants lists it");

export const scopeFilter = (command: Command): Command =>
  command
    .option("--rep <user>", "this rep's customers; for a manager, the team's customers")
    .option("--team <id>", "this team's customers")
    .option("--territory <id>", "this territory's customers");
