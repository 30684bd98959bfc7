import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SESClient, SendEmailCommand, SendRawEmailCommand } from "@aws-sdk/client-ses";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { InboxMail, MailSummary } from "./mail-inbox-store.ts";
import { mailInbox } from "./mail-inbox.ts";

let folder: string;
let server: ServerType;
let client: SESClient;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "mail-inbox-")), "mail");
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: mailInbox(folder).fetch, port: 0, hostname: "127.0.0.1" }, (info) => resolve(info.port));
  });
  const credentials = { accessKeyId: "key", secretAccessKey: "secret" };
  client = new SESClient({ region: "eu-west-1", endpoint: `http://127.0.0.1:${port}`, credentials, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  server.close();
  await rm(join(folder, ".."), { recursive: true });
});

interface Sent {
  readonly subject?: string;
  readonly html?: string;
  readonly to?: string;
  readonly destinations?: readonly string[];
}

async function send({ subject = "Hello", html = "<p>Hej Åse</p>", to = "ase@acme.example", destinations }: Sent = {}) {
  const source = [
    "From: Regulars <regulars@regulars.example>",
    `To: ${to}`,
    `Subject: ${subject}`,
    "X-Regulars-Delivery: digest:acme:ase",
    'Content-Type: multipart/alternative; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain; charset=utf-8",
    "",
    "Hej Åse",
    "--b",
    "Content-Type: text/html; charset=utf-8",
    "",
    html,
    "--b--",
    "",
  ].join("\r\n");
  const command = new SendRawEmailCommand({
    Source: "regulars@regulars.example",
    ...(destinations === undefined ? {} : { Destinations: [...destinations] }),
    RawMessage: { Data: Buffer.from(source) },
  });
  return (await client.send(command)).MessageId ?? "";
}

/** Sends a request to a new inbox over the same folder, as after a restart. */
const ask = (path: string) => mailInbox(folder).request(path);

const listed = async (query = ""): Promise<MailSummary[]> => jsonOf(await ask(`/messages.json${query}`));
const mailWith = async (id = ""): Promise<InboxMail> => jsonOf(await ask(`/messages/${id}.json`));

async function jsonOf<T>(answer: Response): Promise<T> {
  const value: Awaited<T> = JSON.parse(await answer.text());
  return value;
}

it("takes a raw e-mail from the SES client and lists it, also after a restart", async () => {
  const id = await send({ destinations: ["ase@acme.example"] });
  expect(await listed()).toEqual([
    {
      id,
      from: "Regulars <regulars@regulars.example>",
      to: ["ase@acme.example"],
      subject: "Hello",
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      key: "digest:acme:ase",
    },
  ]);
  expect(await readdir(folder)).toEqual([`${id}.eml`]);
});

it("gives a message with its HTML and text", async () => {
  const id = await send();
  const mail = await mailWith(id);
  expect(mail).toMatchObject({ id, html: "<p>Hej Åse</p>", text: "Hej Åse" });
});

it("lists the recipients of the envelope, not of the header", async () => {
  await send({ to: "list@acme.example", destinations: ["ase@acme.example", "bo@acme.example"] });
  const [mail] = await listed();
  expect(mail?.to).toEqual(["ase@acme.example", "bo@acme.example"]);
});

it("lists the newest first, at most as many as asked for", async () => {
  for (const subject of ["one", "two", "three"]) {
    await send({ subject });
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const mails = await listed("?limit=2");
  expect(mails.map(({ subject }) => subject)).toEqual(["three", "two"]);
});

it("refuses every other action the way SES does", async () => {
  const other = new SendEmailCommand({
    Source: "a@acme.example",
    Destination: { ToAddresses: ["b@acme.example"] },
    Message: { Subject: { Data: "x" }, Body: { Text: { Data: "y" } } },
  });
  await expect(client.send(other)).rejects.toMatchObject({
    name: "InvalidAction",
    $metadata: { httpStatusCode: 400 },
  });
});

it("refuses a call without a message", async () => {
  const answer = await mailInbox(folder).request("/", { method: "POST", body: "Action=SendRawEmail" });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain("<Code>InvalidParameterValue</Code>");
});

it("escapes values of a call in its answer", async () => {
  const answer = await mailInbox(folder).request("/", { method: "POST", body: "Action=%3CCode%3E%26" });
  expect(await answer.text()).toContain("The action &lt;Code&gt;&amp; is not valid");
});

it("lets no address of the envelope add a header", async () => {
  const data = Buffer.from("Subject: Hello\r\n\r\nbody").toString("base64");
  const form = { Action: "SendRawEmail", "RawMessage.Data": data, "Destinations.member.1": "a@b.c\r\nX-Evil: 1" };
  await mailInbox(folder).request("/", { method: "POST", body: new URLSearchParams(form).toString() });
  const [mail] = await listed();
  const { source } = await mailWith(mail?.id);
  expect(source).toBe("Delivered-To: a@b.c X-Evil: 1\r\nSubject: Hello\r\n\r\nbody");
});

it("ignores a file that is still being written", async () => {
  const id = await send();
  await writeFile(join(folder, "20261123T063000000Z-0123456789ab.part"), "Subject: half");
  const mails = await listed();
  expect(mails.map((mail) => mail.id)).toEqual([id]);
});

it("is empty before the first message", async () => {
  expect(await listed()).toEqual([]);
  expect(await (await ask("/")).text()).toContain("No message yet");
});

it("shows hostile subjects and names as text", async () => {
  await send({ subject: '<script>alert(1)</script>"><img src=x onerror=alert(1)>' });
  const page = await (await ask("/")).text();
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).not.toMatch(/<img|<script>/);
});

it("shows a message's HTML in a frame that runs no scripts and loads nothing", async () => {
  const id = await send({ html: "<script>alert(1)</script><p>Hej</p>" });
  const page = await ask(`/messages/${id}`);
  expect(page.headers.get("Content-Security-Policy")).toMatch(
    /^default-src 'none'; style-src 'self'; script-src 'self'/,
  );
  const body = await page.text();
  expect(body).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(body).not.toContain("alert(1)");
  const frame = await ask(`/messages/${id}/html`);
  expect(frame.headers.get("Content-Security-Policy")).toMatch(/^sandbox allow-popups .*default-src 'none'/);
  expect(await frame.text()).toContain("<p>Hej</p>");
});

it("shows a message's text and source escaped", async () => {
  const id = await send();
  expect(await (await ask(`/messages/${id}?view=text`)).text()).toContain("Hej Åse</pre>");
  expect(await (await ask(`/messages/${id}?view=source`)).text()).toContain(
    "Regulars &lt;regulars@regulars.example&gt;",
  );
});

it.each(["/messages/nothing", "/messages/nothing.json", "/messages/..%2F..%2Fetc%2Fpasswd", "/messages/x/html"])(
  "knows no message at %s",
  async (path) => {
    expect((await ask(path)).status).toBe(404);
  },
);

it("links from where it is mounted", async () => {
  const id = await send();
  const app = new Hono().route("/mail", mailInbox(folder));
  for (const front of ["/mail", "/mail/"])
    for (const link of [`href="/mail/messages/${id}"`, 'href="/"'])
      expect(await (await app.request(front)).text()).toContain(link);
  const call = new URLSearchParams({ Action: "SendRawEmail", "RawMessage.Data": btoa("Subject: Hi") }).toString();
  expect((await app.request("/mail/", { method: "POST", body: call })).status).toBe(200);
  expect((await app.request("/mail/nothing")).status).toBe(404);
  const page = await (await app.request(`/mail/messages/${id}`)).text();
  expect(page).toContain(`src="/mail/messages/${id}/html"`);
  expect((await app.request("/mail/style.css")).headers.get("Content-Type")).toBe("text/css; charset=utf-8");
});

it("has the button of a mail program that unsubscribes with one click, where the mail allows it", async () => {
  const withHeader = async (head: string) => {
    const form = { Action: "SendRawEmail", "RawMessage.Data": btoa(`${head}Subject: Hello\r\n\r\nbody`) };
    await mailInbox(folder).request("/", { method: "POST", body: new URLSearchParams(form).toString() });
    const [mail] = await listed();
    return (await ask(`/messages/${mail?.id}`)).text();
  };
  const address = "List-Unsubscribe: <http://127.0.0.1:9/links/unsubscribe/a.b>,\r\n <mailto:x@y.z?subject=u>\r\n";
  const page = await withHeader(`${address}List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n`);
  expect(page).toContain('<form method="post" action="/links/unsubscribe/a.b">');
  expect(page).toContain('<input type="hidden" name="List-Unsubscribe" value="One-Click" />');
  expect(await withHeader(address)).not.toContain("<form");
});
