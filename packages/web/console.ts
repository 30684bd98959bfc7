import type { Hono } from "hono";
import { sessionsOf } from "./access/sessions.ts";
import { type ConsoleOptions, pagesByAddress } from "./pages-by-address.ts";
import type { PageEnv, Viewer } from "./page/viewer.ts";

type OpenOptions = Pick<ConsoleOptions, "folder" | "runtime" | "places"> & {
  /** Who looks while nobody is signed in. */
  readonly nobody?: Viewer | undefined;
  /** Asks the issuer; default: over the network. */
  readonly fetch?: typeof globalThis.fetch | undefined;
};

/** The console with sessions at the operator's issuer. */
export function openConsole({ nobody, fetch = globalThis.fetch, ...options }: OpenOptions): Hono<PageEnv> {
  const { runtime } = options;
  const settings = runtime.console;
  if (settings === undefined)
    throw new Error("the console has no settings: AUTH_ISSUER, AUTH_CLIENT_ID and SESSION_SECRET are not all set");
  const sessions = sessionsOf(runtime, settings);
  return pagesByAddress({
    ...options,
    viewerOf: async (c) => (await sessions.viewerOf(c)) ?? nobody,
    signIn: async () => {
      const { sessionPages } = await import("./access/session-pages.ts");
      return sessionPages({ runtime, settings, sessions, fetch });
    },
  });
}
