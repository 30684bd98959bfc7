import { spawn } from "node:child_process";

/**
 * Once a second: ends when the engine ($2) has ended; ends the engine when the folder ($1) is gone, or when no process
 * named in its "users" lives. That it decides while it holds the folder's lock, as who comes and goes does: it is held
 * from when its file is there, also when a full disk takes no name into it.
 */
const SCRIPT = `
runs() { grep -qa regulars.db "/proc/$1/cmdline" 2>/dev/null; }
used() {
  for user in "$1"/users/*; do kill -0 "\${user##*/}" 2>/dev/null && return 0; done
  return 1
}
[ -r /proc/self/cmdline ] || runs() { kill -0 "$1" 2>/dev/null; }
set -C
while runs "$2"; do
  [ -d "$1" ] || { kill -9 "$2"; exit; }
  if ! used "$1" && true 2>/dev/null >"$1/lock"; then
    echo $$ 2>/dev/null >|"$1/lock"
    if ! used "$1"; then
      kill "$2"
      for wait in 1 2 3 4 5; do runs "$2" && sleep 1; done
      runs "$2" && kill -9 "$2"
      rm -f "$1/engine.json"
    fi
    rm -f "$1/lock"
  fi
  sleep 1
done
`;

/** Starts a process that ends a folder's engine when all processes that use it have ended, also by kill -9. */
export function guardEngine(folder: string, enginePid: number): void {
  const guard = spawn("/bin/sh", ["-c", SCRIPT, "regulars-engine-guard", folder, String(enginePid)], {
    cwd: "/",
    detached: true,
    stdio: "ignore",
  });
  // Without it only a killed process leaves its engine behind, until the next command.
  guard.on("error", () => undefined);
  guard.unref();
}
