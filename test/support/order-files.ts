const DAY_MS = 86_400_000;
const CUSTOMERS = 120;
const REPS = 4;

/** Import files of a small wholesaler: many customers order every week or two, and a third of them stop. */
export interface WholesaleFiles {
  readonly users: string;
  readonly customers: string;
  readonly orders: string;
  readonly orderCount: number;
  /** A day on which those who stopped have been silent for long. */
  readonly asOf: string;
}

/** The same files whenever they are asked for: nothing in them is random. */
export function wholesaleFiles(): WholesaleFiles {
  const users = ["userId,name,email,role"];
  for (let rep = 0; rep < REPS; rep += 1) users.push(`rep-${rep},Rep ${rep},rep-${rep}@example.com,rep`);
  const customers = ["customerId,name,repId,phone"];
  for (let nth = 0; nth < CUSTOMERS; nth += 1)
    customers.push(`C${nth},Customer ${nth},rep-${nth % REPS},+4512345${String(nth).padStart(3, "0")}`);
  const orders = orderRows();
  return {
    users: `${users.join("\n")}\n`,
    customers: `${customers.join("\n")}\n`,
    orders: `orderId,customerId,orderedAt,itemId,quantity,unitPrice\n${orders.map(({ text }) => text).join("")}`,
    orderCount: orders.length,
    asOf: "2024-12-31",
  };
}

function orderRows(): readonly { readonly at: number; readonly text: string }[] {
  const first = Date.UTC(2024, 0, 2);
  const rows = [];
  for (let nth = 0; nth < CUSTOMERS; nth += 1) {
    const everyDays = 10 + (nth % 9);
    const lastDay = nth % 3 === 0 ? 250 + (nth % 40) : 363;
    for (let day = nth % 11, order = 0; day <= lastDay; day += everyDays + ((order * 7 + nth) % 3), order += 1) {
      const id = `O-${nth}-${order}`;
      const at = first + day * DAY_MS;
      const on = new Date(at).toISOString().slice(0, 10);
      const line = (item: number): string =>
        `${id},C${nth},${on},I-${item % 300},${1 + (item % 7)},${1 + (item % 90)}.50\n`;
      rows.push({ at, text: line(nth * 3 + order) + line(nth * 5 + order * 2 + 1) });
    }
  }
  return rows.toSorted((a, b) => a.at - b.at);
}
