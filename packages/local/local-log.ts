import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { correlationId } from "@regulars/functions/correlation";
import type { JobLog } from "@regulars/functions/reports/job-log";

/**
 * The functions' log: one JSON line per entry, in a file of the data folder instead of the terminal; throws when the file
 * cannot be written. Also keeps failure reasons.
 */
export function localLog(folder: string, failures: string[]): JobLog {
  const write =
    (level: string) =>
    (what: string, figures: object): void => {
      const entry = { at: new Date().toISOString(), level, message: what, correlation_id: correlationId(), ...figures };
      appendFileSync(join(folder, "regulars.log"), `${JSON.stringify(entry)}\n`);
    };
  const error = write("ERROR");
  return {
    info: write("INFO"),
    error: (what, figures) => {
      if ("reason" in figures) failures.push(String(figures.reason).split("\n")[0] ?? what);
      error(what, figures);
    },
  };
}
