import { Alarm, ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { alarmText, alarmsOf } from "../infra/alarms.ts";
import { nameIn } from "../infra/app.ts";
import { metricOf } from "./metric-of.ts";

/** Makes the alarms of a stage's foundation. */
export function makeAlarms(
  scope: Construct,
  { stage, tableName, topic }: { readonly stage: string; readonly tableName: string; readonly topic: ITopic },
): void {
  const action = new SnsAction(topic);
  for (const alarm of alarmsOf(stage, tableName))
    new Alarm(scope, alarm.name, {
      alarmName: nameIn(stage, alarm.name),
      alarmDescription: alarmText(alarm),
      metric: metricOf(alarm.figure),
      threshold: alarm.reaches,
      comparisonOperator: alarm.whenSilent
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: alarm.whenSilent ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(action);
}
