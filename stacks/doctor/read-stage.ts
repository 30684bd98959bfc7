import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { DescribeContinuousBackupsCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetParametersByPathCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { alarmNames } from "../../infra/alarms.ts";
import { app, nameIn } from "../../infra/app.ts";
import { type FunctionKey, functionKeys, functionName } from "../../infra/functions.ts";
import type { QueueKey } from "../../infra/job-keys.ts";
import { type ParameterKey, parameters as parameterSpecs, secretArnParameter } from "../../infra/parameters.ts";
import { recordOf } from "../../infra/record-of.ts";
import { deadQueueName, queueKeys, queueName } from "../../infra/queues.ts";
import { type SecretName, secretNames, secrets } from "../../infra/secrets.ts";
import type { FunctionFacts, StageFacts } from "./facts.ts";
import { readIssuer } from "./read-issuer.ts";
import { readMail } from "./read-mail.ts";
import { patience } from "./patience.ts";

/**
 * Reads a deployed stage with the credentials of the operator. Changes nothing; calls the health check of the API once.
 */
export async function readStage(stage: string): Promise<StageFacts> {
  const parameters = await readParameters(stage);
  const [table, queues, functions, secretStates, issuer, mail, alarms, health] = await Promise.all([
    readTable(stage),
    readQueues(stage),
    readFunctions(stage),
    readSecrets(parameters),
    readIssuer(parameters.authIssuer),
    readMail(parameters.mailFrom),
    readAlarms(stage),
    readHealth(stage),
  ]);
  return { stage, parameters, table, queues, functions, secrets: secretStates, issuer, mail, alarms, health };
}

const MISSING = /NotFound|NonExistentQueue|QueueDoesNotExist/;

/** The result of `work`, or `undefined` if AWS reports that the resource does not exist. */
async function found<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error && MISSING.test(error.name)) return undefined;
    throw error;
  }
}

async function readParameters(stage: string): Promise<Partial<Record<ParameterKey, string>>> {
  const client = new SSMClient(patience);
  const values = new Map<string, string>();
  let NextToken: string | undefined;
  do {
    const page = await client.send(new GetParametersByPathCommand({ Path: `/${app}/${stage}/`, NextToken }));
    for (const { Name, Value } of page.Parameters ?? [])
      if (Name !== undefined && Value !== undefined) values.set(Name.slice(Name.lastIndexOf("/") + 1), Value);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return Object.fromEntries(
    Object.entries(parameterSpecs).flatMap(([key, { name }]) => {
      const value = values.get(name);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

async function readTable(stage: string): Promise<StageFacts["table"]> {
  const client = new DynamoDBClient(patience);
  const TableName = nameIn(stage, "table");
  return found(async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const backups = await client.send(new DescribeContinuousBackupsCommand({ TableName }));
    const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
    return {
      status: Table?.TableStatus,
      indexes: (Table?.GlobalSecondaryIndexes ?? []).flatMap(({ IndexName }) => IndexName ?? []),
      isProtected: Table?.DeletionProtectionEnabled === true,
      canBePutBack: recovery?.PointInTimeRecoveryStatus === "ENABLED",
    };
  });
}

async function readQueues(stage: string): Promise<StageFacts["queues"]> {
  const client = new SQSClient(patience);
  const waitingIn = async (QueueName: string): Promise<number> => {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  };
  const read = (key: QueueKey) =>
    found(async () => ({
      waiting: await waitingIn(queueName(stage, key)),
      dead: await waitingIn(deadQueueName(stage, key)),
    }));
  return readAll(queueKeys, read);
}

/** Reads a value for each key in parallel. */
async function readAll<K extends string, V>(
  keys: readonly K[],
  read: (key: K) => Promise<V | undefined>,
): Promise<Readonly<Record<K, V | undefined>>> {
  const values = new Map(await Promise.all(keys.map(async (key) => [key, await read(key)] as const)));
  return recordOf(keys, (key) => values.get(key));
}

async function readFunctions(stage: string): Promise<StageFacts["functions"]> {
  const client = new LambdaClient(patience);
  const read = (key: FunctionKey) =>
    found(async (): Promise<FunctionFacts> => {
      const FunctionName = functionName(stage, key);
      const { State, LastUpdateStatus, Runtime, Role } = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      );
      return { state: State, lastUpdate: LastUpdateStatus, runtime: Runtime, role: Role };
    });
  return readAll(functionKeys, read);
}

async function readSecrets(parameters: StageFacts["parameters"]): Promise<StageFacts["secrets"]> {
  const client = new SecretsManagerClient(patience);
  const read = async (name: SecretName) => {
    const SecretId = parameters[secretArnParameter(name)];
    if (SecretId === undefined) return "missing";
    const secret = await found(() => client.send(new GetSecretValueCommand({ SecretId })));
    if (secret?.SecretString === undefined) return "missing";
    return secrets[name].form.test(secret.SecretString) ? "set" : "not-set";
  };
  const values = await readAll(secretNames, read);
  return recordOf(secretNames, (name) => values[name] ?? "missing");
}

/** Of one answer of CloudWatch. */
const MOST_ALARMS = 100;

async function readAlarms(stage: string): Promise<StageFacts["alarms"]> {
  const client = new CloudWatchClient(patience);
  const AlarmNames = alarmNames.map((name) => nameIn(stage, name));
  const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmNames, MaxRecords: MOST_ALARMS }));
  return {
    found: namesOf(MetricAlarms),
    ringing: namesOf(MetricAlarms.filter(({ StateValue }) => StateValue === "ALARM")),
  };
}

const namesOf = (alarms: readonly MetricAlarm[]): string[] => alarms.flatMap(({ AlarmName }) => AlarmName ?? []);

const replySchema = z.object({ statusCode: z.number() });

/** Calls the API's function with an event like API Gateway's, so that the result does not depend on domain and DNS. */
async function readHealth(stage: string): Promise<number | undefined> {
  const client = new LambdaClient(patience);
  const path = "/v1/health";
  const event = {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: "",
    headers: { host: "doctor" },
    requestContext: { http: { method: "GET", path, sourceIp: "127.0.0.1" }, requestId: "doctor", stage: "$default" },
    isBase64Encoded: false,
  };
  const reply = await found(() =>
    client.send(
      new InvokeCommand({ FunctionName: functionName(stage, "api"), Payload: Buffer.from(JSON.stringify(event)) }),
    ),
  );
  if (reply?.Payload === undefined) return undefined;
  return replySchema.safeParse(JSON.parse(Buffer.from(reply.Payload).toString("utf8"))).data?.statusCode;
}
