import { type LocalSystem, openLocalSystem } from "@regulars/local/system";

/** What the process gives the commands: where the data is, which database, where output goes. */
export interface Session {
  readonly data: string;
  readonly json: boolean;
  readonly dynamodbEndpoint: string | undefined;
  readonly isTerminal: boolean;
  readonly clock: () => number;
  /** Standard output, for the answer. */
  readonly print: (text: string) => void;
  /** Standard error, for what a person should know beside it. */
  readonly note: (text: string) => void;
}

/** Runs a command on the local system and closes it, whatever happens. */
export async function withSystem<T>(session: Session, work: (system: LocalSystem) => Promise<T>): Promise<T> {
  const system = await openLocalSystem({
    data: session.data,
    dynamodbEndpoint: session.dynamodbEndpoint,
    publicUrl: "http://127.0.0.1:4780",
    clock: session.clock,
  });
  const stop = (): void => void system.close().finally(() => process.exit(130));
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    return await work(system);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await system.close();
  }
}

/** The one JSON document of `--json`. */
export const printJson = (session: Session, value: unknown): void =>
  session.print(`${JSON.stringify(value, undefined, 2)}\n`);
