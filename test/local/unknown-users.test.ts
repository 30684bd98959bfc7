import { type BaseSession, createProgram } from "@regulars/cli/program";
import { actionsOf } from "@regulars/cli/system/unread-options";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { type CommandPlace, aCommandPlace } from "../fixtures/command-place.ts";
import { writingCommands } from "../fixtures/writing-commands.ts";

/** Every option that takes a user refuses the id of nobody: a mistyped one would be stored, or show an empty list. */

let place: CommandPlace;
let tenantId: string;

beforeAll(async () => {
  place = await aCommandPlace();
  ({
    tenant: { tenantId },
  } = await anApiFixture(place.apiClient));
});
afterAll(() => place?.close());

/** What a command is given besides, where it needs more than its options. */
const GIVEN: Readonly<Record<string, readonly string[]>> = {
  "deals list": ["pln_0000000000001"],
  "who-knows": ["--person", "eva"],
  "slack channel": ["--channel", "C0123ABCD"],
};

/** Makes the user, or is answered for who is there already. */
const MAKES_USER = "tenants --admin";

const { commands } = createProgram({} as BaseSession, () => undefined);
const asked = commands.flatMap((command) =>
  command.options
    .filter(({ flags }) => /<user(?:\.\.\.)?>/.test(flags))
    .filter(({ long }) => `${command.name()} ${long}` !== MAKES_USER)
    .flatMap((option) =>
      (actionsOf(option) ?? [command.name() === "deals" ? "list" : ""]).map((action) => {
        const name = `${command.name()} ${action}`.trim();
        const written = writingCommands.find(({ args }) => args.slice(0, 2).join(" ") === name)?.args;
        const args = (written ?? [...name.split(" "), ...(GIVEN[name] ?? [])]).slice();
        const at = args.indexOf(option.long ?? "");
        return { name, option: option.long ?? "", args: at === -1 ? args : args.toSpliced(at, 2) };
      }),
    ),
);

describe("an option that takes a user", () => {
  it.each(asked)("refuses the id of nobody: $name $option", async ({ args, option }) => {
    const { code, stderr } = await place.run([...args, option, "nobody", "--tenant", tenantId]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^regulars: .*\bno user "?nobody"?[^\n]*\n$/)]);
  });
});
