import { type Add, tenant } from "../system/add-command.ts";

/** A tenant as a file. */
export function addTenantCopyCommands(add: Add): void {
  tenant(
    add<{ readonly tenant: string }>(
      "export",
      {
        reads: "all",
        says: "Writes all that a tenant has into one compressed file, from which restore puts it back. Whoever has the file has the tenant's data.",
        examples: ["export --tenant acme acme.jsonl.gz"],
      },
      async (session, options, given) => (await import("./copies.ts")).exportCommand(session, options, given),
    ),
  ).argument("<file>", "the file to write");
  add<object>(
    "restore",
    {
      says: "Puts a tenant back from the file that export wrote. The tenant must not exist; packed years are made anew and every line is checked.",
      examples: ["restore acme.jsonl.gz", "restore acme.jsonl.gz --data /tmp/second"],
    },
    async (session, options, given) => (await import("./copies.ts")).restoreCommand(session, options, given),
  ).argument("<file>", "the file that export wrote");
}
