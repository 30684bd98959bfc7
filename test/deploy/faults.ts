import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { type ClockJobKey, clockJobKeys, rateOf } from "../../infra/job-keys.ts";
import { apiRoutes, http } from "../../infra/api.ts";
import { type FunctionKey, type FunctionSpec, bundling, functionKeys, functions } from "../../infra/functions.ts";
import { parameterKeys, parameters } from "../../infra/parameters.ts";
import { policySchema, type Statement } from "./iam.ts";
import type { Made, Recording } from "./recording.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const permissionSchema = z.object({
  actions: z.array(z.string()),
  resources: z.array(z.string()),
  conditions: z.array(z.object({ test: z.string(), variable: z.string(), values: z.array(z.string()) })).default([]),
});

/** A function as it is deployed. */
const deployedSchema = z.strictObject({
  name: z.string(),
  handler: z.string(),
  runtime: z.string(),
  architecture: z.string(),
  memory: z.string(),
  timeout: z.string(),
  concurrency: z.strictObject({ reserved: z.number() }).optional(),
  nodejs: z.strictObject({
    format: z.literal("esm"),
    splitting: z.boolean(),
    plugins: z.string(),
    minify: z.boolean(),
    sourcemap: z.boolean(),
  }),
  copyFiles: z.array(z.strictObject({ from: z.string(), to: z.string() })).optional(),
  environment: z.record(z.string(), z.string()),
  permissions: z.array(permissionSchema),
  logging: z.strictObject({ retention: z.literal("1 month"), format: z.literal("json") }),
  tracing: z.unknown(),
  role: z.strictObject({ name: z.string(), managedPolicyArns: z.array(z.string()) }),
});

export type Deployed = z.output<typeof deployedSchema>;

export const madeOf = ({ made }: Recording, type: string): Made[] => made.filter((one) => one.type === type);

/** The functions of a recording, by their handlers. */
export const deployedIn = (recording: Recording): Map<string, Deployed> =>
  new Map(
    madeOf(recording, "sst.aws.Function").map(({ args }) => {
      const deployed = deployedSchema.parse(args);
      return [deployed.handler, deployed] as const;
    }),
  );

/** A function's permissions as the policy that AWS gets. */
export const statementsOf = ({ permissions }: Pick<Deployed, "permissions">): Statement[] =>
  policySchema.parse({
    Statement: permissions.map(({ actions, resources, conditions }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      Condition: Object.fromEntries(
        [...new Set(conditions.map(({ test }) => test))].map((test) => [
          test,
          Object.fromEntries(
            conditions.filter((one) => one.test === test).map(({ variable, values }) => [variable, values]),
          ),
        ]),
      ),
    })),
  }).Statement;

/** Actions of the account, for which AWS knows no resource: they are given alone, for "*". */
const withoutResource: ReadonlySet<string> = new Set([
  "ses:GetSendQuota",
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
]);

/** Resources that may end in a wildcard, with the reason. */
const statedWildcards: readonly { readonly fits: RegExp; readonly why: string }[] = [
  {
    fits: /^arn:aws:logs:[^*]+:log-group:\/aws\/lambda\/[a-z-]+:\*$/,
    why: "Lambda itself names the streams of a log group",
  },
];

const consuming = [
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:ReceiveMessage",
] as const;
const listingTenants = ["dynamodb:Query", "kms:Decrypt", "kms:DescribeKey"] as const;
const readingSecrets = ["kms:Decrypt", "secretsmanager:GetSecretValue"] as const;

/** Permissions of these functions beyond listing tenants and receiving and sending messages. Maintained by hand. */
const exceptional: Readonly<Partial<Record<FunctionKey, readonly string[]>>> = {
  deliver: [...readingSecrets, "ses:SendRawEmail", "ses:GetSendQuota"],
  api: [...readingSecrets, ...listingTenants],
  tick: ["dynamodb:UpdateItem"],
  slackWork: readingSecrets,
  console: readingSecrets,
};

/** The actions that a function may have, by what starts it. No other action is allowed. */
export function allowedActionsOf(key: FunctionKey): readonly string[] {
  const { consumes, sends } = functions[key];
  return [
    ...(clockJobKeys.some((one) => one === key) ? listingTenants : []),
    ...(consumes === undefined ? [] : consuming),
    ...(sends.length === 0 ? [] : ["sqs:SendMessage"]),
    ...(exceptional[key] ?? []),
  ];
}
export const everyFunction = [
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "sts:AssumeRole",
  "sts:TagSession",
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
];

/** Every fault of a recording, in words; `written` are the paths of the foundation's parameters. */
export function faultsOf(recording: Recording, written: ReadonlySet<string>): string[] {
  return [
    ...recording.parametersRead
      .filter((path) => !written.has(path) && !isOptional(path))
      .map((path) => `reads ${path}, which the foundation does not write`),
    ...[...written]
      .filter((path) => !recording.parametersRead.includes(path))
      .map((path) => `${path} is written for nobody`),
    ...functionKeys.flatMap((key) => functionFaults(key, recording)),
    ...unknownFunctions(recording),
    ...clockJobKeys.flatMap((key) => scheduleFaults(key, recording)),
    ...(madeOf(recording, "sst.aws.CronV2").length > clockJobKeys.length
      ? ["there is a clock that no schedule asks for"]
      : []),
    ...httpFaults(recording),
  ];
}

const isOptional = (path: string): boolean =>
  parameterKeys.some((key) => parameters[key].optional === true && path.endsWith(`/${parameters[key].name}`));

function unknownFunctions(recording: Recording): string[] {
  const known = functionKeys.map((key) => functions[key].handler);
  return [...deployedIn(recording).keys()]
    .filter((handler) => !known.includes(handler))
    .map((handler) => `${handler} is in no spec`);
}

function functionFaults(key: FunctionKey, recording: Recording): string[] {
  const spec = functions[key];
  const deployed = deployedIn(recording).get(spec.handler);
  if (deployed === undefined) return [`${key} is not deployed`];
  const says = (fault: string): string => `${key}: ${fault}`;
  return [
    ...handlerFaults(spec.handler),
    ...fileFaults(spec, deployed),
    ...(deployed.memory === `${spec.memoryMb} MB` ? [] : ["has other memory than its spec"]),
    ...(deployed.timeout === `${spec.timeoutSeconds} seconds` ? [] : ["has another timeout than its spec"]),
    ...(deployed.concurrency?.reserved === reservedOf(spec, deployed) ? [] : ["has other reserved concurrency"]),
    ...(isBundledAsWritten(deployed) ? [] : ["is bundled in another way"]),
    ...(deployed.role.managedPolicyArns.length === 0 ? [] : ["has managed policies, which say more than is asked for"]),
    ...(isDeepStrictEqual(deployed.tracing, { tracingConfig: { mode: "Active" } }) ? [] : ["is not traced"]),
    ...(deployed.role.name === deployed.name ? [] : ["has a role that the tenants' role does not trust"]),
    ...permissionFaults(key, deployed),
    ...queueFaults(spec, deployed, recording),
  ].map(says);
}

/** Only production keeps executions for a function: an account's are shared by its other stages. */
const reservedOf = ({ reservedConcurrency }: FunctionSpec, { environment }: Deployed): number | undefined =>
  environment["STAGE"] === "production" ? reservedConcurrency : undefined;

function isBundledAsWritten({ runtime, nodejs }: Deployed): boolean {
  const { runtime: written, architecture: _architecture, ...asked } = bundling;
  return runtime === written && isDeepStrictEqual(nodejs, asked);
}

function handlerFaults(handler: string): string[] {
  const path = handler.replace(/\.[^./]+$/, "");
  return existsSync(`${ROOT}${path}.ts`) ? [] : [`has no file ${path}.ts`];
}

/** Files that the handler reads must be next to its bundle. */
function fileFaults({ files = [] }: FunctionSpec, { copyFiles = [] }: Deployed): string[] {
  const copied = copyFiles.map(({ from }) => from);
  return [
    ...files.filter((file) => !copied.includes(file)).map((file) => `does not have ${file} next to its bundle`),
    ...copied.filter((file) => !existsSync(`${ROOT}${file}`)).map((file) => `has no file ${file}`),
    ...(new Set(copyFiles.map(({ to }) => to)).size === copied.length ? [] : ["copies two files to one place"]),
  ];
}

function permissionFaults(key: FunctionKey, { permissions }: Deployed): string[] {
  const actions = permissions.flatMap((one) => one.actions);
  const resources = permissions
    .filter((one) => !one.actions.every((action) => withoutResource.has(action)))
    .flatMap((one) => one.resources);
  const mayDo = new Set([...allowedActionsOf(key), ...everyFunction]);
  return [
    ...actions.filter((action) => action.includes("*")).map((action) => `may do ${action}: name the actions`),
    ...resources
      .filter((one) => one.includes("*") && !statedWildcards.some(({ fits }) => fits.test(one)))
      .map((one) => `may use ${one}: no reason is stated for the wildcard`),
    ...actions
      .filter((action) => !action.includes("*") && !mayDo.has(action))
      .map((action) => `may do ${action}, which it has no use for`),
    ...[...mayDo].filter((action) => !actions.includes(action)).map((action) => `may not do ${action}, which it needs`),
    ...resources.filter((one) => !one.startsWith("arn:aws:")).map((one) => `may use ${one}, which is no ARN`),
  ];
}

function queueFaults({ consumes }: FunctionSpec, { name }: Deployed, recording: Recording): string[] {
  const mappings = madeOf(recording, "aws.lambda.EventSourceMapping").filter(({ args }) =>
    String(args["functionName"]).endsWith(`:${name}`),
  );
  if (consumes === undefined) return mappings.length === 0 ? [] : ["is started by a queue that its spec does not name"];
  const [mapping] = mappings;
  if (mapping === undefined || mappings.length > 1) return ["is not started by its queue alone"];
  const { eventSourceArn, batchSize, functionResponseTypes, scalingConfig } = mapping.args;
  return [
    ...(String(eventSourceArn).endsWith(`-${consumes.queue}`) ? [] : [`is started by ${String(eventSourceArn)}`]),
    ...(batchSize === consumes.batchSize ? [] : ["gets batches of another size"]),
    ...(Array.isArray(functionResponseTypes) && functionResponseTypes.includes("ReportBatchItemFailures")
      ? []
      : ["repeats whole batches: a partial failure is not reported"]),
    ...(JSON.stringify(scalingConfig) === JSON.stringify({ maximumConcurrency: consumes.maxConcurrency })
      ? []
      : ["has no maximum concurrency"]),
  ];
}

function scheduleFaults(key: ClockJobKey, recording: Recording): string[] {
  const handler = deployedIn(recording).get(functions[key].handler);
  const clocks = madeOf(recording, "sst.aws.CronV2").filter(
    ({ args }) => args["schedule"] === `rate(${rateOf(key)})` && String(args["function"]).endsWith(`:${handler?.name}`),
  );
  return clocks.length === 1 ? [] : [`the schedule ${key} has ${clocks.length} clocks`];
}

function httpFaults(recording: Recording): string[] {
  const [api, ...others] = madeOf(recording, "sst.aws.ApiGatewayV2");
  if (api === undefined || others.length > 0) return ["there is not one HTTP API"];
  const deployed = deployedIn(recording);
  const routes = Object.fromEntries(
    madeOf(recording, "route").map(({ name, args }) => [name, String(args["handler"]).split(":").at(-1)]),
  );
  const [toApi, toConsole] = [deployed.get(functions.api.handler)?.name, deployed.get(functions.console.handler)?.name];
  const wanted = { ...Object.fromEntries(apiRoutes.map((route) => [route, toApi])), $default: toConsole };
  return [
    ...(isDeepStrictEqual(routes, wanted) ? [] : ["the requests do not all go to their handlers"]),
    ...(api.args["accessLog"] === undefined ? ["the API keeps no access log"] : []),
    ...(JSON.stringify(api.args["stage"]) ===
    JSON.stringify({
      defaultRouteSettings: { throttlingRateLimit: http.requestsPerSecond, throttlingBurstLimit: http.burst },
    })
      ? []
      : ["the API is not throttled"]),
  ];
}
