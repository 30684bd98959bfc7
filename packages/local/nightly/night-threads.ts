import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { NightThread, NightThreads } from "@regulars/functions/workers/night-threads";
import { LANES } from "@regulars/flows/nightly/night-in-parts";
import type { ThreadAnswer, ThreadCall, ThreadGiven } from "./night-thread.ts";

/** What a thread may take of the memory that is free when the system is opened, bytes: several times what was measured. */
const FREE_BYTES = 400_000_000;
/** V8's young generation of a thread, MB: as small as that of the command `night`. */
const YOUNG_MB = 12;

/** With fewer customers a night is done before another thread is as quick as the first. */
const MOST_WITHOUT = 10_000;

/**
 * So many threads work at a night, the one that runs it included: one for each core but that of the database, unless
 * memory is short.
 */
export const threadsOfMachine = (cores = availableParallelism(), freeBytes = process.availableMemory()): number =>
  Math.max(1, Math.min(cores - 1, LANES, 1 + Math.floor(freeBytes / FREE_BYTES)));

/** Threads for nights: so many, if somebody wants it, else what the machine has where a night is long enough. */
export function nightThreads(given: Omit<ThreadGiven, "night">, wanted: number | undefined): NightThreads | undefined {
  const threads = wanted ?? threadsOfMachine();
  if (threads === 1) return undefined;
  return {
    mostWithout: wanted === undefined ? MOST_WITHOUT : 0,
    start: (night) => Array.from({ length: threads - 1 }, () => startThread({ ...given, night })),
  };
}

/** Calls of a thread by number, each answered once. A thread that ends answers all with its fault. */
function startThread(workerData: ThreadGiven): NightThread {
  const worker = new Worker(new URL("./night-thread.ts", import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  let fault: unknown;
  const failAll = (reason: unknown): void => {
    fault ??= reason;
    for (const { reject } of open.values()) reject(reason);
    open.clear();
  };
  worker.on("message", ({ id, result, reason }: ThreadAnswer) => {
    const call = open.get(id);
    open.delete(id);
    if (reason === undefined) call?.resolve(result);
    else call?.reject(asError(reason));
  });
  worker.on("error", failAll);
  worker.on("messageerror", failAll);
  worker.on("exit", () => failAll(new Error("a thread of the night has ended before its work was done")));
  // Each answer is what the helper's method of this name returns.
  const ask = async <T>(method: ThreadCall["method"], argument?: unknown): Promise<T> => {
    if (fault !== undefined) throw fault;
    const answered = Promise.withResolvers<unknown>();
    open.set((calls += 1), answered);
    worker.postMessage({ id: calls, method, argument } satisfies ThreadCall, []);
    return (await answered.promise) as T;
  };
  return {
    open: (known) => ask("open", known),
    read: (shard) => ask("read", shard),
    counted: () => ask("counted"),
    end: (ofAll) => ask("end", ofAll),
    // One that has ended begins nothing more either.
    stop: () => void ask("stop").catch(() => undefined),
    usage: () => ask("usage"),
    close: async () => void (await worker.terminate()),
  };
}

/** Copies of errors have lost what tells an outage from a fault. */
const asError = ({ message, ...rest }: NonNullable<ThreadAnswer["reason"]>): Error =>
  Object.assign(new Error(message), rest);
