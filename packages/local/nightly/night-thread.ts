import { parentPort, workerData } from "node:worker_threads";
import { type RuntimeConfig, createRuntime } from "@regulars/functions/runtime";
import { helperOf } from "@regulars/functions/workers/night-helpers";
import type { CountingHelper, HelpedNight } from "@regulars/functions/workers/night-threads";
import { memo } from "@regulars/core/platform/memo";
import { openTable } from "@regulars/store/engine/table";
import { localLog } from "../local-log.ts";

/** What a thread is started with. */
export interface ThreadGiven {
  readonly night: HelpedNight;
  readonly config: RuntimeConfig;
  readonly endpoint: string;
  readonly folder: string;
}

/** A call of one of the helper's methods. */
export interface ThreadCall {
  readonly id: number;
  readonly method: keyof CountingHelper;
  readonly argument: unknown;
}

/** What came of it. */
export interface ThreadAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly reason?: {
    readonly name: string;
    readonly message: string;
    readonly stack?: string;
    readonly code?: string;
  };
}

const { night, config, endpoint, folder }: ThreadGiven = workerData;
const helper = memo(() => {
  const table = openTable({ tableName: config.TABLE_NAME, endpoint });
  return helperOf(
    night,
    createRuntime(config, { table, clock: () => Date.parse(night.now), log: localLog(folder, []) }),
  );
});

parentPort?.on("message", async ({ id, method, argument }: ThreadCall) => {
  const answer = (said: Omit<ThreadAnswer, "id">) =>
    parentPort?.postMessage({ id, ...said } satisfies ThreadAnswer, []);
  try {
    const { [method]: work }: Record<string, (given: never) => unknown> = { ...(await helper()) };
    // The caller gives what the method takes.
    answer({ result: await work?.(argument as never) });
  } catch (error) {
    answer({ reason: reasonOf(error) });
  }
});

function reasonOf(error: unknown): NonNullable<ThreadAnswer["reason"]> {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message, stack } = error;
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...("code" in error ? { code: String(error.code) } : {}),
  };
}
