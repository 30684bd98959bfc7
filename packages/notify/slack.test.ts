import { type RequestListener, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";
import { expect, it } from "vitest";
import { loopbackUrl } from "../../test/fixtures/loopback.ts";
import { createSlackApi } from "./slack.ts";

/** A fake Slack API with the given answers, for as long as `use` runs. */
async function withSlack(answer: RequestListener, use: (apiUrl: string) => Promise<void>) {
  const server = createServer(answer);
  const url = await loopbackUrl(server);
  try {
    await use(`${url}/api/`);
  } finally {
    server.close();
  }
}

it("calls a method with its values as a form, and the tenant's token in the header only", async () => {
  let [form, token, path] = [new URLSearchParams(), "", ""];
  const answer: RequestListener = async (request, response) => {
    form = new URLSearchParams(await text(request));
    [token, path] = [request.headers.authorization ?? "", request.url ?? ""];
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ ok: true, channel: "C1", ts: "1795400000.000100" }));
  };
  await withSlack(answer, async (apiUrl) => {
    const values = { channel: "C1", blocks: [{ type: "divider" }], unfurl_links: false, cursor: undefined };
    const answered = await createSlackApi(apiUrl).call("chat.postMessage", values, "xoxb-1");
    expect(answered).toEqual({ ok: true, channel: "C1", ts: "1795400000.000100" });
  });
  expect([path, token]).toEqual(["/api/chat.postMessage", "Bearer xoxb-1"]);
  expect(Object.fromEntries(form)).toEqual({
    channel: "C1",
    blocks: '[{"type":"divider"}]',
    unfurl_links: "false",
  });
});

it.each([
  ["a refusal", 200, '{"ok":false,"error":"is_archived"}', { ok: false, error: "is_archived" }],
  ["a page that is no refusal of Slack", 403, '{"nothing":1}', { ok: false, error: "status 403" }],
])("gives %s as the answer, after one try", async (_what, status, body, expected) => {
  let tries = 0;
  const answer: RequestListener = (_request, response) => {
    tries += 1;
    response.writeHead(status, { "Content-Type": "application/json" }).end(body);
  };
  await withSlack(answer, async (apiUrl) => {
    expect(await createSlackApi(apiUrl).call("chat.postMessage", {}, "xoxb-1")).toEqual(expected);
  });
  expect(tries).toBe(1);
});

it.each([
  ["500", 500, "{}"],
  ["503", 503, "{}"],
  ["an answer that breaks off", 200, '{"ok":tr'],
  ["a fault of Slack's own", 200, '{"ok":false,"error":"internal_error"}'],
  ["a worse fault of Slack's own", 200, '{"ok":false,"error":"fatal_error"}'],
])("does not know whether the call was carried out at %s", async (_what, status, body) => {
  const answer: RequestListener = (_request, response) => {
    response.writeHead(status, { "Content-Type": "application/json" }).end(body);
  };
  await withSlack(answer, async (apiUrl) => {
    await expect(createSlackApi(apiUrl).call("chat.postMessage", {}, "x")).rejects.toThrow(UnknownOutcomeError);
  });
});

it("does not know it either when the connection ends without an answer, but knows it when none was made", async () => {
  const gone: RequestListener = (request) => {
    request.socket.destroy();
  };
  let address = "";
  await withSlack(gone, async (apiUrl) => {
    address = apiUrl;
    await expect(createSlackApi(apiUrl).call("chat.postMessage", {}, "x")).rejects.toThrow(UnknownOutcomeError);
  });
  const refused = await createSlackApi(address)
    .call("chat.postMessage", {}, "x")
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Error);
  expect(refused).not.toBeInstanceOf(UnknownOutcomeError);
  expect(String(refused)).toContain("Slack cannot be reached for chat.postMessage");
});

it.each([
  ["7", 7_000],
  ["0", 0],
  [undefined, 30_000],
  ["soon", 30_000],
])("waits at a rate limit as Slack asks: Retry-After %s", async (given, retryAfterMs) => {
  const answer: RequestListener = (_request, response) => {
    response.writeHead(429, given === undefined ? {} : { "Retry-After": given }).end();
  };
  await withSlack(answer, async (apiUrl) => {
    const failed = createSlackApi(apiUrl).call("chat.postMessage", {}, "x");
    await expect(failed).rejects.toThrow(TryLaterError);
    await expect(failed).rejects.toMatchObject({ retryAfterMs });
  });
});
