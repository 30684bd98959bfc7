import { createServer } from "node:net";
import getPort from "get-port";
import { UserError } from "../user-error.ts";

/** A loopback port that nobody listens on now, and that this process was not given a moment ago. */
export const freePort = (): Promise<number> => getPort({ host: "127.0.0.1" });

/** Refuses a port that someone listens on, before anything else is started. */
export function refuseBusyPort(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", (error) => reject(new UserError(`${whyNot(port, error)}, or choose another with --port`)));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

const whyNot = (port: number, error: Error): string =>
  "code" in error && error.code === "EACCES"
    ? `port ${port} may only be used by the system's administrator: start as one`
    : `port ${port} is in use: stop what listens there`;
