import { Agent, type IncomingHttpHeaders, request } from "node:http";
import process from "node:process";

/** Replaces the native part of AWS's runtime client: the three calls of Lambda's Runtime API, over node:http. */

const [hostname, port] = (process.env["AWS_LAMBDA_RUNTIME_API"] ?? "").split(":");
const agent = new Agent({ keepAlive: true });
const INVOCATION = "/2018-06-01/runtime/invocation";
let answered: Promise<unknown> = Promise.resolve();

function call(method: string, path: string, body = "", headers: Record<string, string> = {}) {
  return new Promise<{ readonly bodyJson: string; readonly headers: IncomingHttpHeaders }>((resolve, reject) => {
    const sent = request({ hostname, port, path, method, agent, headers }, (reply) => {
      let bodyJson = "";
      reply.setEncoding("utf8");
      reply.on("data", (text: string) => (bodyJson += text));
      reply.on("end", () => resolve({ bodyJson, headers: reply.headers }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** The next event, once the answer to the one before has been taken. */
export const next = () => answered.then(() => call("GET", `${INVOCATION}/next`));

export function done(id: string, body: string): void {
  answered = call("POST", `${INVOCATION}/${id}/response`, body);
}

export function error(id: string, body: string, xray: string): void {
  answered = call("POST", `${INVOCATION}/${id}/error`, body, { "Lambda-Runtime-Function-XRay-Error-Cause": xray });
}
