import process from "node:process";
import { parseArgs } from "node:util";
import { checkStage } from "./assess.ts";
import { readStage } from "./read-stage.ts";

/** `npm run doctor:aws -- --stage production`: checks what is deployed. Exit code 1 if something is wrong. */
const { values } = parseArgs({ options: { stage: { type: "string" } } });
if (values.stage === undefined) {
  process.stderr.write("name the stage: npm run doctor:aws -- --stage production\n");
  process.exit(2);
}

const MARKS = { fine: "ok", look: "look", wrong: "WRONG" } as const;

try {
  const verdicts = checkStage(await readStage(values.stage));
  for (const { what, is, says } of verdicts)
    process.stdout.write(`${MARKS[is].padEnd(6)} ${what.padEnd(22)} ${says}\n`);
  process.exitCode = verdicts.some(({ is }) => is === "wrong") ? 1 : 0;
} catch (error) {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  process.stderr.write(`the stage ${values.stage} could not be read. ${reason}\n`);
  process.stderr.write("Credentials and region of the account are needed, for example AWS_PROFILE and AWS_REGION.\n");
  process.exitCode = 2;
}
