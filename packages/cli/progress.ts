import { Presets, SingleBar } from "cli-progress";
import type { CsvFile } from "./csv-file.ts";
import type { Session } from "./session.ts";

const EVERY_MS = 200;

/** A bar over the file while it is read, then a count of saved documents; nothing where output is piped. */
export function showProgress(
  session: Session,
  file: CsvFile,
): { saved: (documents: number) => void; stop: () => void } {
  if (!session.isTerminal || session.json) return { saved: () => undefined, stop: () => undefined };
  let documents = 0;
  const bar = new SingleBar(
    {
      format: "{bar} {percentage} % read, {documents} saved",
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(Math.max(1, file.sizeBytes), 0, { documents: 0 });
  const timer = setInterval(() => bar.update(file.bytesRead(), { documents }), EVERY_MS);
  return {
    saved: (count) => {
      documents = count;
    },
    stop: () => {
      clearInterval(timer);
      bar.stop();
    },
  };
}
