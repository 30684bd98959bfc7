import { serve } from "@hono/node-server";

type Fetch = Parameters<typeof serve>[0]["fetch"];

/** A server that listens, and answers 503 until it is told how to answer. */
export interface Listening {
  readonly port: number;
  readonly serve: (fetch: Fetch) => void;
  readonly close: () => Promise<void>;
}

const notYet: Fetch = () => new Response("starting", { status: 503 });

/** Listens on a loopback port (0: any free one) before the app is created, because the app may need the address. */
export function listen(wanted: number): Promise<Listening> {
  let answer = notYet;
  return new Promise((resolve, reject) => {
    const fetch: Fetch = (request, env) => answer(request, env);
    const server = serve({ fetch, port: wanted, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({
        port,
        serve: (pages) => {
          answer = pages;
        },
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      }),
    );
    server.on("error", reject);
  });
}
