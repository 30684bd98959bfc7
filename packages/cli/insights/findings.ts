import { type RulePrecision, verdicts } from "@regulars/core/insights/feedback";
import { addDays, localDay } from "@regulars/core/platform/period";
import { type UserId, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { giveFeedback, rulePrecision } from "@regulars/flows/insights/give-feedback";
import { listResolved } from "@regulars/flows/insights/list-resolved";
import { reopenFinding, snoozeFinding } from "@regulars/flows/insights/snooze-finding";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, checkedArgument, oneOf, tenantArgument } from "../arguments.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, tell, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { findingActions } from "./actions.ts";

type Action = (typeof findingActions)[number];

export interface FindingsOptions {
  readonly tenant: string;
  readonly until?: string;
  readonly verdict?: string;
  readonly note?: string;
  readonly by?: string;
  readonly since?: string;
}

interface Asked {
  readonly opened: OpenedTenant;
  readonly session: Session;
  readonly id: string | undefined;
  readonly options: FindingsOptions;
  readonly by: UserId | undefined;
  readonly now: ReturnType<typeof toInstant>;
}

const RESOLVED_DAYS = 30;

/**
 * `regulars findings ACTION [FINDING]`: snoozes, dismisses and reopens findings, stores feedback, and shows precision
 * and outcomes.
 */
export function findingsCommand(
  session: Session,
  actionName: string,
  id: string | undefined,
  options: FindingsOptions,
): Promise<number> {
  const action = oneOf(findingActions, "action", actionName);
  const by = options.by === undefined ? undefined : checkedArgument(userIdSchema, "--by", options.by);
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    await refuseUnknownUsers(opened, "--by", by);
    await actions[action]({ opened, session, id, options, by, now: toInstant(system.runtime.clock()) });
    return 0;
  });
}

const actions: Readonly<Record<Action, (asked: Asked) => Promise<void>>> = {
  snooze: (asked) => setAside(asked, true),
  dismiss: (asked) => setAside(asked, false),
  reopen: async (asked) => {
    const done = await reopenFinding(reviewOf(asked));
    if (!done.ok) throw new UserError(done.message);
    tell(asked.session, done.value, `${done.value.findingId} is open again`);
  },
  feedback: keepFeedback,
  precision: showPrecision,
  resolved: showResolved,
};

function reviewOf({ opened, id, now }: Asked) {
  if (id === undefined) throw new UserError("name the finding: its id, as `regulars insights --json` gives it");
  const { tenant, catalog, store } = opened;
  return { tenant, catalog, store: store.nightly, review: store.review, findingId: id, now };
}

async function setAside(asked: Asked, isForNow: boolean): Promise<void> {
  const { options, by } = asked;
  const review = reviewOf(asked);
  if (isForNow && options.until === undefined)
    throw new UserError("findings snooze needs --until with a day, like 2027-01-15; findings dismiss takes no day");
  const until = isForNow && options.until !== undefined ? dayArgument("--until", options.until) : undefined;
  const done = await snoozeFinding({ ...review, until, by });
  if (!done.ok) throw new UserError(done.message);
  tell(
    asked.session,
    done.value,
    `${done.value.findingId} is set aside${until === undefined ? "" : ` until ${until}`}`,
  );
}

async function keepFeedback(asked: Asked): Promise<void> {
  const { options, by } = asked;
  const review = reviewOf(asked);
  if (options.verdict === undefined)
    throw new UserError(`findings feedback needs --verdict: one of ${verdicts.join(", ")}`);
  const verdict = oneOf(verdicts, "--verdict", options.verdict);
  const done = await giveFeedback({ ...review, verdict, note: options.note, by });
  if (!done.ok) throw new UserError(done.message);
  tell(asked.session, done.value, `${done.value.findingId}: feedback "${verdict}" saved for ${done.value.rule}`);
}

async function showPrecision(asked: Asked): Promise<void> {
  const { tenant, store } = asked.opened;
  const rules = await rulePrecision(tenant, store.review);
  if (!rules.ok) throw new UserError(rules.message);
  tell(asked.session, { tenant: tenant.tenantId, rules: rules.value }, describePrecision(rules.value));
}

const percent = (share: number | undefined): string => (share === undefined ? "–" : `${(100 * share).toFixed(1)} %`);

const describePrecision = (rules: readonly RulePrecision[]): string =>
  rules.length === 0
    ? "Nobody has said anything of a finding yet."
    : textTable(
        ["RULE", "USEFUL", "WRONG", "KNOWN REASON", "PRECISION", "95 % INTERVAL"],
        rules.map(({ rule, useful, wrong, knownReason, precision, interval }) => [
          rule,
          String(useful),
          String(wrong),
          String(knownReason),
          percent(precision),
          interval === undefined ? "–" : `${percent(interval[0])} to ${percent(interval[1])}`,
        ]),
      );

async function showResolved(asked: Asked): Promise<void> {
  const { opened, options, now } = asked;
  const today = localDay(now, opened.tenant.timeZone);
  const since = options.since === undefined ? addDays(today, -RESOLVED_DAYS) : dayArgument("--since", options.since);
  const resolved = await listResolved(opened.tenant, opened.store.nightly, since);
  if (!resolved.ok) throw new UserError(resolved.message);
  const rows = resolved.value;
  const text =
    rows.length === 0
      ? `No finding has been resolved since ${since}.`
      : textTable(
          ["ENDED", "OUTCOME", "FOUND", "FINDING"],
          rows.map(({ resolvedOn, outcome, foundOn, id }) => [resolvedOn, outcome, foundOn, id]),
        );
  tell(asked.session, { tenant: opened.tenant.tenantId, since, resolved: rows }, text);
}
