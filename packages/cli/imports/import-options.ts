import { dateOrders } from "@regulars/core/imports/date-format";
import { foreignFormatIds } from "@regulars/core/imports/formats/formats";
import { decimalMarks } from "@regulars/core/imports/number-format";
import { type Command, Option } from "commander";

const NOTES = `
A file may be separated by commas, semicolons, tabs or |, and be in UTF-8, UTF-16 or Windows-1252. Headers match
without blanks, _, - and case. docs/imports.md has the columns of each kind, and files of ten systems.
`;

/** What somebody may say of a file that they import, with examples for help. */
export const importOptions = (command: Command): Command =>
  command
    .option("--format <format>", `the file's layout: regulars, or ${foreignFormatIds()}, maven (deals)`, "regulars")
    .option("--map <columns>", 'the file\'s own headers: orderId="Order ID",total=Amount, or a file of such lines')
    .option(
      "--dry-run",
      "show the format found, ten rows as they would be read and what would be rejected; write nothing",
    )
    .addOption(
      new Option(
        "--decimal <mark>",
        "the mark before the decimals of the file's numbers; default: as its numbers show",
      ).choices(decimalMarks),
    )
    .addOption(
      new Option("--dates <order>", "the order of day (d), month (m) and year (y); default: as its dates show").choices(
        dateOrders,
      ),
    )
    .option("--encoding <name>", "the file's encoding, such as windows-1251; default: as its bytes show")
    .option("--plan <plan>", "the sales plan that deals go to")
    .option("--currency <code>", "base currency, if this import creates the tenant")
    .option("--time-zone <zone>", "IANA time zone, if this import creates the tenant")
    .addHelpText("after", NOTES);
