import type { EraseOptions } from "./erase.ts";
import { type Add, tenant } from "../system/add-command.ts";

/** Erasure of a customer or a person. */
export function addErasureCommands(add: Add): void {
  tenant(
    add<EraseOptions>(
      "erase",
      {
        says: "Erases a customer or a person from everything that a tenant has stored, and says what was erased. Deals keep their amounts without names. It cannot be undone.",
        examples: [
          "erase --tenant acme --customer 10001 --dry-run",
          "erase --tenant acme --customer 10001",
          "erase --tenant acme --person p-77",
        ],
      },
      async (session, options) => (await import("./erase.ts")).eraseCommand(session, options),
    ),
  )
    .option("--customer <id>", "a customer, with their persons")
    .option("--person <id>", "one person: the id of a customer's person, or of a contact")
    .option("--dry-run", "count what would be erased, and change nothing", false);
}
