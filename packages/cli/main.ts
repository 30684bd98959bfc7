import { createInterface } from "node:readline/promises";
import { endOnBrokenOutput, endWithLauncher } from "./process-ends.ts";

endOnBrokenOutput();
endWithLauncher(process.env["REGULARS_LAUNCHER"]);
const args = process.argv.slice(2);
// Said before the commands are loaded, which takes a while on a slow machine.
if (args[0] === "start" && !args.includes("--json") && !args.includes("--help"))
  process.stderr.write("Starting Regulars…\n");
const [{ runCommand }, { stopSignal }] = await Promise.all([import("./run-command.ts"), import("./session.ts")]);

async function askAtTerminal(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } catch {
    // Ctrl-C, or the end of input: no answer.
    return "";
  } finally {
    terminal.close();
  }
}

process.exitCode = await runCommand(args, {
  dynamodbEndpoint: process.env["DYNAMODB_ENDPOINT"],
  tableName: process.env["TABLE_NAME"],
  isTerminal: process.stderr.isTTY === true,
  clock: () => Date.now(),
  stopSignal,
  ask: process.stdin.isTTY && process.stderr.isTTY ? askAtTerminal : undefined,
  print: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
});
await new Promise((resolve) => process.stdout.write("", resolve));
// After Ctrl-C, abandoned work may still keep the process open, so exit explicitly.
process.exit();
