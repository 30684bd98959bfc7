import { isProduction } from "../app.ts";
import { metrics } from "../metrics.ts";
import { type FunctionKey, bundling, functionKeys, functionName, functions, keptExecutions } from "../functions.ts";
import { queueUrlParameter, secretArnParameter } from "../parameters.ts";
import { queueUrlName } from "../queues.ts";
import { recordOf } from "../record-of.ts";
import { environment } from "../stage-parameters.ts";
import type { Foundation } from "./foundation.ts";
import { permissionsOf } from "./permissions.ts";

/** What the rest of the app needs of a function. */
export type DeployedFunction = sst.aws.Function;

/** "nightlyOfTenant" is "NightlyOfTenant" among the resources. */
export const resourceName = (key: string): string => key.charAt(0).toUpperCase() + key.slice(1);

/** Creates every function, each with its own role and only the permissions it needs. */
export const makeFunctions = (stage: string, foundation: Foundation): Readonly<Record<FunctionKey, DeployedFunction>> =>
  recordOf(functionKeys, (key) => makeFunction(stage, key, foundation));

function makeFunction(stage: string, key: FunctionKey, foundation: Foundation): DeployedFunction {
  const { handler, memoryMb, timeoutSeconds, files = [] } = functions[key];
  const account = foundation.optional("accountConcurrency");
  const reserved = keptExecutions(key, account === undefined ? undefined : Number(account));
  const { runtime, architecture, ...nodejs } = bundling;
  const name = functionName(stage, key);
  return new sst.aws.Function(resourceName(key), {
    name,
    handler,
    runtime,
    architecture,
    memory: `${memoryMb} MB`,
    timeout: `${timeoutSeconds} seconds`,
    nodejs,
    ...(reserved === undefined || !isProduction(stage) ? {} : { concurrency: { reserved } }),
    ...(files.length === 0 ? {} : { copyFiles: files.map((from) => ({ from, to: fileName(from) })) }),
    environment: environmentOf(stage, key, foundation),
    permissions: permissionsOf(stage, key, foundation),
    logging: { retention: "1 month", format: "json" },
    transform: {
      function: (args) => {
        args.tracingConfig = { mode: "Active" };
      },
      role: (args) => {
        // The tenant role trusts roles by name. SST's managed policy would allow a function to write every log.
        args.name = name;
        args.managedPolicyArns = [];
      },
    },
  });
}

const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The environment of a function. Secrets are given as ARNs, so that their values are in no template and no console. */
function environmentOf(stage: string, key: FunctionKey, foundation: Foundation): Record<string, string> {
  const { environment: names, sends, secrets } = functions[key];
  const sources = [
    ...names.map((name) => [name, environment[name]] as const),
    ...sends.map((queue) => [queueUrlName(queue), queueUrlParameter(queue)] as const),
  ];
  const given = sources.flatMap(([name, parameter]) => {
    const value = foundation.optional(parameter);
    return value === undefined ? [] : [[name, value] as const];
  });
  const arns = secrets.map((name) => [name, foundation.value(secretArnParameter(name))] as const);
  return {
    ...Object.fromEntries(given),
    ...(arns.length === 0 ? {} : { SECRET_ARNS: JSON.stringify(Object.fromEntries(arns)) }),
    STAGE: stage,
    NODE_OPTIONS: "--enable-source-maps",
    POWERTOOLS_SERVICE_NAME: metrics.service,
    POWERTOOLS_METRICS_NAMESPACE: metrics.namespace,
  };
}
