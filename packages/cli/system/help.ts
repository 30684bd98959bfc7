import { type Argument, type Command, Help, type Option } from "commander";
import type { CommandText } from "./add-command.ts";

/** Adds to a command's help what is said of it. */
export function withText(command: Command, { says, reads, examples }: CommandText): Command {
  const lines = examples.map((one) => `  npx regulars ${one}`);
  command.createHelp = () => new HelpInSentences();
  return command
    .description(reads === undefined ? says : `${says} ${readsText(reads)}`)
    .addHelpText("after", `\n${lines.length === 1 ? "Example" : "Examples"}:\n${lines.join("\n")}`);
}

const readsText = (reads: NonNullable<CommandText["reads"]>): string =>
  reads === "all" ? "It changes nothing that is stored." : `These change nothing that is stored: ${reads.join(", ")}.`;

/** A text that begins like a sentence and ends like one. */
const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.:?!]$/.test(text) ? "" : "."}`;

/** Help in sentences: a required option says so, a default and the choices are told as they are typed. */
export class HelpInSentences extends Help {
  override optionDescription({ description, mandatory, argChoices, defaultValue }: Option): string {
    return [
      asSentence(description),
      ...(mandatory ? ["Required."] : []),
      ...(argChoices === undefined ? [] : [`One of ${argChoices.join(", ")}.`]),
      ...(typeof defaultValue === "string" ? [`Default: ${defaultValue}.`] : []),
    ].join(" ");
  }

  /** The list of commands has the first sentence of each. */
  override subcommandDescription(command: Command): string {
    return asSentence(/^.*?\.(?= |$)/u.exec(command.description())?.[0] ?? command.description());
  }

  override argumentDescription({ description, required, argChoices, defaultValue }: Argument): string {
    return [
      asSentence(description),
      ...(required ? ["Required."] : []),
      ...(argChoices === undefined ? [] : [`One of ${argChoices.join(", ")}.`]),
      ...(typeof defaultValue === "string" ? [`Default: ${defaultValue}.`] : []),
    ].join(" ");
  }
}
