import { codeRedActions, linksActions } from "./actions.ts";
import type { CodeRedOptions } from "./code-red.ts";
import type { LinksOptions } from "./links.ts";
import { suggestionStates } from "@regulars/core/code-red/link-review";
import { comparisonModes } from "@regulars/core/code-red/settings";
import { suggestionMetrics } from "@regulars/core/code-red/suggest-links";
import { type Add, tenant } from "../system/add-command.ts";

/** The call list of customers whose buying changed, and links between items. */
export function addCodeRedCommands(add: Add): void {
  tenant(
    add<CodeRedOptions>(
      "code-red",
      {
        reads: ["list", "show"],
        says: "Shows the call list of customers whose buying changed. Options try other settings, and save nothing.",
        examples: [
          "code-red --tenant acme --only-red",
          "code-red ignore C1 --tenant acme --days 30 --note 'shop is closed'",
        ],
      },
      async (session, options, given) =>
        (await import("./code-red.ts")).codeRedCommand(session, given[0] ?? "list", given[1], options),
    ),
  )
    .argument("[action]", `what to do: ${codeRedActions.join(", ")}`, "list")
    .argument("[customer]", "show, ignore: the customer's id")
    .option("--as-of <day>", "YYYY-MM-DD; default: the last nightly run's day, else yesterday")
    .option("--percent <number>", "try another percent than the tenant's, 1 to 100")
    .option("--mode <mode>", `try another comparison: ${comparisonModes.join(", ")}`)
    .option("--seasonal", "try a comparison with the same months of last year")
    .option("--assigned <user...>", "customers assigned to any of these users")
    .option("--rep <user...>", "customers of any of these reps")
    .option("--team <id...>", "customers of any of these teams")
    .option("--territory <id...>", "customers of any of these territories")
    .option("--only-red", "only customers with a red light")
    .option("--only-confirmed", "only customers with a confirmed red light")
    .option("--show-ignored", "also ignored customers")
    .option("--ignore-days <number>", "show ignored customers again after so many days")
    .option("--exclude <type=days...>", "leave out who had an activity, quote, order or invoice in so many days")
    .option("--csv", "print the list as CSV")
    .option("--item <id>", "ignore: this item of the customer instead of the customer")
    .option("--link <item,linked>", "ignore: this link instead of the customer")
    .option("--days <number>", "ignore: for so many days; 0 shows it again; default: the tenant's setting")
    .option("--note <text>", "ignore: why")
    .option("--by <user>", "ignore: id of the user who acts");
  tenant(
    add<LinksOptions>(
      "links",
      {
        reads: ["list", "suggestions"],
        says: "Shows and changes which items are bought together in which ratio. suggest finds links in the orders since a day; accept makes one, reject remembers that it is none.",
        examples: [
          "links set GUN BULLET --tenant acme --ratio 1 --linked-ratio 24",
          "links suggest --tenant acme --from 2026-01-01 --percent 10",
          "links accept GUN BULLET --tenant acme --by anna",
        ],
      },
      async (session, options, [action = "list", ...pair]) =>
        (await import("./links.ts")).linksCommand(session, action, pair, options),
    ),
  )
    .argument("[action]", `what to do: ${linksActions.join(", ")}`, "list")
    .argument("[item]", "set, remove, accept, reject: the item")
    .argument("[linked]", "the item that is bought with it")
    .option("--item <id>", "list: only links of this item, on either side")
    .option("--ratio <number>", "set: so many of the item, 1 to 1000; default: 1")
    .option("--linked-ratio <number>", "set: go with so many of the linked one, 1 to 1000; default: 1")
    .option("--lag-days <number>", "set: the linked item is bought so many days later")
    .option("--bidirectional", "set: show the mirrored expectation too")
    .option("--from <day>", "suggest: YYYY-MM-DD, the first day of the orders that count")
    .option("--percent <number>", "suggest: from this share on, 1 to 100")
    .option("--metric <metric>", `suggest: ${suggestionMetrics.join(" or ")}; default: ${suggestionMetrics[0]}`)
    .option("--min-joint <number>", "suggest: the fewest orders with both; default: 5, of more than 5,000 orders 20")
    .option("--literal", "suggest: without the guards against chance")
    .option("--all", "suggest: also those that would be red for more than a third of their buyers")
    .option("--as-of <day>", "suggest: YYYY-MM-DD, the last day; default: the last nightly run's, else yesterday")
    .option("--state <state>", `suggestions: ${suggestionStates.join(", ")}; default: ${suggestionStates[0]}`)
    .option("--by <user>", "suggest, accept, reject: id of the user who acts");
}
