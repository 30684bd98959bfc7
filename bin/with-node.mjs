#!/usr/bin/env node
// Runs a script under Node 24, the Lambda runtime's version, also where the host's own Node is older:
// the host's Node when it strips types by itself (22.18 or newer), else the one installed with the dependencies.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST = [22, 18];

function hostIsEnough() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function nodeBinary() {
  if (hostIsEnough()) return process.execPath;
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const bundled = join(root, "node_modules", name, "bin", "node");
  if (existsSync(bundled)) return bundled;
  console.error(
    `regulars needs Node ${OLDEST.join(".")} or newer; this is ${process.versions.node} and the package ${name} is not installed. ` +
      "Install Node 24 (https://nodejs.org) and run the command again.",
  );
  process.exit(2);
}

export function runWithNode(args, environment = {}) {
  const child = spawn(nodeBinary(), ["--disable-warning=ExperimentalWarning", ...args], {
    stdio: "inherit",
    // So that the script can end when this process was killed.
    env: { ...environment, ...process.env, REGULARS_LAUNCHER: String(process.pid) },
  });
  const parent = process.ppid;
  // npm waits for this process, so that a changed parent means that npm was killed.
  if (process.env.npm_lifecycle_event !== undefined)
    setInterval(() => {
      if (process.ppid !== parent) child.kill("SIGTERM");
    }, 500).unref();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    console.error(`cannot start Node: ${error.message}`);
    process.exit(2);
  });
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const caught of ["SIGINT", "SIGTERM", "SIGHUP"]) process.removeAllListeners(caught);
    process.kill(process.pid, signal);
  });
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) runWithNode(process.argv.slice(2));
