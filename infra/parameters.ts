import { app } from "./app.ts";
import type { QueueKey } from "./job-keys.ts";
import { queueKeys, queues } from "./queues.ts";
import { recordOf } from "./record-of.ts";
import { type SecretName, secretNames, secrets } from "./secrets.ts";
import { type Parameter, type StageParameterKey, stageParameters } from "./stage-parameters.ts";

/** The parameters with the URL and ARN of a queue. */
export const queueUrlParameter = (queue: QueueKey) => `${queue}QueueUrl` as const;
export const queueArnParameter = (queue: QueueKey) => `${queue}QueueArn` as const;

/** The parameter with the ARN of a secret. */
export const secretArnParameter = (secret: SecretName) => `${secret}_ARN` as const;

type QueueParameterKey = ReturnType<typeof queueUrlParameter> | ReturnType<typeof queueArnParameter>;
type SecretParameterKey = ReturnType<typeof secretArnParameter>;
export type ParameterKey = StageParameterKey | QueueParameterKey | SecretParameterKey;

const parametersOf = (queue: QueueKey): readonly (readonly [QueueParameterKey, Parameter])[] => [
  [queueUrlParameter(queue), { name: `${queue}-queue-url`, what: `URL of the queue of ${queues[queue].what}` }],
  [queueArnParameter(queue), { name: `${queue}-queue-arn`, what: `ARN of the queue of ${queues[queue].what}` }],
];
const made = new Map<ParameterKey, Parameter>([
  ...queueKeys.flatMap(parametersOf),
  ...secretNames.map((secret): readonly [SecretParameterKey, Parameter] => [
    secretArnParameter(secret),
    { name: `${secrets[secret].name}-arn`, what: `ARN of the secret: ${secrets[secret].what}` },
  ]),
]);

const isStageParameter = (key: string): key is StageParameterKey => key in stageParameters;

function parameterOf(key: ParameterKey): Parameter {
  const parameter = isStageParameter(key) ? stageParameters[key] : made.get(key);
  if (parameter === undefined) throw new Error(`there is no parameter ${key}`);
  return parameter;
}

export const parameterKeys: readonly ParameterKey[] = [
  ...Object.keys(stageParameters).filter(isStageParameter),
  ...made.keys(),
];

/** The parameters that the foundation (CDK) writes and the functions (SST) read, as `/regulars/<stage>/<name>`. */
export const parameters: Readonly<Record<ParameterKey, Parameter>> = recordOf(parameterKeys, parameterOf);

/** Under which all parameters of a stage are. */
export const stagePath = (stage: string): string => `/${app}/${stage}`;
export const parameterPath = (stage: string, key: ParameterKey): string =>
  `${stagePath(stage)}/${parameters[key].name}`;
