import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { loopbackPort } from "../fixtures/loopback.ts";
import type { Bundle } from "./bundle.ts";

/** How an invocation ended. */
export interface LambdaAnswer {
  readonly ok: boolean;
  readonly body: unknown;
}

/** A function as Lambda runs it: AWS's runtime client with a bundle, reading events from a Runtime API. */
export interface LambdaProcess {
  readonly invoke: (event: unknown) => Promise<LambdaAnswer>;
  /** The JSON lines of its log. */
  readonly log: () => readonly Record<string, unknown>[];
  readonly stop: () => Promise<void>;
}

const RUNTIME_CLIENT = createRequire(import.meta.url).resolve("aws-lambda-ric");
const PRELOAD = fileURLToPath(new URL("use-runtime-client.ts", import.meta.url));
const DEADLINE_MS = 60_000;

interface Waiting {
  readonly id: string;
  readonly event: unknown;
  readonly answer: (answer: LambdaAnswer) => void;
}

/** Starts a bundle with its deployed environment, and the variables `around` that Lambda adds. */
export async function startLambda(
  { folder, handler }: Bundle,
  environment: Readonly<Record<string, string>>,
  around: Readonly<Record<string, string>> = {},
): Promise<LambdaProcess> {
  const api = await openRuntimeApi();
  const output: string[] = [];
  const child = spawn(process.execPath, ["--import", PRELOAD, RUNTIME_CLIENT], {
    cwd: folder,
    env: {
      ...environment,
      ...around,
      _HANDLER: handler,
      LAMBDA_TASK_ROOT: folder,
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_LOG_FORMAT: "JSON",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/under-test",
      AWS_LAMBDA_LOG_STREAM_NAME: "2026/11/22/[$LATEST]0123456789abcdef",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => output.push(text.toString()));
  const ended = new Promise<never>((_resolve, reject) => {
    child.on("exit", (code) =>
      reject(new Error(`the function's process ended with ${code}: ${output.join("").slice(-4000)}`)),
    );
  });
  ended.catch(() => undefined);
  await Promise.race([api.ready, ended]);
  return {
    invoke: (event) => Promise.race([api.invoke(event), ended]),
    log: () => output.join("").split("\n").flatMap(jsonLine),
    stop: () => stop(child, api.close),
  };
}

function jsonLine(line: string): Record<string, unknown>[] {
  if (!line.startsWith("{")) return [];
  const parsed: unknown = JSON.parse(line);
  return typeof parsed === "object" && parsed !== null ? [{ ...parsed }] : [];
}

async function stop(child: ChildProcess, close: () => Promise<void>): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await gone;
  await close();
}

/** A Runtime API on loopback: hands out events one by one and takes the answers. */
async function openRuntimeApi() {
  const events: Waiting[] = [];
  const running = new Map<string, Waiting>();
  let asker: ServerResponse | undefined;
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (isReady = resolve));
  const handOut = (): void => {
    if (asker === undefined) return;
    const next = events.shift();
    if (next === undefined) return;
    running.set(next.id, next);
    asker.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": next.id,
      "lambda-runtime-deadline-ms": String(Date.now() + DEADLINE_MS),
      "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-central-1:111122223333:function:under-test",
      "lambda-runtime-trace-id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0",
    });
    asker.end(JSON.stringify(next.event));
    asker = undefined;
  };
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    if (path.endsWith("/invocation/next")) {
      asker = response;
      isReady();
      return handOut();
    }
    const body: unknown = JSON.parse((await textOf(request)) || "null");
    const [, id = "", kind] = /invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    running.get(id)?.answer({ ok: kind === "response", body });
    running.delete(id);
    response.writeHead(202).end("{}");
  });
  const port = await loopbackPort(server);
  return {
    address: `127.0.0.1:${port}`,
    ready,
    invoke: (event: unknown) =>
      new Promise<LambdaAnswer>((answer) => {
        events.push({ id: randomUUID(), event, answer });
        handOut();
      }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A request's whole body. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
