import { TrieRouter } from "hono/router/trie-router";
import type { RouterRoute } from "hono/types";

/** What middleware is registered with: it answers nothing by itself. */
const ANY = "ALL";

/** Tells the methods that an address answers to, as `Allow` names them (RFC 9110, 10.2.1); none where nothing is. */
export function openMethods(routes: readonly RouterRoute[]): (path: string) => readonly string[] {
  const router = new TrieRouter<true>();
  const methods = new Set<string>();
  for (const { method, path } of routes) {
    if (method === ANY) continue;
    router.add(method, path, true);
    methods.add(method);
  }
  return (path) => {
    const open = [...methods].filter((method) => router.match(method, path)[0].length > 0);
    return open.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).toSorted();
  };
}
