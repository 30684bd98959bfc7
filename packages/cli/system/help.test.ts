import { readFile } from "node:fs/promises";
import { newPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { examplePlan } from "@regulars/core/sales-plans/example-plan";
import { Command } from "commander";
import { beforeAll, describe, expect, it } from "vitest";
import { type BaseSession, createProgram } from "../program.ts";
import { runCommand } from "../run-command.ts";
import { actionsOf } from "./unread-options.ts";

/** Every command of the program: its help, and what it says to arguments that it cannot use. */

const base: BaseSession = {
  dynamodbEndpoint: undefined,
  tableName: undefined,
  isTerminal: false,
  clock: () => Date.parse("2026-11-28T09:00:00Z"),
  stopSignal: () => AbortSignal.abort(),
  print: () => undefined,
  note: () => undefined,
};

const commands = createProgram(base, () => undefined).commands;
const named = commands.map((command) => [command.name(), command] as const);

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function run(args: readonly string[]): Promise<Ended> {
  let stdout = "";
  let stderr = "";
  const code = await runCommand(args, {
    ...base,
    print: (text) => void (stdout += text),
    note: (text) => void (stderr += text),
  });
  return { code, stdout, stderr };
}

/** One line that says what is wrong and what to do, and no stack. */
function expectRefused({ code, stdout, stderr }: Ended, says: string): void {
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^regulars: [^\n]+; npx regulars [a-z-]+ --help shows what it takes\n$/);
  expect(stderr).toContain(says);
}

const needed = (command: Command): string[] => [
  ...command.registeredArguments.filter(({ required }) => required).map(() => "x"),
  ...command.options.filter(({ mandatory }) => mandatory).flatMap(({ long }) => [long ?? "", "x"]),
];

/** The words of an example as a shell would give them. */
const wordsOf = (example: string): string[] =>
  Array.from(example.replace(/ >.*$/, "").matchAll(/(?:'[^']*'|[^\s'])+/g), ([word]) => word.replaceAll("'", ""));

async function examplesOf(name: string): Promise<string[][]> {
  const { stdout } = await run([name, "--help"]);
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("  npx regulars "))
    .map((line) => wordsOf(line.slice("  npx regulars ".length)));
}

/** The text of help without the spaces and line ends that only lay it out. */
const flat = (text: string): string => text.replaceAll(/\s+/g, " ");

describe.each(named)("the command %s", (name, command) => {
  it("F5: has help in sentences, which marks what is required", async () => {
    const { code, stdout } = await run([name, "--help"]);
    expect(code).toBe(0);
    expect(flat(stdout)).toContain(flat(command.description()));
    const help = command.createHelp();
    for (const text of [
      command.description(),
      ...help.visibleOptions(command).map((option) => help.optionDescription(option)),
      ...help.visibleArguments(command).map((argument) => help.argumentDescription(argument)),
    ]) {
      expect(text).toMatch(/^[A-Z].*[.?!]$/s);
      expect(flat(stdout)).toContain(flat(text));
    }
    for (const option of command.options)
      expect(help.optionDescription(option).includes("Required.")).toBe(option.mandatory === true);
    for (const argument of command.registeredArguments)
      expect(help.argumentDescription(argument).includes("Required.")).toBe(argument.required);
  });

  it("F5: has examples that it takes", async () => {
    const examples = await examplesOf(name);
    expect(examples.length).toBeGreaterThan(0);
    for (const words of examples) {
      let taken: readonly string[] | undefined;
      const program = createProgram(base, () => undefined);
      const own = program.commands.find((one) => one.name() === name);
      own?.action(() => {
        taken = own.args;
      });
      await program.parseAsync(words, { from: "user" });
      expect(taken).toBeDefined();
    }
  });

  it("F5: refuses what it does not know, and what lacks something, in one sentence", async () => {
    const enough = [name, ...needed(command)];
    expectRefused(await run([...enough, "--no-such-thing"]), "unknown option '--no-such-thing'");
    expectRefused(await run([...enough, "x", "x", "x", "x"]), "too many arguments");
    expectRefused(await run([...enough, "--data"]), "option '--data <dir>' argument missing");
    for (const { long = "", flags, mandatory } of command.options.filter((option) => option.mandatory === true)) {
      const at = enough.indexOf(long);
      expect(mandatory).toBe(true);
      expectRefused(await run(enough.toSpliced(at, 2)), `required option '${flags}' not specified`);
    }
    const [first] = command.registeredArguments.filter(({ required }) => required);
    const options = enough.slice(1 + command.registeredArguments.filter(({ required }) => required).length);
    if (first !== undefined)
      expectRefused(await run([name, ...options]), `missing required argument '${first.name()}'`);
  });

  it("F5: is in the documents", async () => {
    expect(await readFile(new URL("../../../docs/cli.md", import.meta.url), "utf8")).toMatch(
      new RegExp(`\`${name}[ \`]`),
    );
  });
});

/** Commands that would begin to work, or read a file first. */
const WORKS = /^(start|doctor|import|restore|tenants create|backtest --made-up|settings .*=)/;

const LOADED_MS = 300_000;
const tried: { readonly example: string; readonly ended: Ended }[] = [];
// A command loads its work when it first runs, which takes longer here than a test may.
beforeAll(async () => {
  for (const [name] of named)
    for (const words of await examplesOf(name))
      if (!WORKS.test(words.join(" ")))
        tried.push({ example: words.join(" "), ended: await run([...words, "--data", "/nowhere/regulars"]) });
}, LOADED_MS);

it("F5: an example's action, days and ids are those that its command knows", () => {
  expect(tried.length).toBeGreaterThan(named.length);
  for (const { example, ended } of tried)
    expect([example, ended.code, ended.stderr]).toEqual([
      example,
      2,
      expect.stringContaining("there is no data folder /nowhere/regulars"),
    ]);
});

it.each([
  [["keys", "create"], "keys create needs a name: "],
  [["keys", "create", "erp"], "keys create needs --actions, what the key may do: "],
  [["keys", "revoke"], "keys revoke needs the key's id"],
  [["plans", "create"], "plans create needs a JSON file: regulars plans create plan.json. Add --example"],
  [["plans", "edit", "pln_a"], "plans edit needs a JSON file of what changes: "],
  [["plans", "add", "pln_a"], "plans add needs a CSV file of leads: "],
  [["plans", "list", "--example"], "--example belongs to plans create"],
])("F5: %j lacks something, and the message says what to add", async (words, says) => {
  const { code, stdout, stderr } = await run([...words, "--tenant", "acme", "--data", "/nowhere/regulars"]);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^regulars: [^\n]+\n$/);
  expect(stderr).toContain(says);
});

/** Every option that goes with some actions of its command. */
const restricted = commands.flatMap((command) =>
  command.registeredArguments
    .filter((argument) => argument.name() === "action")
    .flatMap(({ description, required }) =>
      command.options.flatMap((option) => {
        const actions = actionsOf(option) ?? [];
        const there = description.replace(/^[^:]*: /, "").split(/, | or /);
        const others = needed(command).slice(required ? 1 : 0);
        return actions.length === 0
          ? []
          : [
              {
                command: command.name(),
                given: [option.long ?? "", ...(option.isBoolean() ? [] : ["x"])],
                actions,
                there,
                others,
              },
            ];
      }),
    ),
);

it.each(restricted)("F5: $command $given.0 goes with actions that there are, and with no other", async (one) => {
  const { command, given, actions, there, others } = one;
  expect(actions.filter((action) => !there.includes(action))).toEqual([]);
  const [other = ""] = there.filter((action) => !actions.includes(action));
  const { code, stderr } = await run([command, other, ...others, ...given]);
  expect([code, stderr]).toEqual([2, `regulars: ${given[0]} goes with ${actions.join(", ")}, not with ${other}\n`]);
});

it("F5: an unknown command is told with the nearest, and where the list is", async () => {
  const { code, stdout, stderr } = await run(["insigts"]);
  expect([code, stdout, stderr]).toEqual([
    2,
    "",
    "regulars: unknown command 'insigts' (Did you mean insights?); npx regulars --help lists the commands\n",
  ]);
});

it("F5: the example of a plan's file is a plan, here and in the documents", async () => {
  const documents = await readFile(new URL("../../../docs/cli.md", import.meta.url), "utf8");
  const [, shown = ""] = /```json\n(.*?)```/s.exec(documents) ?? [];
  expect(JSON.parse(shown)).toEqual(examplePlan());
  expect(newPlanSchema.safeParse(examplePlan()).error).toBeUndefined();
});
