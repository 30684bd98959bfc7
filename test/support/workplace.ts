import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { enginesOf, stateOf } from "./processes.ts";

/** The repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MAIN = join(ROOT, "packages/cli/main.ts");
const LAUNCHER = join(ROOT, "packages/cli/bin.mjs");
const CLOCK_AHEAD = new URL("clock-ahead.ts", import.meta.url).href;
const SIGNAL_AFTER = new URL("signal-after.ts", import.meta.url).href;
const PATIENCE_MS = 60_000;

/** How a command ended and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A place in a command's work: a signal comes when a server has answered its nth call of a database action or path. */
export interface SignalAfter {
  readonly signal: NodeJS.Signals;
  readonly answers: string;
  readonly count: number;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The command's clock is that much ahead of the wall's. */
  readonly minutesAhead?: number;
  readonly signalAfter?: SignalAfter;
  /** Through the launcher, in a process group of its own, as a terminal starts it. */
  readonly asFromTerminal?: boolean;
}

/** A command that may still run. */
export interface Running {
  readonly ended: Promise<Ended>;
  readonly isRunning: () => boolean;
  /** Stopped by SIGSTOP: it waits for SIGCONT. */
  readonly isStopped: () => boolean;
  readonly stdout: () => string;
  /** Sends a signal; to the whole process group when it was started as from a terminal. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Waits until something is so, looking often; throws when the command ends before. */
  readonly until: (what: string, isSo: () => boolean) => Promise<void>;
}

/** A temporary folder with a data folder in it, and `regulars` run there in processes of their own. */
export class Workplace {
  readonly folder: string;
  readonly #running = new Set<ChildProcess>();

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Workplace> {
    return new Workplace(await mkdtemp(join(tmpdir(), "regulars-place-")));
  }

  /** The data folder of commands that name no other. */
  get data(): string {
    return join(this.folder, "data");
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async write(name: string, content: string | Uint8Array): Promise<string> {
    await writeFile(this.path(name), content);
    return name;
  }

  /** A copy of a file from elsewhere, so that nothing is ever written beside the original. */
  copy(from: string): string {
    cpSync(from, this.path(basename(from)));
    return basename(from);
  }

  /** Starts `regulars …` with this place as its working folder. */
  start(args: readonly string[], { env, asFromTerminal = false, ...loaded }: RunOptions = {}): Running {
    const data = args.includes("--data") ? [] : ["--data", this.data];
    const child = spawn(process.execPath, [asFromTerminal ? LAUNCHER : MAIN, ...args, ...data], {
      cwd: this.folder,
      env: { ...inherited(), NODE_COMPILE_CACHE: this.path("compiled"), ...loadedFirst(loaded), ...env },
      detached: asFromTerminal,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running.add(child);
    return watch(child, asFromTerminal, () => this.#running.delete(child));
  }

  run(args: readonly string[], options?: RunOptions): Promise<Ended> {
    return this.start(args, options).ended;
  }

  /** The JSON document of a command that must do its work: exit code 0, and nothing else on standard output. */
  async json<T>(args: readonly string[], options?: RunOptions): Promise<T> {
    const { code, signal, stdout, stderr } = await this.run([...args, "--json"], options);
    if (code !== 0) throw new Error(`regulars ${args.join(" ")} ended with ${code ?? signal}: ${stderr}${stdout}`);
    const document: T = JSON.parse(stdout);
    return document;
  }

  /** Ids of the engines that run on the data folder. */
  engines(): readonly number[] {
    return enginesOf(this.data);
  }

  /** What stands in the data folder, at any depth; the database's own files aside. */
  leftInData(): readonly string[] {
    const names = existsSync(this.data) ? readdirSync(this.data, { recursive: true, withFileTypes: true }) : [];
    return names
      .filter((entry) => entry.isFile() && !entry.name.startsWith("regulars."))
      .map((entry) => join(entry.parentPath, entry.name).slice(this.data.length + 1))
      .toSorted();
  }

  /** Bytes of the database: they grow as work is stored. */
  storedBytes(): number {
    return ["regulars.db", "regulars.db-wal"].reduce((sum, name) => sum + sizeOf(join(this.data, name)), 0);
  }

  /** Ends what still runs here and deletes the folder. */
  async close(): Promise<void> {
    for (const child of this.#running) child.kill("SIGKILL");
    for (const pid of this.engines()) process.kill(pid, "SIGKILL");
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function watch(child: ChildProcess, isGroup: boolean, onEnd: () => void): Running {
  const said = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    ended: new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code, signal) => {
        onEnd();
        resolve({ code, signal, ...said });
      });
    }),
    isRunning,
    isStopped: () => child.pid !== undefined && stateOf(child.pid) === "T",
    stdout: () => said.stdout,
    signal: (name) => {
      if (child.pid !== undefined) process.kill(isGroup ? -child.pid : child.pid, name);
    },
    until: async (what, isSo) => {
      const patienceEnds = performance.now() + PATIENCE_MS;
      while (!isSo()) {
        if (!isRunning()) throw new Error(`the command ended before ${what}: ${said.stderr}${said.stdout}`);
        if (performance.now() > patienceEnds) throw new Error(`it took too long until ${what}`);
        await sleep(1);
      }
    },
  };
}

/** The environment that loads a clock, a signal, or both into a command. */
function loadedFirst({ minutesAhead, signalAfter }: Pick<RunOptions, "minutesAhead" | "signalAfter">) {
  const imports = [
    ...(minutesAhead === undefined ? [] : [CLOCK_AHEAD]),
    ...(signalAfter === undefined ? [] : [SIGNAL_AFTER]),
  ];
  return {
    NODE_OPTIONS: imports.map((module) => `--import ${module}`).join(" "),
    ...(minutesAhead === undefined ? {} : { CLOCK_MINUTES_AHEAD: String(minutesAhead) }),
    ...(signalAfter === undefined
      ? {}
      : { SIGNAL_AFTER: `${signalAfter.signal} ${signalAfter.answers} ${signalAfter.count}` }),
  };
}

/** This process's environment without what would lead a command elsewhere. */
function inherited(): NodeJS.ProcessEnv {
  const { DYNAMODB_ENDPOINT: _endpoint, NODE_OPTIONS: _options, ...rest } = process.env;
  return rest;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
