import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { SettingsError } from "../settings.ts";
import { askedOf } from "./asked.ts";
import { type RunCommand, deploySteps, removeSteps, runSteps } from "./stage-steps.ts";

/** `npm run deploy -- --stage trial` and `npm run remove -- --stage trial`: both halves of a stage, and their check. */
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const USAGE = "name what to do with which stage: npm run deploy -- --stage trial, npm run remove -- --stage trial";

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const keepOn = (): void => undefined;

/** Runs a program of this project on the terminal, so that it can ask. Ctrl-C reaches it, and it ends by itself. */
const onTerminal: RunCommand = ([program, ...args]) =>
  new Promise((ended) => {
    const path = program === "npm" ? program : join(ROOT, "node_modules", ".bin", program);
    const child = spawn(path, args, { cwd: ROOT, stdio: "inherit" });
    process.on("SIGINT", keepOn);
    child.on("error", (error) => {
      say(error.message);
      ended(1);
    });
    child.on("exit", (code) => {
      process.off("SIGINT", keepOn);
      ended(code ?? 1);
    });
  });

const stagesOf = (): unknown =>
  z
    .object({ context: z.object({ stages: z.unknown() }) })
    .parse(JSON.parse(readFileSync(join(ROOT, "cdk.json"), "utf8"))).context.stages;

async function main(): Promise<number> {
  const asked = askedOf(process.argv.slice(2));
  if (asked === undefined) {
    say(USAGE);
    return 2;
  }
  const steps = (asked.verb === "deploy" ? deploySteps : removeSteps)(asked.stage, stagesOf());
  if (steps.length > 0) return runSteps(steps, onTerminal, say);
  say(
    "production is kept: docs/operations.md, Remove, says what has to be done before it can go. Nothing was changed.",
  );
  return 2;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  say(error.message.replace("--context stage=production", "--stage production"));
  process.exitCode = 2;
}
