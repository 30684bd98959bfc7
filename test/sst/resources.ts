import * as z from "zod";
import { clockJobKeys, rateOf } from "../../infra/job-keys.ts";
import { httpAlarms } from "../../infra/alarms.ts";
import { http } from "../../infra/api.ts";
import { functionKeys, functionName, functions } from "../../infra/functions.ts";
import { allowedActionsOf, everyFunction } from "../deploy/faults.ts";
import { policySchema } from "../deploy/iam.ts";

const resourcesSchema = z.array(
  z.object({ type: z.string(), name: z.string(), inputs: z.record(z.string(), z.unknown()) }),
);
type Resource = z.output<typeof resourcesSchema>[number];

const lambdaSchema = z.object({
  name: z.string(),
  runtime: z.string(),
  architectures: z.array(z.string()),
  memorySize: z.number(),
  timeout: z.number(),
  reservedConcurrentExecutions: z.number().optional(),
  handler: z.string(),
  packageType: z.literal("Zip"),
  environment: z.object({ variables: z.record(z.string(), z.string()) }),
  loggingConfig: z.object({ logFormat: z.string(), logGroup: z.string() }),
});

const roleSchema = z.object({
  name: z.string(),
  managedPolicyArns: z.array(z.string()),
  inlinePolicies: z.array(z.object({ policy: z.string() })),
});

/** Compares the AWS resources of SST's components with the spec: the faults, and a summary of the resources. */
export function faultsOfResources(
  given: unknown,
  stage: string,
): { readonly faults: string[]; readonly summary: string } {
  const resources = resourcesSchema.parse(given);
  const of = (type: string): Resource[] => resources.filter((one) => one.type === type);
  const lambdas = new Map(of("aws:lambda/function:Function").map(({ inputs }) => [inputs["name"], inputs]));
  const roles = new Map(of("aws:iam/role:Role").map(({ inputs }) => [inputs["name"], inputs]));
  const consumers = functionKeys.filter((key) => functions[key].consumes !== undefined);
  const faults = [
    ...count("functions", lambdas.size, functionKeys.length),
    ...count("queue subscriptions", of("aws:lambda/eventSourceMapping:EventSourceMapping").length, consumers.length),
    ...count("schedules", of("aws:scheduler/schedule:Schedule").length, clockJobKeys.length),
    ...count("HTTP APIs", of("aws:apigatewayv2/api:Api").length, 1),
    ...count("alarms", of("aws:cloudwatch/metricAlarm:MetricAlarm").length, httpAlarms.length),
    ...functionKeys.flatMap((key) => lambdaFaults(key, lambdas.get(functionName(stage, key)), stage)),
    ...functionKeys.flatMap((key) => roleFaults(key, roles.get(functionName(stage, key)))),
    ...of("aws:apigatewayv2/stage:Stage").flatMap(({ inputs }) => stageFaults(inputs)),
    ...scheduleFaults(of("aws:scheduler/schedule:Schedule")),
  ];
  const kinds = Object.entries(Object.groupBy(resources, ({ type }) => type)).map(
    ([type, all]) => `${all?.length ?? 0} ${type}`,
  );
  return {
    faults,
    summary: `${resources.length} resources, ${faults.length} faults\n  ${kinds.toSorted().join("\n  ")}`,
  };
}

const count = (what: string, is: number, wanted: number): string[] =>
  is === wanted ? [] : [`there are ${is} ${what}, not ${wanted}`];

function lambdaFaults(key: (typeof functionKeys)[number], inputs: unknown, stage: string): string[] {
  const parsed = lambdaSchema.safeParse(inputs);
  if (!parsed.success) return [`${key}: ${z.prettifyError(parsed.error)}`];
  const {
    reservedConcurrentExecutions: reserved = -1,
    runtime,
    architectures,
    memorySize,
    timeout,
    handler,
    environment,
    loggingConfig,
  } = parsed.data;
  const { memoryMb, timeoutSeconds, handler: path } = functions[key];
  return [
    ...(runtime === "nodejs24.x" && architectures.join(",") === "arm64" ? [] : [`${key} runs on another machine`]),
    ...(memorySize === memoryMb && timeout === timeoutSeconds ? [] : [`${key} has other limits`]),
    ...(reserved === -1 ? [] : [`${key} keeps executions in a stage that is not production`]),
    ...(path.endsWith(`/${handler}`) ? [] : [`${key} starts ${handler}`]),
    ...(environment.variables["STAGE"] === stage ? [] : [`${key} does not know its stage`]),
    ...(loggingConfig.logFormat === "JSON" && loggingConfig.logGroup === `/aws/lambda/${functionName(stage, key)}`
      ? []
      : [`${key} logs to ${loggingConfig.logGroup}`]),
  ];
}

function roleFaults(key: (typeof functionKeys)[number], inputs: unknown): string[] {
  const parsed = roleSchema.safeParse(inputs);
  if (!parsed.success) return [`${key} has no role of its name: ${z.prettifyError(parsed.error)}`];
  const { managedPolicyArns, inlinePolicies } = parsed.data;
  const actions = inlinePolicies.flatMap(({ policy }) =>
    policySchema.parse(JSON.parse(policy)).Statement.flatMap(({ Action }) => Action),
  );
  const wanted = new Set([...allowedActionsOf(key), ...everyFunction]);
  return [
    ...(managedPolicyArns.length === 0 ? [] : [`${key} has managed policies`]),
    ...actions.filter((action) => !wanted.has(action)).map((action) => `${key} may do ${action}`),
    ...[...wanted].filter((action) => !actions.includes(action)).map((action) => `${key} may not do ${action}`),
  ];
}

const throttleSchema = z.object({ throttlingRateLimit: z.number(), throttlingBurstLimit: z.number() });

function stageFaults({ defaultRouteSettings, accessLogSettings }: Resource["inputs"]): string[] {
  const { data: limits } = throttleSchema.safeParse(defaultRouteSettings);
  return [
    ...(accessLogSettings === undefined ? ["the API keeps no access log"] : []),
    ...(limits?.throttlingRateLimit === http.requestsPerSecond && limits.throttlingBurstLimit === http.burst
      ? []
      : ["the API is not throttled"]),
  ];
}

/** Checks that every scheduled job has a schedule at its rate. */
function scheduleFaults(found: readonly Resource[]): string[] {
  const rates = found.map(({ inputs }) => inputs["scheduleExpression"]);
  return clockJobKeys.flatMap((key) => {
    const place = rates.indexOf(`rate(${rateOf(key)})`);
    if (place === -1) return [`${key} has no schedule of its rate`];
    rates.splice(place, 1);
    return [];
  });
}
