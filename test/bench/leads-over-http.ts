import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "@regulars/local/engine/ports";
import * as z from "zod";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";
import type { BenchFigure } from "./workspace.ts";

const LEAD_SERVER = fileURLToPath(new URL("lead-server.ts", import.meta.url));
const MANAGERS = ["ann", "bob", "cleo", "dan", "eve"];
const SENDERS = 40;
const SECONDS = 60;
/** More senders than the queue before the intake has places. */
const TOO_MANY = 400;
const RUSH_SECONDS = 5;

interface Answer {
  readonly status: number;
  readonly ms: number;
  readonly retryAfter: string | null;
  readonly dealId: string | undefined;
}

/**
 * Leads over HTTP to one plan of a local system that is a process of its own, from a client on the
 * same processors: 40 senders that each wait for their answer, then more than the queue before the intake has places.
 */
export async function leadsOverHttp(seconds = SECONDS): Promise<BenchFigure[]> {
  const place = await aWorkspace();
  const port = String(await freePort());
  try {
    const intake = await anIntake(place, `http://127.0.0.1:${port}`);
    const server = spawn(process.execPath, [LEAD_SERVER, place.data, port], { stdio: ["ignore", "pipe", "inherit"] });
    await once(server.stdout, "data");
    const warm = await intake.send(SENDERS, 1);
    const calm = await intake.send(SENDERS, seconds);
    const rush = await intake.send(TOO_MANY, Math.min(seconds, RUSH_SECONDS));
    server.kill();
    await once(server, "exit");
    const stored = await storedDeals(place, intake.planId);
    const accepted = new Set([...calm, ...rush, ...warm].map(({ dealId }) => dealId).filter((id) => id !== undefined));
    const refused = rush.filter(({ status }) => status === 503);
    const other = [...warm, ...calm, ...rush].find((one) => !isTaken(one) && one.status !== 503);
    if (other !== undefined) throw new Error(`a lead over HTTP was answered ${other.status}`);
    return [
      {
        name: `leads over HTTP, ${SENDERS} senders`,
        value: calm.filter(isTaken).length / seconds,
        unit: "/s",
        goal: { atLeast: 300 },
      },
      { name: "… refused", value: calm.length - calm.filter(isTaken).length, unit: "", limit: 0 },
      { name: "… p99", value: p99(calm), unit: "ms", goal: { atMost: 2_000 } },
      {
        name: `${TOO_MANY} senders: refused with 503 and Retry-After`,
        value: (100 * refused.length) / rush.length,
        unit: "%",
      },
      { name: "… 503 without Retry-After", value: refused.filter(isBare).length, unit: "", limit: 0 },
      { name: "… p99 of those taken", value: p99(rush.filter(isTaken)), unit: "ms" },
      { name: "… spread between managers", value: Math.max(...stored) - Math.min(...stored), unit: "", limit: 1 },
      { name: "… lost or double", value: Math.abs(sum(stored) - accepted.size), unit: "", limit: 0 },
    ];
  } finally {
    await place.close();
  }
}

interface Intake {
  readonly planId: string;
  /** Sends leads for so many seconds, each sender the next one when the one before is answered. */
  readonly send: (senders: number, seconds: number) => Promise<Answer[]>;
}

const planSchema = z.object({ plan: z.object({ planId: z.string() }) });
const keySchema = z.object({ secret: z.string() });
const takenSchema = z.object({ dealId: z.string() });
const listSchema = z.object({ total: z.object({ count: z.number() }) });

const isTaken = ({ dealId }: Answer): boolean => dealId !== undefined;
const isBare = ({ retryAfter }: Answer): boolean => retryAfter === null;
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

function p99(answers: readonly Answer[]): number {
  const times = answers.map(({ ms }) => ms).toSorted((a, b) => a - b);
  return times[Math.ceil(times.length * 0.99) - 1] ?? NaN;
}

/** How many deals each manager has after the server has ended. */
async function storedDeals(place: TempWorkspace, planId: string): Promise<number[]> {
  const counts: number[] = [];
  for (const manager of MANAGERS) {
    const asked = ["deals", "list", planId, "--tenant", "leads", "--manager", manager, "--limit", "1"];
    counts.push(listSchema.parse(await place.json(asked)).total.count);
  }
  return counts;
}

/** A plan and a key for its leads. */
async function anIntake(place: TempWorkspace, url: string): Promise<Intake> {
  const tenant = ["--tenant", "leads"];
  await place.json(["tenants", "create", "leads", "--time-zone", "UTC", "--admin", "ada"]);
  await place.write("users.csv", ["userId,name,role", ...MANAGERS.map((id) => `${id},${id},rep`)].join("\n"));
  await place.json(["import", "users", "users.csv", ...tenant]);
  const distribution = { mode: "uniform", affinity: "random", balance: "even" };
  const members = MANAGERS.map((userId) => ({ userId }));
  await place.write("plan.json", JSON.stringify({ name: "Leads", distribution, members }));
  const made = await place.json(["plans", "create", "plan.json", ...tenant]);
  const { planId } = planSchema.parse(made).plan;
  const { secret } = keySchema.parse(
    await place.json(["keys", "create", "site", ...tenant, "--actions", "leads.add", "--plans", planId]),
  );
  let sent = 0;
  const sendOne = async (): Promise<Answer> => {
    sent += 1;
    const began = performance.now();
    const reply = await fetch(`${url}/v1/hooks/plans/${planId}/leads`, {
      method: "POST",
      headers: { "x-api-key": secret, "content-type": "application/json", "idempotency-key": `"lead:${sent}"` },
      body: JSON.stringify({
        person: { externalId: `p${sent}`, name: `Person ${sent}`, email: `p${sent}@example.com` },
      }),
    });
    const text = await reply.text();
    const ms = performance.now() - began;
    const dealId = reply.ok ? takenSchema.parse(JSON.parse(text)).dealId : undefined;
    return { status: reply.status, ms, retryAfter: reply.headers.get("retry-after"), dealId };
  };
  const send = async (senders: number, seconds: number): Promise<Answer[]> => {
    const answers: Answer[] = [];
    const end = performance.now() + seconds * 1_000;
    const sender = async (): Promise<void> => {
      while (performance.now() < end) answers.push(await sendOne());
    };
    await Promise.all(Array.from({ length: senders }, sender));
    return answers;
  };
  return { planId, send };
}
