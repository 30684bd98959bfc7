import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One message in its current version. */
export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly text: string;
  readonly blocks: readonly unknown[];
  /** The notification's key, from the message's metadata. */
  readonly key: string | undefined;
  /** Whether it was changed after it was posted. */
  readonly edited: boolean;
  /** The workspace that it was posted in; absent in messages of an earlier version. */
  readonly team?: string | undefined;
  /** Only this user sees it. */
  readonly onlyFor?: string | undefined;
}

/** The arguments of a call. */
export type SlackContent = Pick<SlackMessage, "text" | "blocks" | "key" | "team" | "onlyFor">;

/** The messages of one folder: a JSON Lines file with one line for each post and each update. */
export interface SlackStore {
  readonly post: (channel: string, content: SlackContent) => Promise<SlackMessage>;
  /** Undefined when there is no such message. */
  readonly update: (channel: string, ts: string, content: SlackContent) => Promise<SlackMessage | undefined>;
  /** Oldest first. */
  readonly list: () => Promise<readonly SlackMessage[]>;
}

/** Opens the folder's messages; the folder is created on the first message. */
export function slackStore(folder: string): SlackStore {
  const file = join(folder, "messages.jsonl");
  const write = async (message: SlackMessage) => {
    await mkdir(folder, { recursive: true });
    // The line break comes first, so that a partial line left by a killed process does not damage the next one.
    await appendFile(file, `\n${JSON.stringify(message)}`);
    return message;
  };
  const list = async () => foldLines(await readLines(file));
  return {
    post: (channel, content) => write({ ts: nextTimestamp(), channel, ...content, edited: false }),
    async update(channel, ts, content) {
      const known = (await list()).find((message) => message.channel === channel && message.ts === ts);
      return known && write({ ...known, ...content, key: content.key ?? known.key, edited: true });
    },
    list,
  };
}

let lastMicros = 0;

/** "1795400000.123456": Slack's message id, seconds and microseconds, each later than the one before. */
function nextTimestamp(): string {
  const micros = Math.floor((performance.timeOrigin + performance.now()) * 1000);
  lastMicros = Math.max(micros, lastMicros + 1);
  return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, "0")}`;
}

async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n");
}

function foldLines(lines: readonly string[]): readonly SlackMessage[] {
  const messages = new Map<string, SlackMessage>();
  for (const message of lines.map(parseLine))
    if (message !== undefined) messages.set(`${message.channel}/${message.ts}`, message);
  return [...messages.values()].toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** A partial line is not JSON and is ignored. */
function parseLine(line: string): SlackMessage | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isMessage = (value: unknown): value is SlackMessage =>
  typeof value === "object" && value !== null && "ts" in value && "channel" in value && "blocks" in value;
