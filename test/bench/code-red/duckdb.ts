import type { Documents } from "@regulars/core/snapshots/history";
import { appendDocuments, type duckDbApi } from "../order-insights/duckdb.ts";
import { FIRST_CHARGE, links } from "./lines.ts";
import { type Answer, Field, WIDTH, noAnswer } from "./question.ts";
import { columnsQuery, itemsQuery, linksQuery } from "./sql.ts";

type Api = NonNullable<ReturnType<typeof duckDbApi>>;

/** DuckDB in this process, with all cores, over a table in memory. */
export async function duckDb(api: Api, customers: readonly Documents[]): Promise<() => Promise<Answer>> {
  const connection = await (await api.DuckDBInstance.create(":memory:")).connect();
  await connection.run(`CREATE TABLE lines (customer INTEGER, document INTEGER, day INTEGER, credit BOOLEAN,
    item INTEGER, goods BOOLEAN, quantity INTEGER, net BIGINT)`);
  const appender = await connection.createAppender("lines");
  for (const [customer, documents] of customers.entries())
    appendDocuments(appender, documents, { customer, firstDocument: 0, firstCharge: FIRST_CHARGE });
  appender.closeSync();
  await connection.run(
    "CREATE TABLE links (number INTEGER, item INTEGER, linked INTEGER, ratio INTEGER, linked_ratio INTEGER)",
  );
  for (const [number, { itemId, linkedItemId, ratio, linkedRatio }] of links.entries())
    await connection.run(
      `INSERT INTO links VALUES (${number}, ${itemId.slice(1)}, ${linkedItemId.slice(1)}, ${ratio}, ${linkedRatio})`,
    );
  /** The first column of a result is the customer, the others its numbers from a field on. */
  const put = async (answer: Answer, query: string, fields: readonly number[]): Promise<void> => {
    const [customer = [], ...given] = (await connection.runAndReadAll(query)).getColumns();
    for (let row = 0; row < customer.length; row += 1) {
      const at = Number(customer[row]) * WIDTH;
      for (const [i, field] of fields.entries()) answer[at + field] = Number(given[i]?.[row]);
    }
  };
  return async () => {
    const answer = noAnswer(customers.length);
    const columns = Array.from({ length: Field.redItems }, (_, field) => field);
    await put(answer, columnsQuery, [...columns, Field.place]);
    await put(answer, itemsQuery, [Field.redItems, Field.redItemNumbers, Field.confirmedItems]);
    await put(answer, linksQuery, [Field.redLinks, Field.redLinkNumbers]);
    return answer;
  };
}
