import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TempWorkspace, aWorkspace } from "../fixtures/workspace.ts";

/** Files as systems of the trade export them, made up; docs/imports.md shows the same first lines and commands. */

let place: TempWorkspace;

beforeAll(async () => {
  place = await aWorkspace();
});

afterAll(() => place.close());

interface Report {
  readonly rows: number;
  readonly documents: number;
  readonly rejected: number;
  readonly skipped: Readonly<Record<string, number>>;
}

async function imported(kind: string, name: string, content: string | Buffer, ...options: readonly string[]) {
  await place.write(name, content);
  const tenant = name.replace(/\W/g, "-");
  const command = ["import", kind, name, "--tenant", tenant, ...options];
  const dry = await place.run([...command, "--dry-run"]);
  expect(dry.stdout).toContain("dry run, nothing is written");
  const { code, stdout } = await place.run([...command, "--json"]);
  const report: Report = JSON.parse(stdout);
  return { code, ...report };
}

describe("exports of common systems come in by one command", () => {
  it("IM01: Shopify's orders, whose further lines have no date of their own", async () => {
    const text = `Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Cancelled at,Id
#1001,ana@cafe.example,paid,2026-04-05 21:06:25 +0400,EUR,44.00,44.00,2026-04-05 21:06:21 +0400,2,"Coffee beans, 1 kg",19.00,COFFEE-1KG,Ana Kovač,,5551
#1001,ana@cafe.example,,,,,,,1,Oat milk,6.00,,,,
#1002,,paid,2026-04-06 09:00:00 +0400,EUR,6.00,6.00,2026-04-06 09:00:00 +0400,1,Oat milk,6.00,,,,5552
`;
    expect(await imported("orders", "shopify.csv", text, "--format", "shopify-orders")).toMatchObject({
      code: 0,
      rows: 3,
      documents: 1,
      skipped: { noCustomer: 1 },
      rejected: 0,
    });
  });

  it("IM01: WooCommerce's orders, a row for each item", async () => {
    const text = `"Order Number","Order Status","Order Date","First Name (Billing)","Company (Billing)","Email (Billing)","Order Total Amount","SKU","Item #","Item Name","Quantity (- Refund)","Item Cost"
735,Completed,"2026-04-05 21:06",Ana,"H&M","ana@cafe.example",44,"COFFEE-1KG",1,"Coffee beans",2,19
735,Completed,"2026-04-05 21:06",Ana,"H&M","ana@cafe.example",44,"",2,"Oat milk",1,6
736,Cancelled,"2026-04-06 09:00",Bo,"","bo@cafe.example",6,"",1,"Oat milk",1,6
`;
    expect(await imported("orders", "woo.csv", text, "--format", "woocommerce-orders")).toMatchObject({
      code: 0,
      rows: 3,
      documents: 2,
      rejected: 0,
    });
  });

  it("Odoo's invoices", async () => {
    const text = `"Number","Invoice Partner Display Name","Invoice/Bill Date","Due Date","Tax Excluded","Total","Amount Due","Currency","Payment Status","Status"
"INV/2026/0007","Кава та чай","2026-04-05","2026-05-05","100.00","120.00","120.00","EUR","Not Paid","Posted"
"INV/2026/0008","Azure Interior","2026-04-06","2026-05-06","50.00","60.00","0.00","EUR","Paid","Posted"
"/","Azure Interior","","","5.00","6.00","6.00","EUR","Not Paid","Draft"
`;
    expect(await imported("invoices", "odoo.csv", text, "--format", "odoo-invoices")).toMatchObject({
      code: 0,
      documents: 2,
      skipped: { draft: 1 },
      rejected: 0,
    });
  });

  it("Xero's invoices, a row for each line", async () => {
    const text = `ContactName,EmailAddress,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,TaxTotal,InvoiceAmountPaid,InvoiceAmountDue,Description,Quantity,UnitAmount,Currency,Type,Sent,Status
Rex Media,info@rex.example,INV-0010,P/O 9711,15/04/2026,15/05/2026,550.00,50.00,0.00,550.00,Beans,10,50.00,GBP,Sales invoice,Sent,Awaiting Payment
Rex Media,info@rex.example,INV-0010,P/O 9711,15/04/2026,15/05/2026,550.00,50.00,0.00,550.00,Delivery,1,0.00,GBP,Sales invoice,Sent,Awaiting Payment
City Agency,,INV-0011,,02/05/2026,01/06/2026,20.00,0.00,20.00,0.00,Beans,1,20.00,GBP,Sales invoice,Sent,Paid
`;
    expect(await imported("invoices", "xero.csv", text, "--format", "xero-invoices")).toMatchObject({
      code: 0,
      rows: 3,
      documents: 2,
      rejected: 0,
    });
  });

  it("QuickBooks' invoices, with titles above and a total below", async () => {
    const text = `Craig's Coffee
Invoice List
"January 1 - April 30, 2026"

Date,Transaction Type,Num,Customer,Due Date,Amount,Open Balance
04/15/2026,Invoice,1037,Sonnenschein Family Store,05/15/2026,"$1,362.07","$1,362.07"
04/02/2026,Credit Memo,1026,Amy's Bird Sanctuary,,"-$100.00",$0.00
04/20/2026,Payment,,Amy's Bird Sanctuary,,"$50.00",$0.00
TOTAL,,,,,"$1,262.07","$1,362.07"
`;
    expect(
      await imported("invoices", "quickbooks.csv", text, "--format", "quickbooks-invoices", "--currency", "USD"),
    ).toMatchObject({ code: 0, documents: 2, skipped: { otherTransaction: 1 } });
  });

  const map = 'orderId="Beleg Nr",customerId=Kunde,orderedAt=Datum,itemId=Artikel,quantity=Menge,unitPrice=Preis';

  it("a German file with semicolons and decimal commas, with one --map", async () => {
    const text = "Beleg Nr;Kunde;Datum;Artikel;Menge;Preis\r\n4711;Müller & Söhne;13.04.2026;3,5;1,5;1.000,00\r\n";
    expect(await imported("orders", "german.csv", Buffer.from(text, "latin1"), "--map", map)).toMatchObject({
      code: 0,
      documents: 1,
      rejected: 0,
    });
  });

  const HEADER = "Order ID,customer_id,Ordered at,Item ID,Quantity,Unit price";

  it("an Excel save with a mark of its encoding, Windows line ends and blank rows at the end", async () => {
    const text = `\uFEFF${HEADER}\r\n#1,C1,4/15/2026 9:30 AM,PIPE 1/2",1,"$1,234.56"\r\n,,,,,\r\n,,,,,\r\n`;
    expect(await imported("orders", "excel.csv", text)).toMatchObject({ code: 0, rows: 1, documents: 1, rejected: 0 });
  });

  it("a file with tabs", async () => {
    const text = `${HEADER.replaceAll(",", "\t")}\n1\tC1\t2026-04-05\tA\t2\t3.50\n`;
    expect(await imported("orders", "tabs.tsv", text)).toMatchObject({ code: 0, documents: 1 });
  });

  it("names in five scripts", async () => {
    const names = ["Café Łódź", "Кава", "قهوة", "咖啡", "קפה"];
    const text = `customerId,name\n${names.map((name) => `${name},${name}`).join("\n")}\n`;
    expect(await imported("customers", "scripts.csv", text)).toMatchObject({ code: 0, documents: 5, rejected: 0 });
  });
});
