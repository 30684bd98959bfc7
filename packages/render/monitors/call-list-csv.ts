import { csvCell } from "../csv.ts";

/** A call list as CSV with a header row. */
export function callListCsv(
  rows: readonly {
    readonly ownerId: string;
    readonly customerId: string;
    readonly name: string;
    readonly phone: string;
    readonly email: string;
    readonly contactName: string;
  }[],
): string {
  const lines = rows.map(({ ownerId, customerId, name, phone, email, contactName }) =>
    [ownerId, customerId, name, phone, email, contactName].map(csvCell).join(","),
  );
  return `${["id,customer,name,phone,email,our contact", ...lines].join("\r\n")}\r\n`;
}
