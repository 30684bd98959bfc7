import type { Assignment } from "@regulars/core/assignment/assignment";
import type { PageWords } from "../texts/page-words.ts";

/** Why a manager got a deal, or why nobody did; an assignment from before its operands were kept has its own words. */
export function assignmentReason(assignment: Assignment, nameOf: (userId: string) => string, words: PageWords): string {
  const { by, why, managerId, evidence } = assignment;
  const { say } = words;
  if (assignment.state === "unassigned") return unassignedReason(assignment, nameOf, words);
  switch (by) {
    case undefined:
      return why;
    case "chosen":
    case "even":
      return say(`assigned.${by}`);
    case "related": {
      const kind = evidence.find(({ userId }) => userId === managerId)?.kind;
      return kind === undefined ? why : say(`assigned.${kind}`);
    }
    case "least":
      return leastReason(assignment, words);
  }
}

function leastReason({ why, managerId, candidates }: Assignment, { say }: PageWords): string {
  const chosen = candidates.find(({ userId }) => userId === managerId);
  if (chosen === undefined) return why;
  const { load: numb, weight: wght } = chosen;
  // Whether all plans count is not kept apart from the words.
  const isOfAll = why.startsWith("fewest open deals in all plans");
  if (wght === 1) return say(isOfAll ? "assigned.leastOfAll" : "assigned.least", { numb });
  return say(isOfAll ? "assigned.leastOfAllByWeight" : "assigned.leastByWeight", { numb, wght });
}

function unassignedReason(
  { reason, why, evidence, skipped }: Assignment,
  nameOf: (userId: string) => string,
  { say }: PageWords,
): string {
  if (reason === undefined) return why;
  if (reason !== "waits-for-related") return say(`assigned.${reason}`);
  const waited = evidence
    .map(({ userId }) => skipped.find((one) => one.userId === userId && one.reason !== "user-inactive"))
    .find((one) => one !== undefined);
  if (waited === undefined) return why;
  return say("assigned.waits-for-related", {
    name: nameOf(waited.userId),
    text: say(`assigned.skip.${waited.reason}`),
  });
}
