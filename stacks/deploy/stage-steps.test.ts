import { describe, expect, it } from "vitest";
import cdk from "../../cdk.json" with { type: "json" };
import { askedOf } from "./asked.ts";
import { type Step, deploySteps, removeSteps, runSteps } from "./stage-steps.ts";

const stages = { ...cdk.context.stages, trial: cdk.context.stages.example, production: cdk.context.stages.example };

/** What the steps ran and said when one of the commands fails. */
async function ran(steps: readonly Step[], failing?: string) {
  const commands: string[] = [];
  const lines: string[] = [];
  const code = await runSteps(
    steps,
    (command) => {
      commands.push(command.join(" "));
      return Promise.resolve(command[0] === failing ? 3 : 0);
    },
    (line) => void lines.push(line),
  );
  return { commands, last: lines.at(-1) ?? "", code };
}

describe("one command for a stage", () => {
  it("OP04: deploys the foundation, then the functions, then checks both", async () => {
    const { commands, code } = await ran(deploySteps("trial", stages));
    expect(code).toBe(0);
    expect(commands).toEqual([
      "cdk deploy --all --context stage=trial",
      "sst deploy --stage trial",
      "npm run --silent doctor:aws -- --stage trial",
    ]);
  });

  it.each([
    ["cdk", 1, "Failed at the foundation (exit code 3). The foundation of trial is as CloudFormation left it"],
    ["sst", 2, "Failed at the functions (exit code 3). The foundation of trial is deployed, its functions are not"],
    ["npm", 3, "Failed at the check (exit code 3). trial is deployed, and something is still to be done"],
  ])("OP04: stops when %s fails, and says which half is as it was", async (failing, tried, says) => {
    const { commands, last, code } = await ran(deploySteps("trial", stages), failing);
    expect([commands.length, code]).toEqual([tried, 1]);
    expect(last).toContain(says);
    expect(last.includes("credentials and region come from your shell")).toBe(tried === 1);
  });

  it("OP04: removes the functions before the foundation that they use", async () => {
    const { commands } = await ran(removeSteps("trial", stages));
    expect(commands).toEqual(["sst remove --stage trial", "cdk destroy --all --context stage=trial"]);
    const { commands: tried, last } = await ran(removeSteps("trial", stages), "sst");
    expect(tried).toHaveLength(1);
    expect(last).toContain("its foundation is untouched");
  });

  it("OP04: reads a verb and a stage, and passes over nothing else", () => {
    expect(askedOf(["remove", "--stage", "trial"])).toEqual({ verb: "remove", stage: "trial" });
    expect(askedOf(["deploy"])).toEqual({ verb: "deploy", stage: undefined });
    for (const more of [["--dry-run"], ["--stge", "other"], ["other"], ["deploy"]])
      expect(askedOf(["remove", "--stage", "trial", ...more])).toBeUndefined();
    expect(askedOf(["--stage", "trial"])).toBeUndefined();
  });

  it("OP04: never removes production", () => {
    expect(removeSteps("production", stages)).toEqual([]);
  });

  it.each([undefined, "", "Production", "my stage", "a".repeat(21), "unheard-of"])(
    "OP04: does nothing for the stage %j",
    (stage) => {
      expect(() => deploySteps(stage, stages)).toThrow(/name the stage|there are no settings of the stage/);
      expect(() => removeSteps(stage, stages)).toThrow(/name the stage|there are no settings of the stage/);
    },
  );
});
