import { apiFunction } from "./api.ts";
import { nameIn } from "./app.ts";
import { consoleFunction } from "./console.ts";
import { type ClockJob, type QueueJob, jobs } from "./jobs.ts";
import { type JobKey, type QueueKey, jobKeys, jobOf } from "./job-keys.ts";
import { recordOf } from "./record-of.ts";
import type { SecretName } from "./secrets.ts";
import type { EnvironmentName } from "./stage-parameters.ts";
import { type OwnRead, type OwnUpdate, tenantList } from "./table.ts";

/** One function: its environment and its permissions. */
export interface FunctionSpec {
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: readonly EnvironmentName[];
  readonly secrets: readonly SecretName[];
  readonly ownReads: readonly OwnRead[];
  readonly ownUpdates?: readonly OwnUpdate[];
  readonly sends: readonly QueueKey[];
  readonly consumes?: { readonly queue: QueueKey; readonly batchSize: number; readonly maxConcurrency: number };
  readonly sendsMail: boolean;
  /**
   * Executions at once that production keeps for it alone, so that jobs cannot starve it; it never has more. Of an account
   * with 1,000 of them: others keep as large a part.
   */
  readonly reservedConcurrency?: number;
  /** Files that lie next to the bundle; none by default. */
  readonly files?: readonly string[];
}

export type FunctionKey = JobKey | "api" | "console";

export const functionKeys: readonly FunctionKey[] = [...jobKeys, "api", "console"];

/** Environment variables of every function. */
const common: readonly EnvironmentName[] = ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL"];

/** Functions access tenants' items in a session of the tenant; their own roles cannot read them. */
export const functions: Readonly<Record<FunctionKey, FunctionSpec>> = recordOf(functionKeys, (key) => {
  if (key === "api") return { ...apiFunction, environment: [...common, ...apiFunction.environment] };
  if (key === "console") return { ...consoleFunction, environment: [...common, ...consoleFunction.environment] };
  return ofJob(key);
});

function ofJob(key: JobKey): FunctionSpec {
  const job: QueueJob | ClockJob = jobOf(key);
  const {
    worker,
    memoryMb,
    timeoutSeconds,
    environment = [],
    secrets = [],
    ownReads = [],
    ownUpdates = [],
    sendsMail = false,
  } = job;
  return {
    handler: `packages/functions/workers/${worker}.handler`,
    memoryMb,
    timeoutSeconds,
    environment: [...common, ...environment],
    secrets,
    ownReads: "everyMinutes" in job ? [tenantList, ...ownReads] : ownReads,
    ownUpdates,
    sends: jobs[key].sends,
    sendsMail,
    ...consumesOf(key),
  };
}

function consumesOf(key: JobKey): Pick<FunctionSpec, "consumes"> {
  const job = jobs[key];
  if (!("queue" in job)) return {};
  const { name: queue, batchSize, maxConcurrency } = job.queue;
  return { consumes: { queue, batchSize, maxConcurrency } };
}

const USUAL_ACCOUNT = 1_000;
/** Executions that AWS wants left of an account for functions that keep none. */
const LEFT_FOR_ALL = 100;

/** How many executions a function keeps of those that its account may have at once; none of a small account. */
export function keptExecutions(key: FunctionKey, account: number = USUAL_ACCOUNT): number | undefined {
  const of = (one: FunctionKey): number => functions[one].reservedConcurrency ?? 0;
  const all = functionKeys.reduce((sum, one) => sum + of(one), 0);
  const kept = Math.floor(of(key) * Math.min(account / USUAL_ACCOUNT, (account - LEFT_FOR_ALL) / all));
  return kept > 0 ? kept : undefined;
}

/** A function's own name within a stage: "regulars-production-nightly-of-tenant". */
export const functionName = (stage: string, key: FunctionKey): string =>
  nameIn(
    stage,
    key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );

/**
 * How every handler is bundled; the names are those of SST. What is imported when it is needed is a file of its own
 * (`splitting`).
 */
export const bundling = {
  format: "esm",
  splitting: true,
  plugins: "infra/bundle-plugins.mjs",
  minify: true,
  sourcemap: true,
  runtime: "nodejs24.x",
  architecture: "arm64",
} as const;
