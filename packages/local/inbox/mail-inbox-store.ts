import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { AddressObject, ParsedMail, SimpleParserOptions } from "mailparser";

/** One message as lists show it. */
export interface MailSummary {
  readonly id: string;
  readonly from: string;
  /** Addresses that it was delivered to. */
  readonly to: readonly string[];
  readonly subject: string;
  /** When it was received, ISO UTC. */
  readonly at: string;
  /** The notification's key, from the header X-Regulars-Delivery. */
  readonly key: string | undefined;
}

/** One complete message. */
export interface InboxMail extends MailSummary {
  readonly html: string | undefined;
  readonly text: string;
  readonly source: string;
  /** The path that takes the one click of a mail program (RFC 8058); absent where the mail has none. */
  readonly oneClick: string | undefined;
}

/** The messages of one folder: one .eml file each, named by the time of receipt. */
export interface MailStore {
  readonly save: (source: Buffer, destinations: readonly string[]) => Promise<string>;
  /** Newest first. */
  readonly list: (limit: number) => Promise<readonly MailSummary[]>;
  readonly read: (id: string) => Promise<InboxMail | undefined>;
}

const SUFFIX = ".eml";
const ID = /^(\d{8})T(\d{6})(\d{3})Z-[0-9a-f]{12}$/;
const HEAD_BYTES = 32_768;

/**
 * Opens the folder's messages; the folder is created on the first message. Files never change, so summaries are cached.
 */
export function mailStore(folder: string): MailStore {
  const summaries = new Map<string, MailSummary>();
  const path = (id: string) => join(folder, id + SUFFIX);
  const summary = async (id: string) => {
    const known = summaries.get(id) ?? summaryOf(id, await parsed(await readHead(path(id))));
    summaries.set(id, known);
    return known;
  };
  return {
    save: (source, destinations) => saveMail(folder, source, destinations),
    async list(limit) {
      const ids = (await idsIn(folder)).toSorted().toReversed().slice(0, limit);
      return Promise.all(ids.map(summary));
    },
    async read(id) {
      if (!(await idsIn(folder)).includes(id)) return undefined;
      return mailOf(id, await readFile(path(id)));
    },
  };
}

/** Written under another name and then renamed, so that a killed process leaves no partial message. */
async function saveMail(folder: string, source: Buffer, destinations: readonly string[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  const id = `${new Date().toISOString().replace(/[-:.]/g, "")}-${randomBytes(6).toString("hex")}`;
  const temporary = join(folder, `${id}.part`);
  await writeFile(temporary, Buffer.concat([deliveredTo(destinations), source]));
  await rename(temporary, join(folder, id + SUFFIX));
  return id;
}

/** The envelope, as headers that mail servers add. It decides who receives a message, not the header `To`. */
function deliveredTo(destinations: readonly string[]): Buffer {
  const lines = destinations.map((address) => `Delivered-To: ${address.replace(/[\p{Cc}\s]+/gu, " ")}\r\n`);
  return Buffer.from(lines.join(""));
}

async function idsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .filter(isId);
}

const isId = (text: string): boolean => ID.test(text);

async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const head = buffer.subarray(0, bytesRead);
    const end = head.indexOf("\r\n\r\n");
    return end === -1 ? head : head.subarray(0, end + 4);
  } finally {
    await handle.close();
  }
}

/** The library is loaded with the first mail: most commands read none. */
async function parsed(source: Buffer, options?: SimpleParserOptions): Promise<ParsedMail> {
  const { simpleParser } = await import("mailparser");
  return simpleParser(source, options);
}

async function mailOf(id: string, source: Buffer): Promise<InboxMail> {
  const mail = await parsed(source, { skipHtmlToText: true, skipTextToHtml: true });
  const html = mail.html === false ? undefined : mail.html;
  return {
    ...summaryOf(id, mail),
    html,
    text: mail.text ?? "",
    source: source.toString("utf8"),
    oneClick: oneClickOf(mail),
  };
}

/** The path of the https (here http) address of `List-Unsubscribe`, if the mail also says that one click is enough. */
function oneClickOf({ headerLines }: ParsedMail): string | undefined {
  const valueOf = (name: string): string =>
    headerLines.find(({ key }) => key === name)?.line.slice(name.length + 1) ?? "";
  if (valueOf("list-unsubscribe-post").trim() !== "List-Unsubscribe=One-Click") return undefined;
  const [, address = ""] = /<(https?:[^>]+)>/.exec(valueOf("list-unsubscribe")) ?? [];
  return URL.canParse(address) ? new URL(address).pathname : undefined;
}

function summaryOf(id: string, mail: ParsedMail): MailSummary {
  const delivered = mail.headerLines
    .filter(({ key }) => key === "delivered-to")
    .map(({ line }) => line.slice(13).trim());
  const key = mail.headers.get("x-regulars-delivery");
  return {
    id,
    from: fromOf(mail),
    to: delivered.length > 0 ? delivered : addressesOf(mail.to),
    subject: mail.subject ?? "",
    at: id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z.*$/, "$1-$2-$3T$4:$5:$6.$7Z"),
    key: typeof key === "string" ? key : undefined,
  };
}

function fromOf({ from }: ParsedMail): string {
  const { name = "", address = "" } = from?.value[0] ?? {};
  return name === "" ? address : `${name} <${address}>`;
}

const addressesOf = (to: AddressObject | AddressObject[] | undefined): string[] =>
  [to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ""));
