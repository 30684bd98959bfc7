import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { STYLE } from "@regulars/web/page/assets";
import { build } from "esbuild";

/** A React build of a board at an address, until it is closed. */
export interface ReactBoard {
  readonly url: string;
  readonly scriptBytes: number;
  readonly close: () => void;
}

/** What there is of a board: all of its page, or its cards alone. */
type Part = "page" | "board";

/**
 * A board in React, React Query and dnd-kit, minified for production, in our sheet. What it shows is asked for when the
 * script asks; `undefined` while test/bench/peers is not installed.
 */
export async function reactBoard(part: Part, answers: () => Promise<string>): Promise<ReactBoard | undefined> {
  const peers = new URL("peers/", import.meta.url);
  try {
    createRequire(peers).resolve("@tanstack/react-query");
  } catch {
    return undefined;
  }
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`react-${part}.jsx`, peers))],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = outputFiles[0]?.contents ?? new Uint8Array();
  const page =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Board</title><link rel="stylesheet" href="/board.css"><script defer src="/board.js"></script></head><body class="wide"><div id="root" style="display: contents"></div></body></html>';
  const server = createServer((request, reply) => {
    if (request.url === "/board.js") reply.setHeader("content-type", "text/javascript").end(script);
    else if (request.url === "/board.css") reply.setHeader("content-type", STYLE.type).end(STYLE.text);
    else if (request.url === "/board.json")
      answers().then(
        (json) => void reply.setHeader("content-type", "application/json").end(json),
        () => void reply.writeHead(502).end(),
      );
    else reply.setHeader("content-type", "text/html; charset=utf-8").end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the React board has no port");
  return { url: `http://127.0.0.1:${address.port}/`, scriptBytes: script.length, close: () => void server.close() };
}
