import type { PaymentSought } from "@regulars/core/imports/record-store";
import { openMinor } from "@regulars/core/invoices/receivable";
import { formatMoney, parseDecimal } from "@regulars/core/platform/money";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { daySchema, invoiceIdSchema, minor, paymentIdSchema, toInstant } from "@regulars/core/platform/values";
import { takeBackPayment } from "@regulars/flows/imports/take-back-payment";
import { rebuildMessageOf } from "@regulars/functions/workers/messages";
import { UserError } from "@regulars/local/user-error";
import { checkedArgument, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { jobsDone } from "../system/jobs-done.ts";

export interface PaymentsOptions {
  readonly tenant: string;
  readonly payment?: string;
  readonly paidOn?: string;
  readonly amount?: string;
}

/** `regulars payments take-back INVOICE`: takes a mistyped payment of an invoice back. */
export function paymentsCommand(
  session: Session,
  options: PaymentsOptions,
  [action, invoice = ""]: readonly string[],
): Promise<number> {
  if (action !== "take-back") throw new UserError(`unknown action "${action ?? ""}": choose take-back`);
  const invoiceId = checkedArgument(invoiceIdSchema, "INVOICE", invoice);
  const sought = soughtOf(options);
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system) => {
    const { tenant, store } = await system.openTenant(tenantId);
    const taken = await takeBackPayment({ documents: store.documents, invoiceId, sought });
    if (!taken.ok) throw new UserError(taken.message);
    await system.queues.send("rebuilds", rebuildMessageOf(tenantId, store.changedCustomers));
    await jobsDone(system);
    const { document } = taken.value;
    const today = lastCompletedDay(toInstant(system.runtime.clock()), tenant.timeZone);
    const open = minor(openMinor(document, today));
    if (session.json)
      printJson(session, { tenant: tenantId, invoice: invoiceId, openMinor: open, currency: document.currency });
    else
      session.print(
        `took the payment back: invoice ${invoiceId} has ${formatMoney(open, document.currency, tenant.locale)} open\n`,
      );
    return 0;
  });
}

function soughtOf({ payment, paidOn, amount }: PaymentsOptions): PaymentSought {
  if (payment !== undefined) return { paymentId: checkedArgument(paymentIdSchema, "--payment", payment) };
  if (paidOn === undefined || amount === undefined)
    throw new UserError("payments take-back needs --payment with the payment's id, or --paid-on and --amount");
  const decimal = parseDecimal(amount);
  if (!decimal.ok) throw new UserError(`--amount ${decimal.message}`);
  return { paidOn: checkedArgument(daySchema, "--paid-on", paidOn), amount: decimal.value };
}
