import { UserError } from "@regulars/local/user-error";
import type { Command, Option } from "commander";

/** The actions that an option goes with: its text begins with them, like "create, edit: its name". */
export const actionsOf = ({ description }: Option): readonly string[] | undefined =>
  /^((?:[a-z-]+, )*[a-z-]+): /.exec(description)?.[1]?.split(", ");

/** Refuses an option that the command's action would pass over. */
export function refuseUnread(command: Command): void {
  const at = command.registeredArguments.findIndex((argument) => argument.name() === "action");
  const action = String(command.processedArgs[at]);
  for (const option of at === -1 ? [] : command.options) {
    const actions = actionsOf(option);
    const isGiven = command.getOptionValueSource(option.attributeName()) === "cli";
    if (isGiven && actions?.includes(action) === false)
      throw new UserError(`${option.long} goes with ${actions.join(", ")}, not with ${action}`);
  }
}
