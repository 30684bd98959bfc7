import { Stack, type StackProps } from "aws-cdk-lib";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { nameIn } from "../infra/app.ts";
import { makeAlarms } from "./alarms.ts";
import { makeDashboard } from "./dashboard.ts";
import { writeParameters } from "./foundation.ts";

interface OperationsProps extends StackProps {
  readonly stage: string;
  readonly alarmEmail: string;
  readonly key: IKey | undefined;
  /** The table that the functions use. */
  readonly tableName: string;
  /** A personal stage has no alarms. */
  readonly hasAlarms: boolean;
}

/** A dashboard, and alarms for the operator. */
export class OperationsStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { stage, alarmEmail, key, tableName, hasAlarms, ...props }: OperationsProps,
  ) {
    super(scope, id, props);
    makeDashboard(this, stage, tableName);
    if (!hasAlarms) return;
    const topic = new Topic(this, "Alarms", {
      topicName: nameIn(stage, "alarms"),
      ...(key === undefined ? {} : { masterKey: key }),
      enforceSSL: true,
    });
    topic.addSubscription(new EmailSubscription(alarmEmail));
    topic.grantPublish(new ServicePrincipal("cloudwatch.amazonaws.com"));
    makeAlarms(this, { stage, tableName, topic });
    writeParameters(this, stage, { alarmTopicArn: topic.topicArn });
  }
}
