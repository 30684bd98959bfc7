import { type BaseSession, createProgram } from "@regulars/cli/program";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { type CommandPlace, aCommandPlace } from "../fixtures/command-place.ts";
import { type WritingCommand, writingCommands } from "../fixtures/writing-commands.ts";

/**
 * Every command that writes, with each of its texts and ids empty, far too long, or with signs that nobody sees: it
 * refuses it in a line, or what it has stored can be read.
 */

let place: CommandPlace;
let tenantId: string;

beforeAll(async () => {
  place = await aCommandPlace();
  tenantId = (await anApiFixture(place.apiClient)).tenant.tenantId;
});
afterAll(() => place?.close());

const TEXTS = { empty: "", blank: "  ", "too long": "x".repeat(20_000), unseen: "a\nb\u0007\u202Ec" };
/** Longest message that repeats a text. */
const MOST_SAID = 2_000;

const OF_ALL = new Set(["restore", "tenants"]);
const run = (args: readonly string[]) => {
  const named = args.map((word) => word.replace(/^T(?=$|\.gz$)/, tenantId));
  return place.run([...named, ...(OF_ALL.has(named[0] ?? "") ? [] : ["--tenant", tenantId])]);
};

const { commands } = createProgram({} as BaseSession, () => undefined);
const hasActions = (name: string): boolean =>
  commands.some((command) => command.name() === name && command.registeredArguments[0]?.name() === "action");

/** The places of what a command is given besides its name, its action, and the names of its options. */
function placesOf({ args }: WritingCommand): readonly number[] {
  const first = hasActions(args[0] ?? "") ? 2 : 1;
  return args.flatMap((word, at) => (at < first || word.startsWith("--") ? [] : [at]));
}

const reads = [
  "insights",
  "orders",
  "code-red",
  "links",
  "links suggestions",
  "health",
  "opt-outs",
  "selections",
  "status",
  "deliveries",
  "suppressions",
  "notifications",
  "templates",
  "slack",
  "settings",
  "refusals",
  "plans",
  "keys",
  "for-you --rep anna",
  "follow-ups --user anna",
  "introductions --by anna",
  "code-red show acme",
  "deals list pln_0000000000001",
  "deals log deal_0000000000001_1",
  "selections show sel_example",
  "tenants",
].map((text) => text.split(" "));

describe("a command that writes what it is given", () => {
  it("F5: is tried with every option that takes a text of people", () => {
    const given = new Set(writingCommands.flatMap(({ args }) => args.map((word) => `${args[0]} ${word}`)));
    const free = commands.flatMap((command) =>
      command.options
        .filter(({ flags }) => /<(?:text|name)>/.test(flags))
        .map(({ long }) => `${command.name()} ${long}`),
    );
    // Of a command that only reads, of a closing with a reason that asks for it, of a picture, and of a file.
    const others = ["deals --search", "deals --clarification", "status --alt-text", "import --encoding"];
    expect(free.filter((one) => !given.has(one)).toSorted()).toEqual(others.toSorted());
  });

  it.each(writingCommands.map((command) => [command.args.join(" "), command] as const))(
    "F5: refuses it in a line, or stores what can be read: %s",
    async (_, command) => {
      for (const earlier of command.before ?? []) if (!OF_ALL.has(earlier[0] ?? "")) await run(earlier);
      const faults: unknown[] = [];
      for (const at of placesOf(command))
        for (const [what, text] of Object.entries(TEXTS)) {
          const { code, stdout, stderr } = await run(command.args.with(at, text));
          const said = stdout + stderr;
          if ((code !== 0 && code !== 2) || /\n\s+at /.test(said) || stderr.length > MOST_SAID)
            faults.push([command.args[at], what, code, said.slice(0, 300)]);
        }
      expect(faults).toEqual([]);
    },
  );

  it.each(reads.map((read) => [read.join(" "), read] as const))("F5: leaves what can be read: %s", async (_, read) => {
    const { code, stderr } = await run(read);
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("regulars: ")]);
  });
});
