import { createInterface } from "node:readline/promises";
import { endOnBrokenOutput, endWithLauncher } from "./process-ends.ts";
import { runCommand } from "./run-command.ts";
import { stopSignal } from "./session.ts";

endOnBrokenOutput();
endWithLauncher(process.env["REGULARS_LAUNCHER"]);

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

process.exitCode = await runCommand(process.argv.slice(2), {
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
