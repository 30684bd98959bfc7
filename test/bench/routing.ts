import { effectivePreferences } from "@regulars/core/notifications/effective";
import { noPreferences } from "@regulars/core/notifications/preferences";
import { route } from "@regulars/core/notifications/route";
import type { BenchFigure } from "./workspace.ts";

const DECISIONS = 400_000;
const ROUNDS = 3;
const STARTED = Date.parse("2026-03-28T00:00:00Z");
/** Between two decisions, ms: a year passes, with quiet hours, weekends and both changes of the clocks. */
const STEP_MS = 78_840;
const ZONES = ["Europe/Copenhagen", "America/Sao_Paulo", "Pacific/Auckland", "Asia/Kathmandu"];
const KINDS = ["churn-risk", "overdue-payments", "introduction"];
const LEVELS = ["high", "high", "high", "medium", "watch"] as const;

/** Readers of four zones: who works at weekends, who does not, who is paused, who has switched a kind off. */
const readers = ZONES.flatMap((zone) =>
  [
    {},
    { workWeekends: false },
    { quietFrom: "22:15", quietUntil: "02:30" },
    { kinds: { "churn-risk": { high: "off" as const } } },
  ].map((choices) =>
    effectivePreferences({
      tenant: { timeZone: zone, locale: "en" },
      own: { ...noPreferences, choices: { ...choices, zone } },
    }),
  ),
);

/** Decisions of the one place that routes news, each with another reader, kind, level and minute; the best of three. */
export function routingFigures(): BenchFigure[] {
  const perSecond = Array.from({ length: ROUNDS }, () => {
    const begun = process.cpuUsage();
    const counts = decide();
    const { user, system } = process.cpuUsage(begun);
    if (Object.values(counts).some((count) => count === 0)) throw new Error("a kind of decision was never taken");
    return DECISIONS / ((user + system) / 1e6);
  });
  return [{ name: "routing: decisions how and when", value: Math.max(...perSecond), unit: "/s", atLeast: 200_000 }];
}

function decide(): Readonly<Record<"now" | "hold" | "digest" | "nothing", number>> {
  const counts = { now: 0, hold: 0, digest: 0, nothing: 0 };
  for (let index = 0; index < DECISIONS; index += 1) {
    const reader = readers[index % readers.length];
    const kind = KINDS[index % KINDS.length];
    if (reader === undefined || kind === undefined) continue;
    counts[route({ kind, level: LEVELS[index % LEVELS.length] }, reader, STARTED + index * STEP_MS).send] += 1;
  }
  return counts;
}
