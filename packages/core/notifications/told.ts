import { type Level, levels } from "../insights/finding.ts";
import type { EvaluatedFinding } from "../insights/evaluate.ts";
import { reachedOn } from "../insights/diff.ts";
import type { FormerFinding } from "../insights/stored-finding.ts";
import type { Day, UserId } from "../platform/values.ts";

const isWorse = (level: Level, than: Level): boolean => levels.indexOf(level) < levels.indexOf(than);

type Leveled = Pick<EvaluatedFinding, "level" | "episode">;

/**
 * Whether somebody was told of a finding at once, in its episode: then no digest tells it again. A level that has become
 * worse since is other news.
 */
export const wasTold = (
  before: Pick<FormerFinding, "episode" | "told"> | undefined,
  { level, episode }: Leveled,
  userId: UserId | undefined,
): boolean =>
  before?.told !== undefined &&
  before.episode === episode &&
  before.told.to === userId &&
  !isWorse(level, before.told.level);

/**
 * The day of the nightly run in which an open finding got its level, in its episode; `undefined` for one that had it
 * before. For `high` that day is stored, so that after an interrupted run the next one tells it.
 */
export function gotLevelOn(before: FormerFinding | undefined, finding: EvaluatedFinding, asOf: Day): Day | undefined {
  if (finding.level === "high" || finding.state !== "open") return reachedOn(before, finding, asOf);
  if (before?.told?.on === asOf && before.episode === finding.episode) return asOf;
  if (before === undefined) return finding.ruleHeldUntil === undefined ? asOf : undefined;
  return before.episode !== finding.episode || isWorse(finding.level, before.level) ? asOf : undefined;
}
