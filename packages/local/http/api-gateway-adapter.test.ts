import { Buffer } from "node:buffer";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { type ApiHandler, apiGatewayAdapter } from "./api-gateway-adapter.ts";

const MEGABYTE = 1024 * 1024;
type Reply = Awaited<ReturnType<ApiHandler>>;

async function eventOf(url: string, init?: RequestInit): Promise<APIGatewayProxyEventV2> {
  const events: APIGatewayProxyEventV2[] = [];
  const front = apiGatewayAdapter((event) => Promise.resolve(void events.push(event)).then(() => ({})));
  await front(new Request(url, init));
  const [event] = events;
  if (event === undefined) throw new Error("the handler was not called");
  return event;
}

const replyOf = (reply: Reply): Promise<Response> =>
  apiGatewayAdapter(() => Promise.resolve(reply))(new Request("http://x.example/"));

describe("the event of a request", () => {
  it("is what API Gateway would send", async () => {
    const event = await eventOf("http://x.example:8080/v1/findings?kind=churn-risk", {
      headers: { "user-agent": "test", accept: "application/json" },
    });
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/v1/findings",
      rawQueryString: "kind=churn-risk",
      headers: { accept: "application/json" },
      queryStringParameters: { kind: "churn-risk" },
      requestContext: {
        domainName: "x.example:8080",
        stage: "$default",
        http: { method: "GET", path: "/v1/findings", sourceIp: "127.0.0.1", userAgent: "test" },
      },
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty("body");
    expect(event).not.toHaveProperty("cookies");
  });

  it("has its body in base64, byte for byte", async () => {
    const body = Uint8Array.from({ length: 256 }, (_, i) => i);
    const event = await eventOf("http://x.example/", { method: "POST", body });
    expect(event.isBase64Encoded).toBe(true);
    expect([...Buffer.from(event.body ?? "", "base64")]).toEqual([...body]);
  });

  it("reads no more of an endless body than API Gateway would accept", async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(MEGABYTE));
      },
    });
    const event = await eventOf("http://x.example/", { method: "POST", body, duplex: "half" } as RequestInit);
    expect(Buffer.from(event.body ?? "", "base64").length).toBe(11 * MEGABYTE);
    expect(pulled).toBeLessThan(14);
  });

  it("has its cookies apart from the headers", async () => {
    const event = await eventOf("http://x.example/", { headers: { cookie: "a=1; b=2" } });
    expect(event.cookies).toEqual(["a=1", "b=2"]);
    expect(event.headers).not.toHaveProperty("cookie");
  });

  it("joins the values of a repeated name with commas and keeps the query as it was written", async () => {
    const event = await eventOf("http://x.example/?a=1&b=x%20y&a=2&c=");
    expect(event.queryStringParameters).toEqual({ a: "1,2", b: "x y", c: "" });
    expect(event.rawQueryString).toBe("a=1&b=x%20y&a=2&c=");
  });

  it("has no query parameters without a query", async () => {
    expect(await eventOf("http://x.example/a%20b")).not.toHaveProperty("queryStringParameters");
  });
});

describe("the reply", () => {
  it("has the handler's status, headers, cookies and body", async () => {
    const reply = await replyOf({
      statusCode: 201,
      headers: { "content-type": "text/plain" },
      cookies: ["a=1", "b=2; Path=/"],
      body: "Ærø",
    });
    expect([reply.status, reply.headers.get("content-type"), reply.headers.getSetCookie(), await reply.text()]).toEqual(
      [201, "text/plain", ["a=1", "b=2; Path=/"], "Ærø"],
    );
  });

  it("is 200 and empty when the handler returns nothing", async () => {
    const reply = await replyOf({});
    expect([reply.status, await reply.text()]).toEqual([200, ""]);
  });

  it("decodes a body in base64", async () => {
    const reply = await replyOf({ body: Buffer.from([0, 255, 128]).toString("base64"), isBase64Encoded: true });
    expect([...new Uint8Array(await reply.arrayBuffer())]).toEqual([0, 255, 128]);
  });

  it.each([204, 304])("of %i has no body", async (statusCode) => {
    const reply = await replyOf({ statusCode, body: "" });
    expect([reply.status, reply.body]).toEqual([statusCode, null]);
  });

  it("may have six megabytes; one byte more is a gateway error", async () => {
    expect((await replyOf({ body: "x".repeat(6 * MEGABYTE) })).status).toBe(200);
    const large = await replyOf({ body: "x".repeat(6 * MEGABYTE + 1) });
    expect([large.status, await large.json()]).toEqual([500, { message: "Internal Server Error" }]);
  });
});
