import { expect, it } from "vitest";
import { columnsOfHeader, missingOf, readColumnMap } from "./column-names.ts";

const columns = ["orderId", "customerId", "orderedAt"];

it("E3: finds columns whatever their case, blanks, _ and -", () => {
  expect(columnsOfHeader(["Order ID", "customer_id", "ORDERED-AT", "note"], { columns })).toEqual([...columns, "note"]);
});

it("E3: reads pairs of a column and the file's name of it", () => {
  const read = readColumnMap('orderId="Order ID, new",customer_id = Client, ordered-at="Said ""on"""', columns);
  expect(read.ok ? [...read.value] : read.message).toEqual([
    ["orderId", "Order ID, new"],
    ["customerId", "Client"],
    ["orderedAt", 'Said "on"'],
  ]);
  const unquoted = readColumnMap("orderId=Order ID,customerId=Bill to: name", columns);
  expect(unquoted.ok ? [...unquoted.value] : unquoted.message).toEqual([
    ["orderId", "Order ID"],
    ["customerId", "Bill to: name"],
  ]);
});

it("E3: reads a file of them, one a line", () => {
  const read = readColumnMap("# our shop\r\norderId=No.\n\ncustomerId=Client\n", columns);
  expect(read.ok ? [...read.value] : read.message).toEqual([
    ["orderId", "No."],
    ["customerId", "Client"],
  ]);
});

it.each([
  ["colour=red", "there is no column colour: choose from orderId, customerId, orderedAt"],
  ["orderId", '"orderId" is no column=name: write orderId="Order ID",total=Amount'],
  ["orderId=", 'orderId has no name: write orderId="the file\'s own name"'],
  ["orderId=A,orderId=B", "orderId is named twice: leave one of them out"],
  ["", "it names no column"],
])("refuses %j", (text, message) => {
  expect(readColumnMap(text, columns)).toMatchObject({ ok: false, message });
});

it("takes one of several alternatives for a required column", () => {
  expect(missingOf(["No.", "Customer"], ["Num|No.", "Customer", "Date|Invoice Date"])).toEqual(["Date|Invoice Date"]);
});
