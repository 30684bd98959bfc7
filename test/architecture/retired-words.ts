/**
 * What docs/decisions/0007-words.md gave up and what means nothing else here; page, plan or turn have a meaning that
 * stays.
 */
const RETIRED =
  / (?:courier|desk|drought|excuse|judge|judging|latch|leniently|machine key|roll call|tray|ticket|unplaced|withheld|workplace)(?:s|d|ed|es)? /;

/** Names of fields that are stored or answered: these stay. */
const KEPT: ReadonlySet<string> = new Set(["judgedOn", "toJudge"]);

/** Whether a name has a retired word among its words: "openDesk", "MACHINE_KEY". */
export const isRetired = (name: string): boolean =>
  !KEPT.has(name) &&
  RETIRED.test(
    ` ${name
      .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
      .replaceAll("_", " ")
      .toLowerCase()} `,
  );
