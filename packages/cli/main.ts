import { CommanderError } from "commander";
import { UserError } from "@regulars/local/user-error";
import { describeOutage } from "./outage.ts";
import { createProgram } from "./program.ts";
import { Interrupted } from "./session.ts";

const program = createProgram(
  {
    dynamodbEndpoint: process.env["DYNAMODB_ENDPOINT"],
    tableName: process.env["TABLE_NAME"],
    isTerminal: process.stderr.isTTY === true,
    clock: () => Date.now(),
    print: (text) => void process.stdout.write(text),
    note: (text) => void process.stderr.write(text),
  },
  (code) => {
    process.exitCode = code;
  },
);

/** A reader that went away (`| head`) is no failure. */
process.stdout.on("error", (error) => {
  if ("code" in error && error.code === "EPIPE") process.exit(0);
});

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
await new Promise((resolve) => process.stdout.write("", resolve));
// What Ctrl-C left behind may still wait for an answer; nobody waits for it.
process.exit();

/** Tells what went wrong in a line, or with a stack when it is a fault of our own, and gives the exit code for it. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) return 130;
  const text = error instanceof UserError ? error.message : (describeOutage(error) ?? stackOf(error));
  process.stderr.write(`regulars: ${text}\n`);
  return error instanceof UserError ? 2 : 1;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
