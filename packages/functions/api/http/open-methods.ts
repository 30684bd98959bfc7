import { TrieRouter } from "hono/router/trie-router";
import type { RouterRoute } from "hono/types";

/** The method of middleware routes: they do not answer by themselves. */
const ANY = "ALL";

/** The methods that an address supports, for `Allow` (RFC 9110, 10.2.1); empty if there is no such address. */
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
