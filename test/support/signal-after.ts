import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";

/**
 * Loaded before a program: sends it a signal as soon as a server has answered its nth call of a name, before the
 * program learns of the answer. SIGNAL_AFTER is like `SIGKILL TransactWriteItems 9`: the name is a database action, or
 * the end of another address's path.
 */
const [signal = "", name = "", count = ""] = (process.env["SIGNAL_AFTER"] ?? "").split(" ");
let left = Number(count);

function answered(called: string): void {
  if (!called.endsWith(name)) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, signal);
}

subscribe("http.client.response.finish", (message) => {
  const { request } = message as { readonly request: ClientRequest };
  answered(String(request.getHeader("x-amz-target") ?? request.path));
});

subscribe("undici:request:headers", (message) => {
  const { request } = message as { readonly request: { readonly path: string } };
  answered(request.path);
});
