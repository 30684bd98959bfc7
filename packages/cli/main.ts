import { runCommand } from "./run-command.ts";
import { stopSignal } from "./session.ts";

/** A reader that went away (`| head`) is no failure. */
process.stdout.on("error", (error) => {
  if ("code" in error && error.code === "EPIPE") process.exit(0);
});

process.exitCode = await runCommand(process.argv.slice(2), {
  dynamodbEndpoint: process.env["DYNAMODB_ENDPOINT"],
  tableName: process.env["TABLE_NAME"],
  isTerminal: process.stderr.isTTY === true,
  clock: () => Date.now(),
  stopSignal,
  print: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
});
await new Promise((resolve) => process.stdout.write("", resolve));
// What Ctrl-C left behind may still wait for an answer; nobody waits for it.
process.exit();
