import { createServer } from "node:net";
import { UserError } from "../user-error.ts";

/** A loopback port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

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
