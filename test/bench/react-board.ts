import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { STYLE } from "@regulars/web/page/assets";
import { build } from "esbuild";

/** The React build of a board at an address, until it is closed. */
export interface ReactBoard {
  readonly url: string;
  readonly scriptBytes: number;
  readonly close: () => void;
}

/**
 * The same cards in React, React Query and dnd-kit, minified for production, in our sheet, asked of the API for each
 * view; `undefined` while test/bench/peers is not installed.
 */
export async function reactBoard(boardJson: () => Promise<string>): Promise<ReactBoard | undefined> {
  const peers = new URL("peers/", import.meta.url);
  try {
    createRequire(peers).resolve("@tanstack/react-query");
  } catch {
    return undefined;
  }
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("react-board.jsx", peers))],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = outputFiles[0]?.contents ?? new Uint8Array();
  const page =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Board</title><link rel="stylesheet" href="/board.css"></head><body class="wide"><main id="root"></main><script src="/board.js"></script></body></html>';
  const server = createServer((request, reply) => {
    if (request.url === "/board.js") reply.setHeader("content-type", "text/javascript").end(script);
    else if (request.url === "/board.css") reply.setHeader("content-type", STYLE.type).end(STYLE.text);
    else if (request.url === "/board.json")
      void boardJson().then((board) => reply.setHeader("content-type", "application/json").end(board));
    else reply.setHeader("content-type", "text/html; charset=utf-8").end(page);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the React board has no port");
  return { url: `http://127.0.0.1:${address.port}/`, scriptBytes: script.length, close: () => void server.close() };
}
