import { cutText } from "@regulars/core/platform/cut-text";
import { UserError } from "@regulars/local/user-error";
import { CommanderError } from "commander";
import { describeOutage } from "./outage.ts";
import { type BaseSession, createProgram } from "./program.ts";
import { Interrupted } from "./session.ts";
import { forTerminal } from "./terminal-text.ts";

/**
 * Runs one command and returns its exit code. Errors go to standard error: one line for mistakes and outages, a stack
 * trace for bugs.
 */
export async function runCommand(args: readonly string[], given: BaseSession): Promise<number> {
  const { ask } = given;
  const base: BaseSession = {
    ...given,
    ask: ask === undefined ? undefined : (question) => ask(forTerminal(question)),
    print: (text) => given.print(forTerminal(text)),
    note: (text) => given.note(forTerminal(text)),
  };
  let exitCode = 0;
  const program = createProgram(base, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error, base);
  }
}

function exitCodeOf(error: unknown, { note }: BaseSession): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    note(`${error.message}\n`);
    return 130;
  }
  const text = error instanceof UserError ? error.message : (describeOutage(error) ?? stackOf(error));
  note(`regulars: ${text.replaceAll(LONG_WORD, (word) => cutText(word, MOST_OF_WORD))}\n`);
  return error instanceof UserError ? 2 : 1;
}

/** Nobody reads a word of so many letters: it is what was given, repeated. */
const MOST_OF_WORD = 200;
const LONG_WORD = new RegExp(`\\S{${MOST_OF_WORD + 1},}`, "g");

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
