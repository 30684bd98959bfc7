import { Stack } from "aws-cdk-lib";
import { AccountRootPrincipal, Effect, PolicyStatement, Role } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { nameIn } from "../infra/app.ts";
import { functionKeys, functionName } from "../infra/functions.ts";
import { policyVariable } from "../infra/policy-variable.ts";
import { table as spec, tenantSession, tenantTableActions } from "../infra/table.ts";

/**
 * The role for the items of one tenant. Only functions of the stage can assume it, only with a session tag that names a
 * tenant, and only for leading keys that begin with that tenant. Both parts of the condition are needed: "for all
 * values" also holds for a request without leading keys, so their presence is required too.
 */
export function makeTenantRole(scope: Construct, stage: string, tableArn: string, key: IKey | undefined): Role {
  const { account, partition, region } = Stack.of(scope);
  const trusted = new AccountRootPrincipal().withConditions({
    ArnEquals: {
      "aws:PrincipalArn": functionKeys.map(
        (one) => `arn:${partition}:iam::${account}:role/${functionName(stage, one)}`,
      ),
    },
    StringLike: { [`aws:RequestTag/${tenantSession.tag}`]: "?*" },
    "ForAllValues:StringEquals": { "aws:TagKeys": [tenantSession.tag] },
  });
  const role = new Role(scope, "TenantRole", {
    roleName: nameIn(stage, "tenant"),
    description: "One tenant's items: assumed by the functions with the tenant as a session tag",
    assumedBy: trusted.withSessionTags(),
  });
  const leadingKeys = `${tenantSession.before}${policyVariable(`aws:PrincipalTag/${tenantSession.tag}`)}${tenantSession.after}`;
  role.addToPolicy(
    new PolicyStatement({
      sid: "OwnItems",
      effect: Effect.ALLOW,
      actions: [...tenantTableActions],
      resources: [tableArn, ...spec.indexes.map(({ name }) => `${tableArn}/index/${name}`)],
      conditions: {
        "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [leadingKeys] },
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    }),
  );
  if (key !== undefined)
    role.addToPolicy(
      new PolicyStatement({
        sid: "TableKey",
        actions: ["kms:Decrypt", "kms:DescribeKey"],
        resources: [key.keyArn],
        conditions: { StringEquals: { "kms:ViaService": `dynamodb.${region}.amazonaws.com` } },
      }),
    );
  return role;
}
