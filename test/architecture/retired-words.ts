/** What docs/decisions/0007-words.md gave up and what means nothing else here; page, plan or turn have a meaning that stays. */
const RETIRED =
  / (?:courier|desk|drought|excuse|latch|leniently|machine key|roll call|tray|ticket|unplaced|withheld|workplace)(?:s|d|ed|es)? /;

/** Whether a name has a retired word among its words: "openDesk", "MACHINE_KEY". */
export const isRetired = (name: string): boolean =>
  RETIRED.test(
    ` ${name
      .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
      .replaceAll("_", " ")
      .toLowerCase()} `,
  );
