import type { Context } from "aws-lambda";

/** Structured lines: counts, ids, milliseconds; never an address, a phone number or a body. */
export interface JobLog {
  readonly info: (what: string, figures: object) => void;
  readonly error: (what: string, figures: object) => void;
  /** From now on each line has the ids of this invocation; only in the cloud, where a process has one at a time. */
  readonly enter?: ((context: Context) => void) | undefined;
}

type Sink = (what: string, figures: object) => void;

/**
 * A sink that cannot be written to (full disk, closed pipe) loses the line and fails nobody's work. The next line that
 * can be written is preceded by the number of those that were lost.
 */
export function unfailing(sink: Sink): Sink {
  let lost = 0;
  return (what, figures) => {
    try {
      if (lost > 0) sink("log lines lost", { lines: lost });
      lost = 0;
      sink(what, figures);
    } catch {
      lost += 1;
    }
  };
}

export const unfailingLog = ({ info, error, enter }: JobLog): JobLog => ({
  info: unfailing(info),
  error: unfailing(error),
  enter,
});
