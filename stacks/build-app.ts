import { type App, Tags, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { app as name, nameIn } from "../infra/app.ts";
import { Foundation } from "./foundation.ts";
import { OperationsStack } from "./operations.ts";
import type { StageSettings } from "./settings.ts";

/** Builds a CDK app with both stacks of a stage, checked against the AWS Solutions rules. */
export function buildApp(
  app: App,
  { stage, settings }: { readonly stage: string; readonly settings: StageSettings },
): { readonly foundation: Foundation; readonly operations: OperationsStack } {
  Tags.of(app).add("app", name);
  Tags.of(app).add("stage", stage);
  const foundation = new Foundation(app, nameIn(stage, "foundation"), { stage, settings });
  const operations = new OperationsStack(app, nameIn(stage, "operations"), {
    stage,
    alarmEmail: settings.alarmEmail,
    key: foundation.key,
    tableName: foundation.tableName,
    hasAlarms: settings.personal !== true,
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { foundation, operations };
}
