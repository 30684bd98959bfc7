import * as z from "zod";
import { type Deployed, deployedIn } from "./faults.ts";
import { type Statement, policySchema } from "./iam.ts";
import { type Recording, evaluate } from "./recording.ts";
import { type Synthesized, synthesize } from "./synthesized.ts";

/** The foundation and the functions' app of a stage, as they would be deployed. */
interface Deployment {
  readonly synthesized: Synthesized;
  readonly recording: Recording;
  /** By handler. */
  readonly functions: ReadonlyMap<string, Deployed>;
  readonly tenantRole: {
    readonly arn: string;
    readonly statements: readonly Statement[];
    readonly trust: readonly Statement[];
  };
}

export async function deploymentOf(stage: string): Promise<Deployment> {
  const synthesized = synthesize(stage);
  const recording = await evaluate(stage, synthesized.parameters);
  const roleName = `regulars-${stage}-tenant`;
  const resources = Object.values(synthesized.resolved.foundation.Resources);
  const [role] = resources
    .filter(({ Type }) => Type === "AWS::IAM::Role")
    .map(({ Properties }) => roleSchema.parse(Properties))
    .filter(({ RoleName }) => RoleName === roleName);
  if (role === undefined) throw new Error(`there is no role ${roleName}`);
  return {
    synthesized,
    recording,
    functions: deployedIn(recording),
    tenantRole: {
      arn: `arn:aws:iam::111122223333:role/${roleName}`,
      trust: role.AssumeRolePolicyDocument.Statement,
      statements: resources
        .filter(
          ({ Type, Properties }) =>
            Type === "AWS::IAM::Policy" && JSON.stringify(Properties["Roles"]) === `["${roleName}"]`,
        )
        .flatMap(({ Properties }) => policySchema.parse(Properties["PolicyDocument"]).Statement),
    },
  };
}

const roleSchema = z.object({ RoleName: z.string(), AssumeRolePolicyDocument: policySchema });
