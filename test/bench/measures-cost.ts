import { ItemDemand } from "@regulars/core/insights/item-demand";
import { paceOf, recentGapsOf, severityOf } from "@regulars/core/insights/kinds/churn-risk/severity";
import { orderGapsOf } from "@regulars/core/insights/order-gaps";
import { MeasuresCollector } from "@regulars/core/insights/tenant-measures";
import { gammaTail, mean, median, sampleVariance } from "@regulars/core/platform/statistics";
import { day, toDayNumber } from "@regulars/core/platform/values";
import type { History } from "@regulars/core/snapshots/history";
import type { LocalSystem, OpenedTenant } from "@regulars/local/system";
import { nightly } from "./nightly-runs.ts";
import type { BenchFigure } from "./workspace.ts";

const ROUNDS = 5;
/** The mean gap of the tenant: any number takes as long. */
const MEAN_GAP = 40;

/** Milliseconds of a night, and of the steps that are compared with it: each night's, and those of a month's first. */
interface Round {
  readonly ms: number;
  readonly every: number;
  readonly monthly: number;
}

/**
 * What a night spends on the chance that nothing comes and on what all customers together tell, as shares of its time:
 * the same steps over all customers, timed in between nights of the same tenant. The gamma curve that rated silences
 * before is taken off.
 */
export async function measuresCost(system: LocalSystem, opened: OpenedTenant, asOf: string): Promise<BenchFigure[]> {
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const { ms } = await nightly(system, opened.tenant.tenantId, asOf);
    rounds.push({ ms, ...(await extraTime(opened, asOf)) });
  }
  const least = (of: (round: Round) => number): number => Math.min(...rounds.map(of));
  const share = (of: (round: Round) => number): number => {
    const extra = least(of);
    return (100 * extra) / (least(({ ms }) => ms) - extra);
  };
  return [
    { name: "chance that nothing comes: grows a night by", value: share(({ every }) => every), unit: "%", limit: 5 },
    {
      name: "… and in a month's first night, with its measures",
      value: share(({ every, monthly }) => every + monthly),
      unit: "%",
      limit: 5,
    },
  ];
}

async function extraTime({ store }: OpenedTenant, asOf: string): Promise<Omit<Round, "ms">> {
  const on = day(asOf);
  const demand = new ItemDemand(toDayNumber(on));
  const collector = new MeasuresCollector(on);
  let [every, monthly, before] = [0, 0, 0];
  for (const shard of store.shards)
    for await (const { history } of store.nightly.snapshots(shard, { asOf: on }, { repair: false })) {
      const marks = [performance.now()];
      demand.add(history);
      rate(history, toDayNumber(on));
      marks.push(performance.now());
      rateBefore(history, toDayNumber(on));
      marks.push(performance.now());
      collector.add(history);
      marks.push(performance.now());
      const [a = 0, b = 0, c = 0, d = 0] = marks;
      every += b - a;
      before += c - b;
      monthly += d - c;
    }
  if (collector.measures().gapCount === 0) throw new Error("there is nothing to measure");
  return { every: every - before, monthly };
}

const rhythmOf = (gaps: readonly number[]) => ({
  gapCount: gaps.length,
  meanGapDays: mean(gaps) ?? 1,
  gapVariance: sampleVariance(gaps) ?? 0,
  medianGapDays: median(gaps) ?? 1,
});

function rate(history: History, on: number): number {
  const gaps = orderGapsOf(history);
  if (gaps.length < 4) return 1;
  const pace = paceOf({ ...rhythmOf(gaps), recentGaps: recentGapsOf(gaps) }, MEAN_GAP);
  return severityOf(pace, on - (history.orderDays[history.orderDayCount - 1] ?? on)).q;
}

/** How rare the silence is by a gamma curve of the gaps. */
function rateBefore(history: History, on: number): number {
  const gaps = orderGapsOf(history);
  if (gaps.length < 4) return 1;
  const { meanGapDays, gapVariance } = rhythmOf(gaps);
  const shape = Math.min(12, Math.max(0.7, meanGapDays ** 2 / (gapVariance + 1e-9)));
  return gammaTail(on - (history.orderDays[history.orderDayCount - 1] ?? on), shape, meanGapDays / shape);
}
