import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Result } from "@regulars/core/platform/result";
import { isUnreachable } from "@regulars/functions/outage";
import { namingFolder } from "@regulars/local/engine/data-folder";
import { findRunningServer } from "@regulars/local/engine/running-server";
import type { LocalOptions, LocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { jobsDone } from "./system/jobs-done.ts";

/** Settings of one command run: data folder, database and output. */
export interface Session {
  readonly data: string;
  readonly json: boolean;
  readonly dynamodbEndpoint: string | undefined;
  /** An existing table, as of a deployed stage. */
  readonly tableName: string | undefined;
  /** A table that is open, instead of one at the endpoint. */
  readonly table?: LocalOptions["table"];
  /** Threads that work at a night; default: by the tenant and the machine. */
  readonly threads?: number | undefined;
  readonly isTerminal: boolean;
  readonly clock: () => number;
  /** Passes the time until a job that failed is tried again, and the grace period; default: by a timer. */
  readonly wait?: LocalOptions["wait"];
  /** Created when work begins; aborted by Ctrl-C. */
  readonly stopSignal: () => AbortSignal;
  /** Asks whoever sits at the terminal; absent where nobody does. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Writes the result to standard output. */
  readonly print: (text: string) => void;
  /** Writes progress and warnings to standard error. */
  readonly note: (text: string) => void;
}

/** The same session, with one signal for all its parts that Ctrl-C aborts from now on. */
export function stoppableFromNow(session: Session): { readonly session: Session; readonly signal: AbortSignal } {
  const signal = session.stopSignal();
  return { session: { ...session, stopSignal: () => signal }, signal };
}

/** Ctrl-C ended the command before its work was done. Its message says what is left and how to go on. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor(
    message = "stopped before it was done. What was saved is safe: run the same command again, and it goes on",
  ) {
    super(message);
  }
}

/** The same failure; Ctrl-C with what this work says of it. */
export const stoppedWith = (message: string, error: unknown): unknown =>
  error instanceof Interrupted ? new Interrupted(message) : error;

/** Default port of `regulars start`. */
const USUAL_ADDRESS = "http://127.0.0.1:4780";

/** Grace period after Ctrl-C for work to clean up or finish, ms. */
const GRACE_MS = 1_500;

/**
 * Runs a command on the local system, waits for the jobs that it has started, and always closes the system. Ctrl-C aborts the signal; work that has not ended
 * after the grace period is abandoned.
 */
export async function withSystem<T>(
  session: Session,
  work: (system: LocalSystem, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = session.stopSignal();
  const system = await openSystem(session, { publicUrl: (await findRunningServer(session.data)) ?? USUAL_ADDRESS });
  try {
    signal.throwIfAborted();
    return await Promise.race([withItsJobs(system, work(system, signal)), abandoned(signal, session.wait)]);
  } catch (error) {
    throw namingFolder(error, system.folder);
  } finally {
    await system.close().catch((error: unknown) => {
      throw namingFolder(error, system.folder);
    });
  }
}

async function withItsJobs<T>(system: LocalSystem, work: Promise<T>): Promise<T> {
  const result = await work;
  await jobsDone(system);
  return result;
}

/** Like `withSystem`, but refuses a data folder that does not exist, so that a mistyped path creates nothing. */
export async function withExistingSystem<T>(
  session: Session,
  work: (system: LocalSystem, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (session.dynamodbEndpoint === undefined && !existsSync(session.data))
    throw new UserError(`there is no data folder ${session.data}: "regulars start" or "regulars import" creates one`);
  return withSystem(session, work);
}

/** Aborted by SIGINT (Ctrl-C), SIGHUP or SIGTERM; repeated signals are ignored. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => controller.abort(new Interrupted()));
  return controller.signal;
}

/** Rejects when the grace period after the abort is over. */
const abandoned = (signal: AbortSignal, wait: (ms: number) => Promise<unknown> = sleep): Promise<never> =>
  new Promise((_, reject) =>
    signal.addEventListener("abort", () => void wait(GRACE_MS).then(() => reject(signal.reason)), { once: true }),
  );

/** Opens the system of a session. An external database that does not answer is a user error. */
export async function openSystem(
  session: Session,
  options: Pick<LocalOptions, "port" | "publicUrl" | "keepsDatabase">,
): Promise<LocalSystem> {
  const { data, dynamodbEndpoint, tableName, table, clock, wait, threads } = session;
  if (dynamodbEndpoint !== undefined && !isWebAddress(dynamodbEndpoint))
    throw new UserError(`DYNAMODB_ENDPOINT "${dynamodbEndpoint}" is not an address like http://127.0.0.1:8000`);
  const { openLocalSystem } = await import("@regulars/local/system");
  try {
    return await openLocalSystem({ data, dynamodbEndpoint, tableName, table, clock, wait, threads, ...options });
  } catch (error) {
    if (dynamodbEndpoint === undefined || error instanceof UserError || !(error instanceof Error))
      throw namingFolder(error, data);
    const says = isUnreachable(error) ? "does not answer" : `cannot be used (${error.message.split("\n")[0]})`;
    throw new UserError(
      `the database at ${dynamodbEndpoint} ${says}: start a DynamoDB-compatible server there, or unset DYNAMODB_ENDPOINT to use the embedded one`,
      { cause: error },
    );
  }
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === "http:" || url.protocol === "https:");
}

/** The value of a result; a refusal ends the command. */
export function usable<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new UserError(`${result.reason}: ${result.message}`);
}

/** The result of a command: as JSON, or as a text of whole lines. */
export function tell(session: Pick<Session, "json" | "print">, json: unknown, text: string): void {
  if (session.json) printJson(session, json);
  else session.print(`${text}\n`);
}

/** The one JSON document of `--json`. */
export const printJson = (session: Pick<Session, "print">, value: unknown): void =>
  session.print(`${JSON.stringify(value, undefined, 2)}\n`);
