import { type Command, Help, Option } from "commander";

/** How a command is written in help, in messages and in the documents. */
const PROGRAM = "npx regulars";

/** Adds examples to a command's help: arguments as they are typed after `npx regulars`. */
export const withExamples = (command: Command, ...examples: readonly [string, ...string[]]): Command =>
  command.addHelpText(
    "after",
    `\n${examples.length === 1 ? "Example:" : "Examples:"}\n${examples.map((one) => `  ${PROGRAM} ${one}\n`).join("")}`,
  );

/** Help that marks what is required. */
export class HelpInSentences extends Help {
  override optionDescription(option: Option): string {
    const text = super.optionDescription(option);
    return option.mandatory ? `${text} (required)` : text;
  }
}
