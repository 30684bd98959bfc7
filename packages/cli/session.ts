import { existsSync } from "node:fs";
import { findRunningServer } from "@regulars/local/engine/running-server";
import { type LocalSystem, openLocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { isUnreachable } from "./outage.ts";

/** What the process gives the commands: where the data is, which database, where output goes. */
export interface Session {
  readonly data: string;
  readonly json: boolean;
  readonly dynamodbEndpoint: string | undefined;
  /** A table that is there already: a deployed stage's. */
  readonly tableName: string | undefined;
  readonly isTerminal: boolean;
  readonly clock: () => number;
  /** Asked for when work begins; aborted by Ctrl-C. */
  readonly stopSignal: () => AbortSignal;
  /** Standard output, for the answer. */
  readonly print: (text: string) => void;
  /** Standard error, for what a person should know beside it. */
  readonly note: (text: string) => void;
}

/** Ctrl-C ended the command before its work was done. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Where `regulars start` is unless it is told otherwise. */
const USUAL_ADDRESS = "http://127.0.0.1:4780";

/** How long work may take after Ctrl-C to put its things away, or to end when it was about to. */
const GRACE_MS = 1_500;

/**
 * Runs a command on the local system and closes it, whatever happens. Ctrl-C aborts the signal; work that does not heed
 * it and does not end soon is left behind, and the system is closed under it.
 */
export async function withSystem<T>(
  session: Session,
  work: (system: LocalSystem, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const signal = session.stopSignal();
  const system = await openSystem(session, { publicUrl: (await findRunningServer(session.data)) ?? USUAL_ADDRESS });
  try {
    signal.throwIfAborted();
    return await Promise.race([work(system, signal), rejectedAfter(signal, GRACE_MS)]);
  } finally {
    await system.close();
  }
}

/** Like `withSystem`, for commands that only make sense where something is: a mistyped folder is not made. */
export async function withExistingSystem<T>(
  session: Session,
  work: (system: LocalSystem, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (session.dynamodbEndpoint === undefined && !existsSync(session.data))
    throw new UserError(`there is no data folder ${session.data}: "regulars start" or "regulars import" makes one`);
  return withSystem(session, work);
}

/** Aborted by Ctrl-C, by a terminal that closes, or by whoever asks the process to end; also when it comes twice. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => controller.abort(new Interrupted(name)));
  return controller.signal;
}

/** Rejects when the signal was aborted so long ago. */
const rejectedAfter = (signal: AbortSignal, ms: number): Promise<never> =>
  new Promise((_, reject) =>
    signal.addEventListener("abort", () => setTimeout(() => reject(signal.reason), ms), { once: true }),
  );

/** Opens the system of a session; a database that is not there is its user's to start. */
export async function openSystem(
  session: Session,
  options: { readonly port?: number; readonly publicUrl?: string },
): Promise<LocalSystem> {
  const { data, dynamodbEndpoint, tableName, clock } = session;
  if (dynamodbEndpoint !== undefined && !isWebAddress(dynamodbEndpoint))
    throw new UserError(`DYNAMODB_ENDPOINT "${dynamodbEndpoint}" is not an address like http://127.0.0.1:8000`);
  try {
    return await openLocalSystem({ data, dynamodbEndpoint, tableName, clock, ...options });
  } catch (error) {
    if (dynamodbEndpoint === undefined || error instanceof UserError || !(error instanceof Error)) throw error;
    const says = isUnreachable(error)
      ? "does not answer"
      : `is none that can be used (${error.message.split("\n")[0]})`;
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

/** The one JSON document of `--json`. */
export const printJson = (session: Session, value: unknown): void =>
  session.print(`${JSON.stringify(value, undefined, 2)}\n`);
