import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type UserId, userIdSchema } from "@regulars/core/platform/values";
import { apiHandler } from "@regulars/functions/api/lambda";
import { type QueueName, type Runtime, createRuntime } from "@regulars/functions/runtime";
import { openIssuer } from "@regulars/local/http/issuer";
import { lambdaFront } from "@regulars/local/http/api-gateway-adapter";
import { closeTable } from "@regulars/store/engine/table";
import { aTable } from "../setup/tenant.ts";

/** The moment at which the desk's clock stands unless it is moved: a Monday morning. */
export const DESK_NOW = Date.parse("2026-11-23T08:00:00.000Z");

/** What a request is sent with. */
export interface Asked {
  readonly method?: string;
  /** A token or a machine key. */
  readonly as?: string | undefined;
  readonly body?: unknown;
  /** A body as it is, in the place of one that is made JSON. */
  readonly raw?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The API as it is served: genuine API Gateway events into the real handler, tokens of an issuer that is really asked for its keys. */
export interface ApiDesk {
  readonly runtime: Runtime;
  readonly sent: { readonly queue: QueueName; readonly body: unknown; readonly delaySeconds?: number }[];
  /** Structured lines that the API wrote. */
  readonly lines: { readonly what: string; readonly figures: object }[];
  readonly clock: { nowMs: number };
  readonly issuerUrl: string;
  readonly ask: (path: string, asked?: Asked) => Promise<Response>;
  readonly tokenOf: (tenant: Pick<Tenant, "tenantId">, userId: string, atMs?: number) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openApiDesk(limit: { readonly requests: number } = { requests: 1_000_000 }): Promise<ApiDesk> {
  const folder = await mkdtemp(join(tmpdir(), "regulars-desk-"));
  const issuer = await openIssuer(folder);
  const listening = await serveIssuer(issuer.routes.fetch);
  const issuerUrl = `http://127.0.0.1:${listening.port}`;
  const clock = { nowMs: DESK_NOW };
  const sent: ApiDesk["sent"] = [];
  const lines: ApiDesk["lines"] = [];
  const note = (what: string, figures: object): void => void lines.push({ what, figures });
  const table = aTable();
  const runtime = createRuntime(
    {
      TABLE_NAME: table.name,
      PUBLIC_URL: "http://127.0.0.1",
      AUTH_ISSUER: issuerUrl,
      AUTH_AUDIENCE: issuer.audience,
      CURSOR_SECRET: "a secret of tests, thirty-two characters",
      SIGNING_SECRET: "another secret of tests, also long enough",
      RATE_LIMIT_REQUESTS: limit.requests,
      WEBHOOKS_ALLOW_LOOPBACK: "true",
    },
    {
      table,
      clock: () => clock.nowMs,
      log: { info: note, error: note },
      queues: {
        send: async (queue, body, delaySeconds) =>
          void sent.push(
            await Promise.resolve({ queue, body, ...(delaySeconds === undefined ? {} : { delaySeconds }) }),
          ),
      },
    },
  );
  const front = lambdaFront(apiHandler(runtime));
  return {
    runtime,
    sent,
    lines,
    clock,
    issuerUrl,
    ask: (path, asked = {}) => front(requestOf(path, asked)),
    tokenOf: ({ tenantId }, userId, atMs = clock.nowMs) =>
      issuer.tokenOf(issuerUrl, tenantId, userIdSchema.parse(userId) satisfies UserId, atMs),
    close: async () => {
      await listening.close();
      closeTable(table);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A reply's JSON, as its test takes it to be. */
export async function bodyOf<T>(reply: Response): Promise<T> {
  const body: T = JSON.parse(await reply.text());
  return body;
}

/** A page of a list. */
export interface PageBody<T> {
  readonly data: readonly T[];
  readonly next: string | null;
}

/** A problem document. */
export interface ProblemBody {
  readonly type: string;
  readonly status: number;
  readonly detail: string;
  readonly errors: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly requestId: string;
}

function requestOf(path: string, { method = "GET", as, body, raw, headers = {} }: Asked): Request {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return new Request(`http://127.0.0.1${path}`, {
    method,
    headers: {
      ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
      ...(sent === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
}

function serveIssuer(
  fetch: Parameters<typeof serve>[0]["fetch"],
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({ port, close: () => new Promise((closed) => server.close(() => closed())) }),
    );
    server.on("error", reject);
  });
}
