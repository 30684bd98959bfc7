import type { ImportDealsOptions } from "./import-deals.ts";
import { importOptions } from "./import-options.ts";
import type { ImportOptions } from "./import.ts";
import type { PaymentsOptions } from "./payments.ts";
import { importKinds } from "@regulars/core/imports/rows";
import { type Add, tenant } from "../system/add-command.ts";

/** Imports, and what is done to single payments. */
export function addImportCommands(add: Add): void {
  const command = add<ImportOptions & ImportDealsOptions>(
    "import",
    {
      says: "Imports a CSV file, also a compressed one (.gz). The first import makes the tenant. The same file a second time changes nothing.",
      examples: [
        "import orders orders.csv --tenant acme",
        "import orders orders_export.csv --tenant acme --format shopify-orders",
        "import invoices journal.csv --tenant acme --format odoo-invoices --dry-run",
        "import orders sales.csv --tenant acme --dates mdy --map 'orderId=\"Invoice No\",customerId=Client'",
        "import deals deals.csv --tenant acme --plan pln_restaurants",
      ],
    },
    async (session, options, [kind = "", file = ""]) =>
      kind === "deals"
        ? (await import("./import-deals.ts")).importDealsCommand(session, file, options)
        : (await import("./import.ts")).importCommand(session, kind, file, options),
  );
  importOptions(
    tenant(command)
      .argument("<kind>", `what the file has: ${[...importKinds, "deals"].join(", ")}`)
      .argument("<file>", "a CSV file whose first line names the columns"),
  );
  tenant(
    add<PaymentsOptions>(
      "payments",
      {
        says: "Takes a mistyped payment back. Name it by its id, or by its day and amount.",
        examples: [
          "payments take-back R-1001 --tenant acme --payment P-7",
          "payments take-back R-1001 --tenant acme --paid-on 2026-10-02 --amount 84.80",
        ],
      },
      async (session, options, given) => (await import("./payments.ts")).paymentsCommand(session, options, given),
    ),
  )
    .argument("<action>", "what to do: take-back")
    .argument("<invoice>", "the id of its invoice")
    .option("--payment <id>", "the payment's id")
    .option("--paid-on <day>", "YYYY-MM-DD, without an id: its day")
    .option("--amount <decimal>", "without an id: its amount, like 84.80");
}
