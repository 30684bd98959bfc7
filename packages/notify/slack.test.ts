import { type RequestListener, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { alertMessage } from "@regulars/render/alert";
import { createSlack } from "./slack.ts";
import { anAlert } from "@regulars/render/testing";

/** A fake Slack API with the given answers, for as long as `use` runs. */
async function withSlack(answer: RequestListener, use: (apiUrl: string) => Promise<void>) {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  try {
    await use(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/api/`);
  } finally {
    server.close();
  }
}

const message = alertMessage(anAlert());

it("posts the message with its key to the channel and returns its id", async () => {
  let form = new URLSearchParams();
  const answer: RequestListener = async (request, response) => {
    form = new URLSearchParams(await text(request));
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ ok: true, channel: "C1", ts: "1795400000.000100" }));
  };
  await withSlack(answer, async (apiUrl) => {
    const sent = await createSlack({ token: "xoxb-1", apiUrl, channel: "#alerts" }).post(message, "alert:1");
    expect(sent).toEqual({ providerId: "C1/1795400000.000100" });
  });
  expect(form.get("channel")).toBe("#alerts");
  expect(form.get("text")).toBe(message.text);
  expect(JSON.parse(form.get("blocks") ?? "")).toEqual(message.blocks);
  expect(JSON.parse(form.get("metadata") ?? "")).toEqual({
    event_type: "regulars_alert",
    event_payload: { key: "alert:1" },
  });
});

it.each([
  ["a refusal", 200, {}, "fatal_error"],
  ["an outage", 503, {}, "503"],
  ["a rate limit", 429, { "Retry-After": "60" }, "takes no more"],
])("throws at %s after one try", async (_what, status, headers, error) => {
  let tries = 0;
  const answer: RequestListener = (_request, response) => {
    tries += 1;
    response
      .writeHead(status, { "Content-Type": "application/json", ...headers })
      .end('{"ok":false,"error":"fatal_error"}');
  };
  await withSlack(answer, async (apiUrl) => {
    const slack = createSlack({ token: "xoxb-1", apiUrl, channel: "#alerts" });
    await expect(slack.post(message, "alert:1")).rejects.toThrow(error);
  });
  expect(tries).toBe(1);
});

it("gives the retry delay at a rate limit", async () => {
  const answer: RequestListener = (_request, response) => {
    response.writeHead(429, { "Retry-After": "7" }).end();
  };
  await withSlack(answer, async (apiUrl) => {
    const slack = createSlack({ token: "xoxb-1", apiUrl, channel: "#alerts" });
    await expect(slack.post(message, "alert:1")).rejects.toMatchObject({ retryAfterMs: 7_000 });
  });
});
