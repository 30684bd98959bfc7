import { Buffer } from "node:buffer";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { localContext } from "../queue.ts";

/** A handler's result in the format of API Gateway v2. */
interface ApiReply {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: string;
  readonly cookies?: readonly string[];
  readonly isBase64Encoded?: boolean;
}

export type ApiHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<ApiReply>;

/** API Gateway's limit of a response body, bytes. */
const MAX_REPLY_BYTES = 6 * 1024 * 1024;

const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

/** Turns a request into the event API Gateway v2 would send, calls the real handler, and turns its result back. */
export function apiGatewayAdapter(handler: ApiHandler): (request: Request) => Promise<Response> {
  return async (request) => {
    const result = await handler(await eventOf(request), localContext("api"));
    const body = Buffer.from(result.body ?? "", result.isBase64Encoded === true ? "base64" : "utf8");
    if (body.length > MAX_REPLY_BYTES) return tooLarge();
    const headers = new Headers();
    for (const [name, value] of Object.entries(result.headers ?? {})) headers.set(name, String(value));
    for (const cookie of result.cookies ?? []) headers.append("set-cookie", cookie);
    const status = result.statusCode ?? 200;
    return new Response(status === 204 || status === 304 ? null : new Uint8Array(body), { status, headers });
  };
}

async function eventOf(request: Request): Promise<APIGatewayProxyEventV2> {
  const url = new URL(request.url);
  const body = await bodyOf(request);
  const cookies = request.headers.get("cookie");
  const now = new Date();
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies === null ? {} : { cookies: cookies.split("; ") }),
    headers: Object.fromEntries([...request.headers].filter(([name]) => name !== "cookie")),
    ...(url.search === "" ? {} : { queryStringParameters: queryOf(url) }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: url.host,
      domainPrefix: "local",
      http: {
        method: request.method,
        path: url.pathname,
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: request.headers.get("user-agent") ?? "",
      },
      requestId: crypto.randomUUID(),
      routeKey: "$default",
      stage: "$default",
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString("base64") }),
    isBase64Encoded: body.length > 0,
  };
}

/** Reads a body up to API Gateway's limit. A longer one is cut there; the API refuses it for its length. */
async function bodyOf(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_REQUEST_BYTES) break;
  }
  return Buffer.concat(chunks);
}

/** API Gateway joins the values of a repeated name with commas. */
function queryOf(url: URL): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of new Set(url.searchParams.keys())) values[name] = url.searchParams.getAll(name).join(",");
  return values;
}

const tooLarge = (): Response =>
  new Response(JSON.stringify({ message: "Internal Server Error" }), {
    status: 500,
    headers: { "content-type": "application/json" },
  });
