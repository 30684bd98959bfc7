import { isProduction } from "../../infra/app.ts";
import { stageSettingsOf } from "../settings.ts";

/** One command of a deployment or removal. */
export interface Step {
  /** What it is about, for people: "the foundation". */
  readonly what: string;
  /** A program of node_modules/.bin with its arguments, or an npm script. */
  readonly command: readonly [string, ...string[]];
  /** What is so when it fails, and what to do. */
  readonly whenFailed: string;
}

/**
 * The steps that deploy a stage: the foundation, the functions, and the check of both. Throws a `SettingsError` when
 * the stage has no name or no usable settings.
 */
export function deploySteps(stage: unknown, stages: unknown): readonly Step[] {
  const { stage: name } = stageSettingsOf(stage, stages);
  return [
    {
      what: "the foundation",
      command: ["cdk", "deploy", "--all", "--context", `stage=${name}`],
      whenFailed: `The foundation of ${name} is as CloudFormation left it, rolled back to what it was; the functions were not touched. Mend what it says and run the same command again; credentials and region come from your shell, for example AWS_PROFILE and AWS_REGION.`,
    },
    {
      what: "the functions",
      command: ["sst", "deploy", "--stage", name],
      whenFailed: `The foundation of ${name} is deployed, its functions are not, or only some: those that run are the ones before. Run the same command again; to go back, check out the version before and run it there.`,
    },
    {
      what: "the check",
      command: ["npm", "run", "--silent", "doctor:aws", "--", "--stage", name],
      whenFailed: `${name} is deployed, and something is still to be done: the lines above say what.`,
    },
  ];
}

/** The steps that remove a stage: its functions first, because they use the foundation. Production has none. */
export function removeSteps(stage: unknown, stages: unknown): readonly Step[] {
  const { stage: name } = stageSettingsOf(stage, stages);
  if (isProduction(name)) return [];
  return [
    {
      what: "the functions",
      command: ["sst", "remove", "--stage", name],
      whenFailed: `Functions of ${name} are still there, and its foundation is untouched. Run the same command again.`,
    },
    {
      what: "the foundation",
      command: ["cdk", "destroy", "--all", "--context", `stage=${name}`],
      whenFailed: `The functions of ${name} are gone, its foundation is not, or not whole. Run the same command again.`,
    },
  ];
}

/** Runs a command and resolves to its exit code. */
export type RunCommand = (command: Step["command"]) => Promise<number>;

/** Runs steps one after the other until one fails; resolves to the exit code, 0 or 1. */
export async function runSteps(steps: readonly Step[], run: RunCommand, say: (line: string) => void): Promise<0 | 1> {
  for (const [i, { what, command, whenFailed }] of steps.entries()) {
    say(`${i + 1} of ${steps.length}: ${what}: ${command.join(" ")}`);
    const code = await run(command);
    if (code === 0) continue;
    say(`Failed at ${what} (exit code ${code}). ${whenFailed}`);
    return 1;
  }
  return 0;
}
