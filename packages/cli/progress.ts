import { Presets, SingleBar } from "cli-progress";
import type { CsvFile } from "./files/csv-file.ts";
import type { Session } from "./session.ts";

const EVERY_MS = 200;

/** A progress bar while the file is read, then the number of saved documents; silent when output is piped. */
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

/** The number of customers read, then a progress bar of those tested; silent when output is piped. */
export function showCount(session: Session): {
  read: (customers: number) => void;
  tried: (customers: number, of: number) => void;
  stop: () => void;
} {
  if (!session.isTerminal || session.json)
    return { read: () => undefined, tried: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: "{bar} {value} of {total} customers tried",
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0);
  return {
    read: (customers) => bar.setTotal(customers),
    tried: (customers, of) => {
      bar.setTotal(of);
      bar.update(customers);
    },
    stop: () => bar.stop(),
  };
}

/** A progress bar of `total` steps; silent when output is piped. */
export function showSteps(
  session: Session,
  total: number,
  what: string,
): { done: (steps: number) => void; stop: () => void } {
  if (!session.isTerminal || session.json || total === 0) return { done: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: `{bar} {value} of {total} ${what}, {eta_formatted} to go`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: true,
    },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  return { done: (steps) => bar.update(steps), stop: () => bar.stop() };
}
