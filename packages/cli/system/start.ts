import { counted } from "@regulars/core/platform/counted";
import { setTimeout as sleep } from "node:timers/promises";
import { formatMoney } from "@regulars/core/platform/money";
import type { RankedEntry } from "@regulars/core/insights/rank";
import { minorSum, toInstant } from "@regulars/core/platform/values";
import { readWorklists } from "@regulars/flows/insights/worklists";
import { recordRunningServer } from "@regulars/local/engine/running-server";
import { startClock } from "@regulars/local/clock";
import { refuseBusyPort } from "@regulars/local/engine/ports";
import { seedDemo } from "@regulars/local/demo/seed-demo";
import type { LocalSystem } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { type Session, openSystem, printJson } from "../session.ts";
import { textTable } from "../text-table.ts";
import { type NightlyResult, runNightlyJob } from "../nightly/nightly.ts";

export interface StartOptions {
  readonly port: string;
  readonly demo: boolean;
}

const MAX_PORT = 65_535;
/** How long a nightly run may go on after Ctrl-C, ms. The next start finishes a longer one. */
const LAST_WORK_MS = 5_000;

/** `regulars start`: the whole system until Ctrl-C. */
export async function startCommand(session: Session, options: StartOptions): Promise<number> {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 1 || port > MAX_PORT)
    throw new UserError(`--port "${options.port}" is not a port: choose a number from 1 to ${MAX_PORT}`);
  await refuseBusyPort(port);
  const signal = session.stopSignal();
  const system = await openSystem(session, { port, keepsDatabase: true });
  let forgetRunningServer: (() => Promise<void>) | undefined;
  try {
    forgetRunningServer = await recordRunningServer(session.data, system.url);
    const stopped = untilAborted(signal);
    if (options.demo) await Promise.race([showDemo(session, system), stopped]);
    if (signal.aborted) return 0;
    const clock = startClock(system);
    if (session.json) printJson(session, { ...addresses(system), data: session.data });
    else session.print(welcome(system, session.data, options.demo));
    await stopped;
    session.note("\nStopping…\n");
    await Promise.race([clock.stop(), sleep(LAST_WORK_MS)]);
  } finally {
    await forgetRunningServer?.();
    await system.close();
  }
  return 0;
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

const addresses = ({ url }: LocalSystem) => ({
  mail: `${url}/mail`,
  slack: `${url}/slack`,
  api: `${url}/v1/health`,
});

async function showDemo(session: Session, system: LocalSystem): Promise<void> {
  if (!session.json) session.note(`Open ${system.url} now; the demo tenant is being prepared…\n`);
  const { tenantId, asOf, imported } = await seedDemo(system, (step) => {
    if (!session.json) session.note(`  ${step}\n`);
  });
  if (imported !== undefined && !session.json) session.note("  first nightly run\n");
  const nightly = imported === undefined ? undefined : await runNightlyJob(system, { tenantId, asOf, isOnHold: false });
  if (!session.json) session.print(await demoSummary(system, tenantId, asOf, nightly));
}

async function demoSummary(
  system: LocalSystem,
  tenantId: Parameters<LocalSystem["openTenant"]>[0],
  asOf: string,
  nightly: NightlyResult | undefined,
): Promise<string> {
  const { tenant, store, catalog } = await system.openTenant(tenantId);
  const now = toInstant(system.runtime.clock());
  const lists = await readWorklists({ tenant, store: store.nightly, catalog, now });
  const rows = catalog.kinds.map(({ id, title }) => {
    const ofKind = (entries: readonly RankedEntry[] = []) => entries.filter(({ finding }) => finding.kind === id);
    const toActOn = ofKind(lists?.all.ranked);
    const stake = minorSum(toActOn.reduce((total, { atStakeMinor }) => total + atStakeMinor, 0));
    return [
      `  ${title}`,
      String(toActOn.length),
      String(toActOn.filter(({ finding }) => finding.level === "high").length),
      formatMoney(stake, tenant.currency, tenant.locale),
      String(ofKind(lists?.all.toWatch).length),
    ];
  });
  const sent =
    nightly === undefined ? "" : ` ${counted(nightly.messages.sent, "message")} sent in ${String(nightly["ms"])} ms.`;
  return [
    `\n${tenant.name} (tenant "${tenantId}"), nightly run of ${asOf}:${sent}\n`,
    textTable(["  ", "TO ACT ON", "HIGH", "AT STAKE", "TO WATCH"], rows),
    "",
  ].join("\n");
}

function welcome(system: LocalSystem, data: string, hasDemo: boolean): string {
  const { mail, slack } = addresses(system);
  return `
Regulars is running.

  Open        ${system.url}
  Mail inbox  ${mail}
  Slack       ${slack}
  API         ${system.url}/docs (tokens: ${system.url}/sign-in)
  Data        ${data} (delete the folder to begin anew)
${hasDemo ? "\n  Look closer: npx regulars insights --tenant demo\n" : ""}
Ctrl-C stops.
`;
}
