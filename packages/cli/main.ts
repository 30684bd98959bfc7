import { CommanderError } from "commander";
import { UserError } from "@regulars/local/user-error";
import { createProgram } from "./program.ts";

const program = createProgram(
  {
    dynamodbEndpoint: process.env["DYNAMODB_ENDPOINT"],
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
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof UserError) {
    process.stderr.write(`regulars: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`regulars: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
