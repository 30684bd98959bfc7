import type { KeysOptions } from "./keys.ts";
import { keyActions } from "@regulars/core/access/rights";
import { type Add, tenant } from "../system/add-command.ts";

/** API keys. */
export function addAccessCommands(add: Add): void {
  tenant(
    add<KeysOptions>(
      "keys",
      {
        reads: ["list"],
        says: "Lists, creates and revokes API keys. A new key is shown once.",
        examples: [
          "keys --tenant acme",
          "keys create site --tenant acme --actions leads.add --plans pln_restaurants",
          "keys revoke key_1 --tenant acme",
        ],
      },
      async (session, options, given) => (await import("./keys.ts")).keysCommand(session, options, given),
    ),
  )
    .argument("[action]", "what to do: list, create or revoke", "list")
    .argument("[subject]", "the new key's name, or the id of the one to revoke")
    .option("--actions <list>", `what the new key may do: ${keyActions.join(", ")}`)
    .option("--plans <list>", "ids of the sales plans that the new key may use; default: all")
    .option("--strict", "refuse leads from the new key that have unknown fields");
}
