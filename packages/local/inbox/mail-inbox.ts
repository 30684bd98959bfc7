import { type Context, Hono } from "hono";
import { frontOf, htmlResponse, serveAssets } from "@regulars/web/page/html-response";
import { type MailView, inboxPage, mailPage, mailViews } from "./mail-inbox-page.ts";
import { answerSes } from "./mail-inbox-ses.ts";
import { mailStore } from "./mail-inbox-store.ts";

const PAGE_LIMIT = 200;
const LIST_LIMIT = 10_000;
/** A message may run no scripts and load nothing; its links open in a new tab. */
const MESSAGE_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/**
 * Replaces SES on the local system: takes SendRawEmail over the Query protocol at POST /, keeps each message as an
 * .eml file in `folder` and shows them at GET /. Programs read /messages.json and /messages/ID.json.
 */
export function mailInbox(folder: string): Hono {
  const store = mailStore(folder);
  const inbox = new Hono();
  serveAssets(inbox, new URL("mail-inbox.css", import.meta.url));

  // The SES client asks for "/" behind the mount path; "/*" is found with and without it.
  inbox.post("/*", async (c) => {
    const { status, xml } = await answerSes(await c.req.text(), store);
    return c.body(xml, status, { "Content-Type": "text/xml; charset=utf-8" });
  });

  inbox.get("/messages.json", async (c) => c.json(await store.list(limitOf(c))));

  inbox.get("/messages/:file{[0-9TZa-f-]+\\.json}", async (c) => {
    const mail = await store.read(c.req.param("file").slice(0, -".json".length));
    return mail === undefined ? c.notFound() : c.json(mail);
  });

  inbox.get("/messages/:id/html", async (c) => {
    const mail = await store.read(c.req.param("id"));
    if (mail?.html === undefined) return c.notFound();
    return c.html(mail.html, 200, { "Content-Security-Policy": MESSAGE_POLICY, "X-Content-Type-Options": "nosniff" });
  });

  inbox.get("/messages/:id", async (c) => {
    const mail = await store.read(c.req.param("id"));
    return mail === undefined ? c.notFound() : htmlResponse(c, mailPage(mail, viewOf(c), baseOf(c)));
  });

  inbox.get("/*", async (c) => {
    const base = frontOf(c);
    return base === undefined ? c.notFound() : htmlResponse(c, inboxPage(await store.list(PAGE_LIMIT), base));
  });

  return inbox;
}

/** The inbox's mount path, with which its pages link to each other. */
const baseOf = (c: Context): string => c.req.path.replace(/\/messages\/[^/]*$/, "");

const viewOf = (c: Context): MailView => mailViews.find((view) => view === c.req.query("view")) ?? "message";

function limitOf(c: Context): number {
  const limit = Number(c.req.query("limit") ?? LIST_LIMIT);
  return Number.isInteger(limit) && limit > 0 ? limit : LIST_LIMIT;
}
