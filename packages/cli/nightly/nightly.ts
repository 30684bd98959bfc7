import { LANES } from "@regulars/flows/nightly/night-in-parts";
import { counted } from "@regulars/core/platform/counted";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { untoldJson, untoldSchema } from "@regulars/core/nightly/untold";
import { rewindRefusal } from "@regulars/core/nightly/rewind";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { toInstant } from "@regulars/core/platform/values";
import type { LocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, tenantArgument, wholeNumber } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { JobFailedError, jobsDone } from "../system/jobs-done.ts";

export interface NightlyOptions {
  readonly tenant: string;
  readonly asOf?: string;
  readonly send: boolean;
  readonly threads?: string;
  readonly force?: boolean;
}

/** `regulars night`: exit 1 when the nightly run or one of its messages failed. */
export function nightlyCommand(session: Session, options: NightlyOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const wanted = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  const threads =
    options.threads === undefined ? undefined : wholeNumber("--threads", options.threads, { least: 1, most: LANES });
  return withExistingSystem({ ...session, threads }, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const now = toInstant(system.runtime.clock());
    const last = lastCompletedDay(now, tenant.timeZone);
    const view = viewOfDay(wanted ?? last, tenant, now);
    if (!view.ok) throw new UserError(`--as-of ${view.message}`);
    const asOf = wanted ?? last;
    const mayRewind = options.force === true;
    const rewind = mayRewind ? undefined : rewindRefusal(asOf, (await store.nightly.lastNightly())?.asOf);
    if (rewind !== undefined)
      throw new UserError(
        `${rewind.message}. To only look at it: npx regulars insights --tenant ${tenantId} --as-of ${asOf}. To put everything back: add --force`,
      );
    const summary = await runNightlyJob(system, { tenantId, asOf, isOnHold: !options.send, mayRewind });
    if (session.json) printJson(session, summary);
    else session.print(`${describeNightly(summary)}\n`);
    return summary.messages.failed > 0 ? 1 : 0;
  });
}

/** Figures of a nightly run and of its notifications. */
export type NightlyResult = Readonly<Record<string, unknown>> & {
  readonly untold?: readonly ReturnType<typeof untoldJson>[];
  readonly messages: {
    readonly queued: number;
    readonly sent: number;
    readonly failed: number;
    /** Notifications kept back, because of --no-send or because a later day's nightly run has already run. */
    readonly isOnHold: boolean;
  };
};

/** Queues the nightly run, as the schedule does, and waits until it and all its messages are done; throws when it fails. */
export async function runNightlyJob(
  system: Pick<LocalSystem, "queues" | "reported" | "failures" | "folder">,
  message: {
    readonly tenantId: string;
    readonly asOf: string;
    readonly isOnHold: boolean;
    readonly mayRewind?: boolean;
  },
): Promise<NightlyResult> {
  const from = system.reported.length;
  await system.queues.send("nightly", message);
  await jobsDone(system, {
    what: `the nightly run of ${message.tenantId} failed`,
    rest: "run the same command again, and it does the rest",
  });
  const reported = system.reported.slice(from);
  const nightly = reported.find(({ what }) => what === "nightly")?.figures;
  if (nightly === undefined) throw new JobFailedError(worksElsewhere(message.tenantId));
  const deliveries = reported.filter(({ what }) => what === "deliver").map(({ figures }) => figures);
  const total = (name: string): number => deliveries.reduce((sum, figures) => sum + Number(figures[name] ?? 0), 0);
  const { messagesQueued, isOnHold: isHeld, tenantId: tenant, untold, ...rest } = nightly;
  const groups = untoldSchema.safeParse(untold).data ?? [];
  return {
    tenant,
    ...rest,
    ...(groups.length === 0 ? {} : { untold: groups.map(untoldJson) }),
    messages: {
      queued: Number(messagesQueued),
      sent: total("sent"),
      failed: total("failed"),
      isOnHold: isHeld === true,
    },
  };
}

/**
 * A large tenant's night is worked at in parts, each by one process for at most a quarter of an hour: one that was killed
 * keeps its part for as long.
 */
const worksElsewhere = (tenantId: string): string =>
  `the nightly run of ${tenantId} is not done: another process works at a part of it, or did when it was killed. What was saved is safe: run the same command again in a quarter of an hour, and it does the rest`;

/** A nightly run as a few lines of text. */
export function describeNightly(nightly: NightlyResult): string {
  const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
  const show = (value: unknown): string => number.format(Number(value));
  const findings = record(nightly["findings"]);
  const kinds = Object.entries(record(nightly["kinds"])).map(([kind, count]) => {
    const { eligible, found, added } = record(count);
    return `  ${kind.padEnd(18)} ${show(found).padStart(6)} found (${show(added)} fresh) among ${counted(Number(eligible), "eligible customer")}`;
  });
  const customers = Number(nightly["customers"]);
  return [
    `Nightly run of ${String(nightly["asOf"])} for ${String(nightly["tenant"])}: ${counted(customers, "customer")} in ${show(nightly["ms"])} ms`,
    ...kinds,
    `  findings: ${show(findings["added"])} fresh, ${show(findings["ongoing"])} lasting, ${show(findings["resolved"])} resolved`,
    ...setAsideText(nightly["setAside"]),
    `  messages: ${describeMessages(nightly.messages, show)}`,
    ...untoldLines(nightly.untold ?? []),
    `  read ${counted(Number(nightly["itemsRead"]), "item")} for ${show(nightly["readRequestUnits"])} RRU, wrote ${show(nightly["itemsWritten"])} for ${show(nightly["writeRequestUnits"])} WRU`,
  ].join("\n");
}

/** Lines about what is to act on and in nobody's digest: how much, why, and what to do. */
const untoldLines = (groups: NonNullable<NightlyResult["untold"]>): string[] =>
  groups.flatMap(({ entries, customers, first, why }) => {
    const others = customers > first.length ? `, and ${counted(customers - first.length, "other")}` : "";
    return [
      `  in nobody's digest: ${counted(entries, "entry", "entries")} of ${counted(customers, "customer")} (${first.join(", ")}${others})`,
      `    because ${why}`,
    ];
  });

/** Lines about the customers that the nightly run skipped: their number, then some with the reason. */
function setAsideText(setAside: unknown): string[] {
  const { count, first } = record(setAside);
  if (count === undefined) return [];
  const named = Array.isArray(first) ? first.map((one) => record(one)) : [];
  return [
    `  skipped: ${counted(Number(count), "customer")}; their findings are unchanged`,
    ...named.map(({ customerId, reason }) => `    ${String(customerId)}: ${String(reason)}`),
  ];
}

function describeMessages(messages: NightlyResult["messages"], show: (value: unknown) => string): string {
  if (messages.isOnHold)
    return `${show(messages.queued)} kept back (--no-send, or a later day's nightly run has already run)`;
  const failed = messages.failed > 0 ? `, ${show(messages.failed)} failed (they are tried again)` : "";
  return `${show(messages.sent)} sent${failed}`;
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};
