import { app } from "./app.ts";
import type { QueueKey } from "./job-keys.ts";
import { queueKeys, queues } from "./queues.ts";
import { recordOf } from "./record-of.ts";
import { type Parameter, type StageParameterKey, stageParameters } from "./stage-parameters.ts";

/** The parameters with the URL and ARN of a queue. */
export const queueUrlParameter = (queue: QueueKey) => `${queue}QueueUrl` as const;
export const queueArnParameter = (queue: QueueKey) => `${queue}QueueArn` as const;

type QueueParameterKey = ReturnType<typeof queueUrlParameter> | ReturnType<typeof queueArnParameter>;
export type ParameterKey = StageParameterKey | QueueParameterKey;

const parametersOf = (queue: QueueKey): readonly (readonly [QueueParameterKey, Parameter])[] => [
  [queueUrlParameter(queue), { name: `${queue}-queue-url`, what: `URL of the queue of ${queues[queue].what}` }],
  [queueArnParameter(queue), { name: `${queue}-queue-arn`, what: `ARN of the queue of ${queues[queue].what}` }],
];
const ofQueues = new Map(queueKeys.flatMap(parametersOf));

const isStageParameter = (key: ParameterKey): key is StageParameterKey => key in stageParameters;

function parameterOf(key: ParameterKey): Parameter {
  const parameter = isStageParameter(key) ? stageParameters[key] : ofQueues.get(key);
  if (parameter === undefined) throw new Error(`there is no parameter ${key}`);
  return parameter;
}

const isStageParameterKey = (key: string): key is StageParameterKey => key in stageParameters;

export const parameterKeys: readonly ParameterKey[] = [
  ...Object.keys(stageParameters).filter(isStageParameterKey),
  ...ofQueues.keys(),
];

/** The parameters that the foundation (CDK) writes and the functions (SST) read, as `/regulars/<stage>/<name>`. */
export const parameters: Readonly<Record<ParameterKey, Parameter>> = recordOf(parameterKeys, parameterOf);

/** Under which all parameters of a stage are. */
export const stagePath = (stage: string): string => `/${app}/${stage}`;
export const parameterPath = (stage: string, key: ParameterKey): string =>
  `${stagePath(stage)}/${parameters[key].name}`;
