import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { noticeSchema } from "@regulars/core/notifications/message";
import { seeded } from "@regulars/core/platform/random";
import { toInstant } from "@regulars/core/platform/values";
import { tenantSchema } from "@regulars/core/tenants/tenant";
import { closeTable, openTable } from "@regulars/store/engine/table";
import { openTenantStore } from "@regulars/store/tenant-store";
import { bundleHandler } from "../deploy/bundle.ts";
import { loopbackUrl } from "../fixtures/loopback.ts";

/** Makes the program that sends as one file in a folder, and returns its path: it starts in half of the time. */
export async function bundledSender(folder: string): Promise<string> {
  await bundleHandler("test/checks/crash-sender.main", folder, { minify: false, sourcemap: false, splitting: false });
  return join(folder, "crash-sender.mjs");
}

/** Where the rounds are stored, and how many there are. */
interface CrashPlan {
  /** Path of the program that sends. */
  readonly sender: string;
  readonly tableName: string;
  readonly endpoint: string;
  readonly tenantId: string;
  readonly rounds: number;
  readonly seed: number;
}

/** What became of the messages of all rounds. */
interface CrashReport {
  readonly rounds: number;
  readonly kills: number;
  readonly messages: number;
  /** Messages that never arrived. */
  readonly missing: readonly string[];
  /** Messages that arrived more than once: at most those on their way at a kill, eight each. */
  readonly repeated: number;
  /** Those of them that the log does not mark as perhaps twice. */
  readonly unmarked: readonly string[];
}

const PER_ROUND = 12;
/** Longer than a claim holds. */
const ROUND_MS = 7 * 60_000;
const START = Date.parse("2026-11-23T07:30:00.000Z");

/**
 * In each round messages come to be due, a process begins to send all that are, and is killed (SIGKILL) at a random
 * point: before or after an arrival, before the answer, or while it marks. The last process is left to end.
 */
export async function killSenders({
  sender,
  tableName,
  endpoint,
  tenantId,
  rounds,
  seed,
}: CrashPlan): Promise<CrashReport> {
  const random = seeded(seed);
  const tenant = tenantSchema.parse({ tenantId, name: "Acme", timeZone: "UTC", currency: "EUR", edition: "pro" });
  const table = openTable({ tableName, endpoint });
  const { outbox } = openTenantStore(table, tenant);
  const arrivals = new Map<string, number>();
  /** Kills the running process once so many messages have arrived in this round. */
  let onArrival: () => void = () => undefined;
  const ses = createServer(async (request, response) => {
    const source = Buffer.from(new URLSearchParams(await text(request)).get("RawMessage.Data") ?? "", "base64");
    const key =
      /^X-Regulars-Delivery: [^/]*\/(.*)$/m.exec(source.toString().replaceAll(/\r\n[ \t]+/g, " "))?.[1]?.trim() ?? "";
    arrivals.set(key, (arrivals.get(key) ?? 0) + 1);
    onArrival();
    const body = `<SendRawEmailResponse><SendRawEmailResult><MessageId>m-${key}</MessageId></SendRawEmailResult></SendRawEmailResponse>`;
    response.writeHead(200, { "Content-Type": "text/xml" }).end(body);
  });
  const sesEndpoint = await loopbackUrl(ses);
  let kills = 0;

  const run = async (now: number, killAfter: number | undefined, delayMs: number): Promise<void> => {
    const given = JSON.stringify({ tableName, endpoint, sesEndpoint, tenant, now });
    const child = spawn(process.execPath, [...process.execArgv, sender, given], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    let arrived = 0;
    onArrival = () => {
      arrived += 1;
      if (arrived !== killAfter) return;
      kills += 1;
      if (delayMs === 0) child.kill("SIGKILL");
      else setTimeout(() => child.kill("SIGKILL"), delayMs);
    };
    await ended;
  };

  const ids: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const now = START + round * ROUND_MS;
    const fresh = Array.from({ length: PER_ROUND }, (_, i) => `round ${round} message ${i}`);
    ids.push(...fresh);
    await outbox.queue(
      fresh.map((id) => ({ id, dueAt: toInstant(now), isOnHold: false, message: noticeFor(id, tenantId) })),
    );
    await run(now, 1 + Math.floor(random() * PER_ROUND), random() < 0.5 ? 0 : Math.floor(random() * 12));
  }
  await run(START + (rounds + 1) * ROUND_MS, undefined, 0);
  const log = new Map<string, { readonly state: string; readonly maybeDuplicate?: boolean | undefined }>();
  for await (const one of outbox.list()) log.set(one.id, one);
  closeTable(table);
  ses.closeAllConnections();
  ses.close();
  const repeated = ids.filter((id) => (arrivals.get(id) ?? 0) > 1);
  return {
    rounds,
    kills,
    messages: ids.length,
    missing: ids.filter((id) => arrivals.get(id) === undefined || log.get(id)?.state !== "sent"),
    repeated: repeated.length,
    unmarked: repeated.filter((id) => log.get(id)?.maybeDuplicate !== true),
  };
}

const noticeFor = (id: string, tenantId: string) =>
  noticeSchema.parse({
    type: "notice",
    tenantId,
    tenantName: "Acme",
    asOf: "2026-11-23",
    locale: "en",
    userId: "ada",
    to: { name: "Ada", address: "ada@acme.example" },
    title: id,
    paragraphs: [],
  });
