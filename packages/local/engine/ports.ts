import { createServer } from "node:net";
import getPort from "get-port";
import { UserError } from "../user-error.ts";

/** A free loopback port that this process has not been given recently. */
export const freePort = (): Promise<number> => getPort({ host: "127.0.0.1" });

/** Whether nothing listens on a loopback port. */
export const isFreePort = (port: number): Promise<boolean> =>
  refuseBusyPort(port).then(
    () => true,
    () => false,
  );

/** Throws a user error when the port is in use. Called before anything else starts. */
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
