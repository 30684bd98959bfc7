import { RemovalPolicy, Stack, type StackProps, Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import type { Construct } from "constructs";
import { isProduction, nameIn } from "../infra/app.ts";
import type { QueueKey } from "../infra/job-keys.ts";
import {
  type ParameterKey,
  parameterKeys,
  parameterPath,
  parameters,
  queueArnParameter,
  queueUrlParameter,
  secretArnParameter,
} from "../infra/parameters.ts";
import { mailEventsQueue, queueKeys } from "../infra/queues.ts";
import { recordOf } from "../infra/record-of.ts";
import { type SecretName, secretNames, secretPath, secrets } from "../infra/secrets.ts";
import { table as tableSpec } from "../infra/table.ts";
import { makeMail } from "./mail.ts";
import { type JobQueue, makeQueues } from "./queues.ts";
import type { StageSettings } from "./settings.ts";
import { makeTenantRole } from "./tenant-role.ts";

interface FoundationProps extends StackProps {
  readonly stage: string;
  readonly settings: StageSettings;
}

const RECOVERY_DAYS = 35;
const SECRET_LENGTH = 48;

/** Why a secret is not rotated automatically. */
const NOT_ROTATED: Readonly<Record<SecretName, string>> = {
  SEALING_KEY:
    "tokens sealed with the old one must open while they are sealed anew: docs/operations.md says how it is changed",
  SLACK_SIGNING_SECRET: "Slack gives it and AWS cannot ask for another: docs/operations.md says how it is changed",
  SLACK_CLIENT_SECRET: "Slack gives it and AWS cannot ask for another: docs/operations.md says how it is changed",
  CURSOR_SECRET: "a page cursor must hold while someone turns pages: docs/operations.md says how it is changed",
  SIGNING_SECRET:
    "a changed one ends every integration's signatures at once: docs/operations.md says how it is changed",
  SESSION_SECRET:
    "sessions last twelve hours, so old and new are kept side by side: docs/operations.md says how it is changed",
  AUTH_CLIENT_SECRET: "the issuer gives it and AWS cannot ask for another: docs/operations.md says how it is changed",
  LINK_SECRET:
    "links of messages hold for months, so old and new are kept side by side: docs/operations.md says how it is changed",
};

/** Everything that deploys of the functions do not replace: table, queues, sending domain, secrets, the tenant role. */
export class Foundation extends Stack {
  /** Absent in a personal stage: there AWS owns the keys. */
  readonly key: Key | undefined;
  /** The table that the functions use: the stage's own, or one that was restored next to it. */
  readonly tableName: string;

  constructor(scope: Construct, id: string, { stage, settings, ...props }: FoundationProps) {
    const isKept = isProduction(stage);
    super(scope, id, { ...props, terminationProtection: isKept });
    const removalPolicy = isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    this.key = settings.personal === true ? undefined : makeKey(this, stage, removalPolicy);
    const table = makeTable(this, stage, this.key, isKept);
    const queues = makeQueues(this, stage, removalPolicy);
    const secretArns = makeSecrets(this, stage, this.key, removalPolicy);
    const mail = makeMail(this, stage, settings, { key: this.key, queue: queues[mailEventsQueue].queue });
    const used = settings.restoredTable === undefined ? table : restored(this, settings.restoredTable);
    this.tableName = settings.restoredTable ?? nameIn(stage, "table");
    const tenantRole = makeTenantRole(this, stage, used.tableArn, this.key);
    writeParameters(this, stage, {
      tableName: used.tableName,
      tableArn: used.tableArn,
      keyArn: this.key?.keyArn,
      tenantRoleArn: tenantRole.roleArn,
      ...placesOf(queues),
      ...arnsOf(secretArns),
      mailIdentityArn: mail.identityArn,
      mailConfigurationArn: mail.configurationArn,
      mailConfigurationSet: mail.configurationName,
      mailFrom: settings.mailFrom,
      publicUrl: settings.publicUrl,
      slackClientId: settings.slackClientId,
      authIssuer: settings.authIssuer,
      authAudience: settings.authAudience,
      authClientId: settings.authClientId,
      authJwksUrl: settings.authJwksUrl,
      apiDomain: settings.apiDomain,
      apiCertificateArn: settings.apiCertificateArn,
      accountConcurrency: settings.accountConcurrency?.toString(),
    });
  }
}

function makeKey(scope: Construct, stage: string, removalPolicy: RemovalPolicy): Key {
  const key = new Key(scope, "Key", {
    alias: nameIn(stage, "key"),
    description: "Table, secrets and topics of Regulars",
    enableKeyRotation: true,
    removalPolicy,
  });
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: "PublishMailEvents",
      principals: [new ServicePrincipal("ses.amazonaws.com")],
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      resources: ["*"],
    }),
  );
  return key;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

function makeTable(scope: Construct, stage: string, key: Key | undefined, isKept: boolean): Table {
  const table = new Table(scope, "Table", {
    tableName: nameIn(stage, "table"),
    partitionKey: text(tableSpec.partitionKey),
    sortKey: text(tableSpec.sortKey),
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: tableSpec.timeToLive,
    ...(key === undefined
      ? { encryption: TableEncryption.DEFAULT }
      : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: RECOVERY_DAYS },
    deletionProtection: isKept,
    removalPolicy: isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  for (const { name, partitionKey, sortKey } of tableSpec.indexes)
    table.addGlobalSecondaryIndex({ indexName: name, partitionKey: text(partitionKey), sortKey: text(sortKey) });
  return table;
}

/** A table that was restored next to the table of the stage. */
const restored = (stack: Stack, tableName: string) => ({
  tableName,
  tableArn: stack.formatArn({ service: "dynamodb", resource: "table", resourceName: tableName }),
});

/**
 * Creates the secrets with random values. One that comes from outside is set by hand once; `npm run doctor:aws` reports
 * if it is not.
 */
function makeSecrets(
  scope: Construct,
  stage: string,
  key: Key | undefined,
  removalPolicy: RemovalPolicy,
): Readonly<Record<SecretName, string>> {
  const make = (name: SecretName): string => {
    const secret = new Secret(scope, name, {
      secretName: secretPath(stage, name),
      description: secrets[name].what,
      ...(key === undefined ? {} : { encryptionKey: key }),
      generateSecretString: { passwordLength: SECRET_LENGTH, excludePunctuation: true },
      removalPolicy,
    });
    Validations.of(secret).acknowledge({ id: "AwsSolutions::AwsSolutions-SMG4", reason: NOT_ROTATED[name] });
    return secret.secretArn;
  };
  return recordOf(secretNames, make);
}

/** The parameters with URL and ARN of each queue. */
const placesOf = (queues: Readonly<Record<QueueKey, JobQueue>>): Partial<Record<ParameterKey, string>> =>
  Object.fromEntries(
    queueKeys.flatMap((key) => [
      [queueUrlParameter(key), queues[key].queue.queueUrl],
      [queueArnParameter(key), queues[key].queue.queueArn],
    ]),
  );

/** The parameters with the ARN of each secret. */
const arnsOf = (arns: Readonly<Record<SecretName, string>>): Partial<Record<ParameterKey, string>> =>
  Object.fromEntries(secretNames.map((name) => [secretArnParameter(name), arns[name]]));

/** Writes the parameters that the functions read; one without a value is left out. */
export function writeParameters(
  scope: Construct,
  stage: string,
  values: Readonly<Partial<Record<ParameterKey, string | undefined>>>,
): void {
  for (const key of parameterKeys) {
    const value = values[key];
    if (value === undefined) continue;
    new StringParameter(scope, `Parameter-${parameters[key].name}`, {
      parameterName: parameterPath(stage, key),
      description: parameters[key].what,
      stringValue: value,
    });
  }
}
