import { introductionActions, optOutActions } from "./actions.ts";
import type { IntroductionsOptions } from "./introductions.ts";
import type { OptOutsOptions } from "./opt-outs.ts";
import type { WhoKnowsOptions } from "./who-knows.ts";
import { type Add, tenant } from "../system/add-command.ts";

/** Who knows whom, introductions, and who is left out of them. */
export function addWhoKnowsCommands(add: Add): void {
  tenant(
    add<WhoKnowsOptions>(
      "who-knows",
      {
        reads: "all",
        says: "Shows which colleagues know a person, anybody at a customer, or the person of a deal: strongest first, at most five.",
        examples: ["who-knows --tenant acme --person P-77", "who-knows --tenant acme --customer C1 --as-of 2026-06-30"],
      },
      async (session, options) => (await import("./who-knows.ts")).whoKnowsCommand(session, options),
    ),
  )
    .option("--person <id>", "a person at a customer, or one known from leads")
    .option("--customer <id>", "anybody at a customer")
    .option("--deal <id>", "the person of a deal")
    .option("--requester <user>", "who asks: they are not suggested to themselves")
    .option("--as-of <day>", "YYYY-MM-DD, the last day that counts; default: the last completed day");
  tenant(
    add<IntroductionsOptions>(
      "introductions",
      {
        reads: ["list"],
        says: "Asks a colleague to introduce you to a person, answers a request, or lists both. The colleague gets a message in Slack or an e-mail, the person nothing.",
        examples: [
          "introductions ask --tenant acme --by anna --person P-77 --colleague bo",
          "introductions accept intro_1 --tenant acme --by bo",
        ],
      },
      async (session, options, given) =>
        (await import("./introductions.ts")).introductionsCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${introductionActions.join(", ")}`, "list")
    .argument("[introduction]", "accept, introduce, decline: its id")
    .requiredOption("--by <user>", "the user who asks, answers or looks")
    .option("--person <id>", "ask: whom they want to meet")
    .option("--colleague <user>", "ask: who may introduce them");
  tenant(
    add<OptOutsOptions>(
      "opt-outs",
      {
        reads: ["list"],
        says: "Lists who is left out of who knows whom, takes somebody out or back in. It holds from the next answer on.",
        examples: ["opt-outs --tenant acme", "opt-outs out user anna --tenant acme"],
      },
      async (session, options, given) => (await import("./opt-outs.ts")).optOutsCommand(session, given, options),
    ),
  )
    .argument("[action]", `what to do: ${optOutActions.join(", ")}`, "list")
    .argument("[type]", "out, in: user, team, role or person")
    .argument("[id]", "out, in: its id");
}
