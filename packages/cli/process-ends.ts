import { writeSync } from "node:fs";
import { systemReason } from "@regulars/local/engine/system-reasons";

const CHECK_MS = 500;

/**
 * What the process does when its outputs cannot be written: a closed pipe of the result (`| head`) ends it quietly; any
 * other failure of the result ends it with one line. Progress that cannot be written is left out.
 */
export function endOnBrokenOutput(): void {
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error) => {
    if ("code" in error && error.code === "EPIPE") process.exit(0);
    try {
      writeSync(process.stderr.fd, `regulars: the result cannot be written: ${systemReason(error) ?? error.message}\n`);
    } catch {
      // There is nowhere left to say it.
    }
    process.exit(1);
  });
}

/** Stops the process, as SIGTERM does, when the launcher that started it has ended, also by kill -9. */
export function endWithLauncher(launcher: string | undefined): void {
  const parent = process.ppid;
  if (launcher !== String(parent)) return;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, CHECK_MS).unref();
}
