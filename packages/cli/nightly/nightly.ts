import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { toInstant } from "@regulars/core/platform/values";
import type { LocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";

export interface NightOptions {
  readonly tenant: string;
  readonly asOf?: string;
  readonly send: boolean;
}

/** `regulars night`: exit 1 when the night or one of its messages failed. */
export function nightCommand(session: Session, options: NightOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const wanted = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  return withExistingSystem(session, async (system) => {
    const { tenant } = await system.openTenant(tenantId);
    const now = toInstant(system.runtime.clock());
    const last = lastCompletedDay(now, tenant.timeZone);
    const view = viewOfDay(wanted ?? last, tenant, now);
    if (!view.ok) throw new UserError(`--as-of ${view.message}`);
    const summary = await runNightJob(system, tenantId, wanted ?? last, !options.send);
    if (summary === undefined) {
      session.note(
        `the night of ${tenantId} failed: ${system.failures.at(-1) ?? "no reason was given"}. More is in ${system.folder}/regulars.log\n`,
      );
      return 1;
    }
    if (session.json) printJson(session, summary);
    else session.print(`${describeNight(summary)}\n`);
    return summary.messages.failed > 0 ? 1 : 0;
  });
}

/** What a night came to, with what its deliveries sent. */
export type NightResult = Readonly<Record<string, unknown>> & {
  readonly messages: {
    readonly queued: number;
    readonly sent: number;
    readonly failed: number;
    /** Asked for by --no-send, or because a later day's night has run already. */
    readonly isKeptBack: boolean;
  };
};

/** Sends the night's message to the queue, as the clock would, and waits until all it caused is done. */
export async function runNightJob(
  system: LocalSystem,
  tenantId: string,
  asOf: string,
  isWithheld: boolean,
): Promise<NightResult | undefined> {
  const from = system.reported.length;
  await system.queues.send("nights", { tenantId, asOf, isWithheld });
  await system.queues.idle();
  const reported = system.reported.slice(from);
  const night = reported.find(({ what }) => what === "night")?.figures;
  if (night === undefined) return undefined;
  const deliveries = reported.filter(({ what }) => what === "deliver").map(({ figures }) => figures);
  const total = (name: string): number => deliveries.reduce((sum, figures) => sum + Number(figures[name] ?? 0), 0);
  const { messagesQueued, isWithheld: keptBack, tenantId: tenant, ...rest } = night;
  return {
    tenant,
    ...rest,
    messages: {
      queued: Number(messagesQueued),
      sent: total("sent"),
      failed: total("failed"),
      isKeptBack: keptBack === true,
    },
  };
}

/** A night in a few lines. */
export function describeNight(night: NightResult): string {
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
  const show = (value: unknown): string => number.format(Number(value));
  const findings = record(night["findings"]);
  const kinds = Object.entries(record(night["kinds"])).map(([kind, count]) => {
    const { eligible, found, fresh } = record(count);
    return `  ${kind.padEnd(18)} ${show(found).padStart(6)} found (${show(fresh)} fresh) among ${show(eligible)} eligible customers`;
  });
  return [
    `Night of ${String(night["asOf"])} for ${String(night["tenant"])}: ${show(night["customers"])} customers in ${show(night["ms"])} ms`,
    ...kinds,
    `  findings: ${show(findings["fresh"])} fresh, ${show(findings["lasting"])} lasting, ${show(findings["resolved"])} resolved`,
    ...setAsideText(night["setAside"]),
    `  messages: ${describeMessages(night.messages, show)}`,
    `  read ${show(night["itemsRead"])} items for ${show(night["readRequestUnits"])} RRU, wrote ${show(night["itemsWritten"])} for ${show(night["writeRequestUnits"])} WRU`,
  ].join("\n");
}

/** A line for each customer that the night passed over, and one that counts them. */
function setAsideText(setAside: unknown): string[] {
  const { count, first } = record(setAside);
  if (count === undefined) return [];
  const named = Array.isArray(first) ? first.map((one) => record(one)) : [];
  return [
    `  set aside: ${String(count)} customers, whose findings stayed as they were`,
    ...named.map(({ customerId, reason }) => `    ${String(customerId)}: ${String(reason)}`),
  ];
}

function describeMessages(messages: NightResult["messages"], show: (value: unknown) => string): string {
  if (messages.isKeptBack)
    return `${show(messages.queued)} kept back (--no-send, or a later day's night has run already)`;
  const failed = messages.failed > 0 ? `, ${show(messages.failed)} failed (they are tried again)` : "";
  return `${show(messages.sent)} sent${failed}`;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};
