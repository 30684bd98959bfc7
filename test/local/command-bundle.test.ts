import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { commandProgram } from "../../bin/command-bundle.mjs";
import { ROOT } from "../fixtures/workspace.ts";

let root: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "regulars-bundle-"));
  await write("packages/cli/main.ts", 'import { word } from "./word.ts";\nconsole.log(word, import.meta.url);\n');
  await write("packages/cli/word.ts", 'export const word: string = "one";\n');
  await write("infra/table.ts", "export {};\n");
  await write("package-lock.json", "{}\n");
  await write("bin/command-bundle.mjs", "");
  await mkdir(join(root, "node_modules"), { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const said = (program: string): string => spawnSync(process.execPath, [program], { encoding: "utf8" }).stdout;
const bundles = (): readonly string[] => readdirSync(join(root, "node_modules/.cache/regulars"));

it("is built once, runs, and knows where its sources lie", async () => {
  const first = await commandProgram(root);
  expect(said(first.program)).toBe(`one file://${root}/packages/cli/main.ts\n`);
  expect((await commandProgram(root)).program).toBe(first.program);
  expect(bundles()).toHaveLength(1);
});

it("is built again after any source has changed, and the former one stays for who runs it", async () => {
  const first = await commandProgram(root);
  await write("packages/cli/word.ts", 'export const word: string = "other";\n');
  const second = await commandProgram(root);
  expect([said(first.program), said(second.program)].map((text) => text.split(" ")[0])).toEqual(["one", "other"]);
});

it("makes functions as the sources do, without naming each when it is made", async () => {
  const word = "const saying = (word: string) => { const say = () => word; return say; };";
  await write("packages/cli/word.ts", `${word}\nexport const word = saying("one")();\n`);
  const { program } = await commandProgram(root);
  expect(said(program)).toContain("one");
  expect(readFileSync(program, "utf8")).not.toContain("__name");
});

it("is whole when several processes build it at once", async () => {
  const built = await Promise.all(Array.from({ length: 5 }, () => commandProgram(root)));
  expect(new Set(built.map(({ program }) => program)).size).toBe(1);
  expect(bundles()).toHaveLength(1);
  expect(said(built[0]?.program ?? "")).toContain("one");
});

it("gives way to the sources where nothing can be bundled or written", async () => {
  const source = { program: join(root, "packages/cli/main.ts"), compiled: undefined };
  await write("packages/cli/word.ts", "export const word = ;\n");
  expect(await commandProgram(root)).toEqual(source);
  await write("packages/cli/word.ts", 'export const word: string = "one";\n');
  rmSync(join(root, "node_modules"), { recursive: true });
  symlinkSync("/dev/null", join(root, "node_modules"));
  expect(await commandProgram(root)).toEqual(source);
});

it.each([
  [["--version"]],
  [["--help"]],
  [["import", "--help"]],
  [["night"]],
  [["nonsense"]],
  [["insights", "--tenant", "A B"]],
])("%j says and ends as from the sources", async (args) => {
  const { program } = await commandProgram(ROOT);
  // The sources are stripped of their types once for all.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), "sources") };
  const ended = [program, join(ROOT, "packages/cli/main.ts")].map((path) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...args], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  });
  expect(ended[0]).toEqual(ended[1]);
  expect(existsSync(join(root, ".regulars"))).toBe(false);
});
