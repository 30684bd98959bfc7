import { type FunctionKey, functionKeys, functions } from "../functions.ts";
import { clockJobKeys, rateOf } from "../job-keys.ts";
import { queueArnParameter } from "../parameters.ts";
import type { Foundation } from "./foundation.ts";
import { type DeployedFunction, resourceName } from "./functions.ts";

const TICK_RETRIES = 2;

/** Starts functions by queue and by clock. */
export function startOperations(made: Readonly<Record<FunctionKey, DeployedFunction>>, foundation: Foundation): void {
  for (const key of functionKeys) {
    const { consumes } = functions[key];
    if (consumes === undefined) continue;
    new aws.lambda.EventSourceMapping(`${resourceName(key)}Queue`, {
      eventSourceArn: foundation.value(queueArnParameter(consumes.queue)),
      functionName: made[key].arn,
      batchSize: consumes.batchSize,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: consumes.maxConcurrency },
    });
  }
  for (const key of clockJobKeys)
    new sst.aws.CronV2(`${resourceName(key)}Clock`, {
      schedule: `rate(${rateOf(key)})`,
      function: functionArn(made[key]),
      retries: TICK_RETRIES,
    });
}

/** A function's ARN with the type that SST expects for an existing function. */
export const functionArn = ({ arn }: DeployedFunction) =>
  arn.apply((text): `arn:${string}` => `arn:${text.slice("arn:".length)}`);
