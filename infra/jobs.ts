import type { Foundation } from "./foundation.ts";
import { type DeployedFunction, resourceName } from "./functions.ts";
import { type FunctionKey, type FunctionSpec, functionKeys, functions, queueParameters, schedules } from "./spec.ts";

const TICK_RETRIES = 2;

/** Starts functions by queue and by clock. */
export function startJobs(made: Readonly<Record<FunctionKey, DeployedFunction>>, foundation: Foundation): void {
  for (const key of functionKeys) {
    const { consumes }: FunctionSpec = functions[key];
    if (consumes === undefined) continue;
    new aws.lambda.EventSourceMapping(`${resourceName(key)}Queue`, {
      eventSourceArn: foundation.value(queueParameters[consumes.queue].arn),
      functionName: made[key].arn,
      batchSize: consumes.batchSize,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: consumes.maxConcurrency },
    });
  }
  for (const [name, { rate, target }] of Object.entries(schedules))
    new sst.aws.CronV2(`${resourceName(name)}Clock`, {
      schedule: `rate(${rate})`,
      function: functionArn(made[target]),
      retries: TICK_RETRIES,
    });
}

/** A function's ARN as SST wants to be told of one that is there already. */
export const functionArn = ({ arn }: DeployedFunction) =>
  arn.apply((text): `arn:${string}` => `arn:${text.slice("arn:".length)}`);
