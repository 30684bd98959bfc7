import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { SESClient } from "@aws-sdk/client-ses";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loopbackUrl } from "../../test/fixtures/loopback.ts";
import { type Email, createMailer } from "./email.ts";
import { hostileValues } from "@regulars/render/testing";

const SENT =
  "<SendRawEmailResponse><SendRawEmailResult><MessageId>id-1</MessageId></SendRawEmailResult></SendRawEmailResponse>";
const calls: URLSearchParams[] = [];
const ses = createServer(async (request, response) => {
  calls.push(new URLSearchParams(await text(request)));
  response.writeHead(200, { "Content-Type": "text/xml" }).end(SENT);
});
let client: SESClient;

beforeAll(async () => {
  const endpoint = await loopbackUrl(ses);
  const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
  client = new SESClient({ region: "eu-west-1", endpoint, credentials });
});
afterAll(() => {
  client.destroy();
  ses.close();
});

const from = { name: "Regulars", address: "regulars@regulars.example" };

async function sent(parts: Partial<Email> = {}) {
  const email = {
    to: { name: "Åse Nørgård", address: "ase@acme.example" },
    subject: "Two overdue",
    html: "<p>Hej</p>",
    text: "Hej",
    key: "digest:acme:ase",
    ...parts,
  };
  const answer = await createMailer({ client, from, configurationSet: "regulars-test-mail" }).send(email);
  const call = calls.at(-1) ?? new URLSearchParams();
  const source = Buffer.from(call.get("RawMessage.Data") ?? "", "base64").toString();
  return { answer, call, source, headers: headersOf(source) };
}

/** Header names and values in order, unfolded; the boundary and the date differ each time. */
function headersOf(source: string): Map<string, string> {
  const [head = ""] = source.split("\r\n\r\n");
  const lines = head.replace(/\r\n[ \t]+/g, " ").split("\r\n");
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
}

it("sends one raw e-mail to one address and gives back the provider's id", async () => {
  const { answer, call } = await sent();
  expect(answer).toEqual({ providerId: "id-1" });
  expect(call.get("Action")).toBe("SendRawEmail");
  expect(call.get("Source")).toBe("regulars@regulars.example");
  expect(call.getAll("Destinations.member.1")).toEqual(["ase@acme.example"]);
  expect(call.has("Destinations.member.2")).toBe(false);
});

it("carries its key and a message id derived from it, the same at each attempt", async () => {
  const [first, again, other] = [await sent(), await sent(), await sent({ key: "digest:acme:bo" })];
  expect(first.headers.get("X-Regulars-Delivery")).toBe("digest:acme:ase");
  expect(first.headers.get("Message-ID")).toMatch(/^<[0-9a-f]{40}@regulars\.example>$/);
  expect(again.headers.get("Message-ID")).toBe(first.headers.get("Message-ID"));
  expect(other.headers.get("Message-ID")).not.toBe(first.headers.get("Message-ID"));
});

it("does not read a comma in a name as a second address", async () => {
  const { headers, call } = await sent({
    to: { name: 'Holm, "Sanne" <x@evil.example>', address: "sanne@acme.example" },
  });
  expect(headers.get("To")).toBe(String.raw`"Holm, \"Sanne\" <x@evil.example>" <sanne@acme.example>`);
  expect(call.has("Destinations.member.2")).toBe(false);
});

it("keeps its headers whatever names, subject and key are", async () => {
  const names = [...(await sent()).headers.keys()];
  for (const value of hostileValues) {
    const { headers } = await sent({ to: { name: value, address: "sanne@acme.example" }, subject: value, key: value });
    expect([...headers.keys()]).toEqual(names);
  }
});

it.each(["", "sanne", "a@b.example, evil@evil.example", "a@b.example\r\nBcc: evil@evil.example", "<a@b.example>"])(
  "refuses %j as an address",
  async (address) => {
    await expect(sent({ to: { name: "Sanne", address } })).rejects.toThrow("is not an e-mail address");
  },
);

it("names the configuration set and the tags with which SES tells what happens to it", async () => {
  const { call } = await sent({ tags: { tenant: "acme", kind: "digest", delivery: "ZGlnZXN0" } });
  expect(call.get("ConfigurationSetName")).toBe("regulars-test-mail");
  const tags = [...call].filter(([name]) => name.startsWith("Tags.")).map(([, value]) => value);
  expect(tags).toEqual(["tenant", "acme", "kind", "digest", "delivery", "ZGlnZXN0"]);
});

it("leaves out a tag that is longer than SES takes", async () => {
  const { call } = await sent({ tags: { tenant: "acme", delivery: "x".repeat(257) } });
  expect([...call.keys()].filter((name) => name.startsWith("Tags."))).toEqual([
    "Tags.member.1.Name",
    "Tags.member.1.Value",
  ]);
});

const PNG = Buffer.from("iVBORw0KGgo=", "base64");

it("sends pictures along as parts that its HTML shows", async () => {
  const html = `<img src="cid:bars.regulars" alt="Bars">`;
  const { source } = await sent({ html, pictures: [{ contentId: "bars.regulars", png: PNG }] });
  expect(source.match(/^Content-Type: [a-z]+\/[a-z]+/gm)).toEqual([
    "Content-Type: multipart/alternative",
    "Content-Type: text/plain",
    "Content-Type: multipart/related",
    "Content-Type: text/html",
    "Content-Type: image/png",
  ]);
  expect(source).toContain("Content-ID: <bars.regulars>");
  expect(source).toContain("Content-Disposition: inline");
  expect(source).toContain("iVBORw0KGgo=");
});

const unsubscribe = { url: "https://api.acme.example/links/unsubscribe/abc.def", subject: "unsubscribe abc.def" };

it("BX18: lets mail programs unsubscribe with one click, by https first and by mail second, in the raw message that SES signs", async () => {
  const { headers, source } = await sent({ unsubscribe });
  expect(headers.get("List-Unsubscribe")).toBe(
    "<https://api.acme.example/links/unsubscribe/abc.def>, <mailto:regulars@regulars.example?subject=unsubscribe%20abc.def>",
  );
  expect(headers.get("List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
  expect(source.match(/^List-Unsubscribe(?:-Post)?:/gm)).toHaveLength(2);
});

it("has no such header where the mail is compulsory", async () => {
  const { headers } = await sent();
  expect([...headers.keys()].filter((name) => name.startsWith("List-"))).toEqual([]);
});

it("keeps each line of its head within what mail servers take, also with the longest token", async () => {
  const token = "x".repeat(850);
  const { source } = await sent({
    unsubscribe: { url: `https://api.acme.example/links/unsubscribe/${token}`, subject: `unsubscribe ${token}` },
  });
  const [head = ""] = source.split("\r\n\r\n");
  expect(Math.max(...head.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
});
