/** The newest Node that is known to know these options: one that does not know an option of V8 refuses to start. */
const NEWEST = 24;

/** Commands that read much and keep little. */
const WASTEFUL = ["import", "night"];

/**
 * V8's options for a command. An import and a night make much garbage of few objects in use, for which V8 lets the heap
 * grow to 270 MB: here the young generation stays small, what dies young is not put among the old, and the old are
 * looked through once they have grown by 60 %. The process then takes half the memory in the same time.
 */
export const heapOptionsOf = (args, node = process.versions.node) =>
  WASTEFUL.some((command) => args.includes(command)) && Number(node.split(".")[0]) <= NEWEST
    ? ["--max-semi-space-size=4", "--no-allocation-site-pretenuring", "--heap-growing-percent=60"]
    : [];
