import { counted } from "../platform/counted.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import type { StatusId } from "../platform/ids.ts";
import type { Stages, Status, StatusKind } from "./status.ts";

const MOST_STATUSES = 50;

type Changed<R extends string> = Result<Stages, R>;

const kindNames: Readonly<Record<StatusKind, string>> = {
  intermediate: "intermediate",
  won: "successful",
  lost: "failed",
};

type StagesProblem =
  | "too-many-statuses"
  | "status-name-taken"
  | "one-won-needed"
  | "lost-needed"
  | "intermediate-needed"
  | "reasons-not-allowed"
  | "reasons-empty";

/** Whether statuses are valid for a plan: different names, exactly one won, at least one lost and one intermediate. */
export function checkStages(stages: Stages): Changed<StagesProblem> {
  const [first] = stageErrors(stages.statuses);
  return first ?? ok(stages);
}

const wrong = (is: boolean, reason: StagesProblem, message: string) => (is ? [refuse(reason, message)] : []);

/** All that is wrong with a plan's statuses. */
export function stageErrors(statuses: readonly Pick<Status, "name" | "kind" | "refusal">[]) {
  const of = (kind: StatusKind): number => statuses.filter((status) => status.kind === kind).length;
  const names = new Set(statuses.map(({ name }) => name.toLocaleLowerCase("en")));
  return [
    ...wrong(statuses.length > MOST_STATUSES, "too-many-statuses", `a plan has at most ${MOST_STATUSES} statuses`),
    ...wrong(names.size < statuses.length, "status-name-taken", "two statuses have the same name"),
    ...wrong(of("won") !== 1, "one-won-needed", `a plan has exactly one successful status, not ${of("won")}`),
    ...wrong(of("lost") === 0, "lost-needed", "a plan needs at least one failed status"),
    ...wrong(of("intermediate") === 0, "intermediate-needed", "a plan needs at least one intermediate status"),
    ...statuses.flatMap(({ name, kind, refusal }) => [
      ...wrong(
        refusal !== undefined && kind !== "lost",
        "reasons-not-allowed",
        `"${name}" is not a failed status: it takes no refusal reasons`,
      ),
      ...wrong(
        kind === "lost" && refusal?.isRequired === true && refusal.reasonIds.length === 0,
        "reasons-empty",
        `"${name}" requires a refusal reason and offers none: choose some first`,
      ),
    ]),
  ];
}

/** Adds a status at the end of its kind, or at a position. */
export function addStatus(stages: Stages, status: Status, position?: number): ReturnType<typeof checkStages> {
  const { statuses } = stages;
  const afterIntermediate = statuses.findLastIndex(({ kind }) => kind === "intermediate") + 1;
  const at = position ?? (status.kind === "intermediate" ? afterIntermediate : statuses.length);
  return checkStages({ ...stages, statuses: statuses.toSpliced(at, 0, status) });
}

/** Renames, recolours, or sets the refusal reasons of a status; its kind never changes. */
export function editStatus(
  stages: Stages,
  statusId: StatusId,
  change: Partial<Pick<Status, "name" | "colour" | "refusal">>,
): ReturnType<typeof checkStages> | Changed<"unknown-status"> {
  if (!stages.statuses.some((status) => status.statusId === statusId)) return unknown(statusId);
  const statuses = stages.statuses.map((status) => (status.statusId === statusId ? { ...status, ...change } : status));
  return checkStages({ ...stages, statuses });
}

/** Sets the whole order in one request: every status must be given exactly once, otherwise nothing changes. */
export function reorderStatuses(stages: Stages, order: readonly StatusId[]): Changed<"order-incomplete"> {
  const byId = new Map(stages.statuses.map((status) => [status.statusId, status]));
  const statuses = order.map((statusId) => byId.get(statusId)).filter((status) => status !== undefined);
  if (statuses.length !== byId.size || order.length !== byId.size || new Set(order).size !== byId.size)
    return refuse(
      "order-incomplete",
      `an order names each of the plan's ${counted(byId.size, "status", "statuses")} exactly once`,
    );
  return ok({ ...stages, statuses });
}

/**
 * Deletes a status and keeps its tombstone. Its deals go to `moveTo`, a status of the same kind, because only moves and
 * reopening may close or open deals.
 */
export function deleteStatus(
  stages: Stages,
  statusId: StatusId,
  moveTo: StatusId | undefined,
): ReturnType<typeof checkStages> | Changed<"unknown-status" | "move-to-unfit"> {
  const position = stages.statuses.findIndex((status) => status.statusId === statusId);
  const gone = stages.statuses[position];
  if (gone === undefined) return unknown(statusId);
  const target = stages.statuses.find((status) => status.statusId === moveTo);
  if (moveTo !== undefined && (target === undefined || target === gone || target.kind !== gone.kind))
    return refuse("move-to-unfit", `deals of "${gone.name}" can only move to another ${kindNames[gone.kind]} status`);
  const { name, kind } = gone;
  const tombstone = { statusId, name, kind, position, ...(moveTo === undefined ? {} : { replacedBy: moveTo }) };
  return checkStages({
    statuses: stages.statuses.toSpliced(position, 1),
    tombstones: [...stages.tombstones, tombstone],
  });
}

const unknown = (statusId: StatusId) => refuse("unknown-status", `the plan has no status ${statusId}`);
