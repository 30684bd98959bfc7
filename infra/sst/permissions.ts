import { type FunctionKey, type FunctionSpec, functionName, functions } from "../functions.ts";
import { mailFromOf } from "../mail-from.ts";
import { queueArnParameter, secretArnParameter } from "../parameters.ts";
import { policyVariable } from "../policy-variable.ts";
import type { OwnRead, OwnUpdate } from "../table.ts";
import type { Foundation } from "./foundation.ts";

/** One statement of a role, as SST takes it. */
interface Permission {
  readonly actions: string[];
  readonly resources: string[];
  readonly conditions?: { readonly test: string; readonly variable: string; readonly values: string[] }[];
}

/**
 * The AWS partition, region and account of a stage, from an ARN like
 * "arn:aws:dynamodb:eu-central-1:111122223333:table/…".
 */
interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/**
 * All permissions of a function's own role. It may open a tenant session, and cannot read tenants' items itself; other
 * reads and updates are those of its entry in infra/.
 */
export function permissionsOf(stage: string, key: FunctionKey, foundation: Foundation): Permission[] {
  const spec = functions[key];
  const place = placeOf(foundation.value("tableArn"));
  return [
    logs(functionName(stage, key), place),
    tracing,
    { actions: ["sts:AssumeRole", "sts:TagSession"], resources: [foundation.value("tenantRoleArn")] },
    ...ownReads(spec.ownReads, foundation, place),
    ...(spec.ownUpdates ?? []).map((update) => ownUpdate(update, foundation)),
    ...(spec.sends.length === 0
      ? []
      : [
          {
            actions: ["sqs:SendMessage"],
            resources: spec.sends.map((queue) => foundation.value(queueArnParameter(queue))),
          },
        ]),
    ...(spec.consumes === undefined ? [] : [consuming(foundation.value(queueArnParameter(spec.consumes.queue)))]),
    ...secretReads(spec, foundation, place),
    ...(spec.sendsMail ? [mail(foundation), mailRate] : []),
  ];
}

function placeOf(tableArn: string): Place {
  const [, partition = "", , region = "", account = ""] = tableArn.split(":");
  return { partition, region, account };
}

/** Lambda names the streams of a log, so the resource ends in a wildcard: of the function's own log group. */
const logs = (name: string, { partition, region, account }: Place): Permission => ({
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [`arn:${partition}:logs:${region}:${account}:log-group:/aws/lambda/${name}:*`],
});

/** Traces of each request and job; X-Ray knows no resource for them. */
const tracing: Permission = {
  actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
  resources: ["*"],
};

/** In a policy `${…}` is a variable, so a literal `$` must be written as the variable `${$}`. */
const literal = (leadingKey: string): string => leadingKey.split("$").join(policyVariable("$"));

function ownReads(reads: readonly OwnRead[], foundation: Foundation, place: Place): Permission[] {
  if (reads.length === 0) return [];
  const ofIndex = ({ index, leadingKey }: OwnRead): Permission => ({
    actions: ["dynamodb:Query"],
    resources: [`${foundation.value("tableArn")}/index/${index}`],
    conditions: [
      { test: "ForAllValues:StringLike", variable: "dynamodb:LeadingKeys", values: [literal(leadingKey)] },
      { test: "Null", variable: "dynamodb:LeadingKeys", values: ["false"] },
    ],
  });
  return [...reads.map(ofIndex), ...decrypting("dynamodb", foundation, place)];
}

/** Who updates also reads of the table, and so may use the key. */
const ownUpdate = ({ leadingKey }: OwnUpdate, foundation: Foundation): Permission => ({
  actions: ["dynamodb:UpdateItem"],
  resources: [foundation.value("tableArn")],
  conditions: [
    { test: "ForAllValues:StringLike", variable: "dynamodb:LeadingKeys", values: [literal(leadingKey)] },
    { test: "Null", variable: "dynamodb:LeadingKeys", values: ["false"] },
  ],
});

/** The key may only be used through one service. Keys that AWS owns need no permission. */
function decrypting(
  service: "dynamodb" | "secretsmanager",
  foundation: Foundation,
  { region }: Place,
): readonly Permission[] {
  const keyArn = foundation.optional("keyArn");
  if (keyArn === undefined) return [];
  const through = { test: "StringEquals", variable: "kms:ViaService", values: [`${service}.${region}.amazonaws.com`] };
  const actions = service === "dynamodb" ? ["kms:Decrypt", "kms:DescribeKey"] : ["kms:Decrypt"];
  return [{ actions, resources: [keyArn], conditions: [through] }];
}

const consuming = (queueArn: string): Permission => ({
  actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
  resources: [queueArn],
});

function secretReads({ secrets }: FunctionSpec, foundation: Foundation, place: Place): Permission[] {
  if (secrets.length === 0) return [];
  const resources = secrets.map((name) => foundation.value(secretArnParameter(name)));
  return [
    { actions: ["secretsmanager:GetSecretValue"], resources },
    ...decrypting("secretsmanager", foundation, place),
  ];
}

/** How much the account may send; SES knows no resource for the question. */
const mailRate: Permission = { actions: ["ses:GetSendQuota"], resources: ["*"] };

/** Only from the configured sender, not from another address of the domain. */
function mail(foundation: Foundation): Permission {
  return {
    actions: ["ses:SendRawEmail"],
    resources: [foundation.value("mailIdentityArn"), foundation.value("mailConfigurationArn")],
    conditions: [
      { test: "StringEquals", variable: "ses:FromAddress", values: [mailFromOf(foundation.value("mailFrom")).address] },
    ],
  };
}
