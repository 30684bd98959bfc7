import { describe, expect, it } from "vitest";
import type { CustomerLog } from "../../../backtests/customer-log.ts";
import { TenantPast } from "../../../backtests/tenant-past.ts";
import { customerIdSchema } from "../../../platform/values.ts";
import { churnBacktest } from "./backtest.ts";

/** Orders every 20 days, and then none. */
const log: CustomerLog = {
  customerId: customerIdSchema.parse("a"),
  orderDays: [20_000, 20_020, 20_040, 20_060, 20_080, 20_100],
  netMinor: Array<number>(6).fill(10_000),
  items: new Map(),
};

const candidatesOf = (horizonDays: number) => {
  const span = { from: 20_000, to: 20_400, horizonDays };
  return churnBacktest.tryOn(log, span, new TenantPast([log], span)).candidates ?? [];
};

describe("a stated chance in the backtest", () => {
  it("AC01 is of the days by which it is assessed, when these are set to fewer than the customer's own", () => {
    const [own, shorter] = [candidatesOf(90)[1], candidatesOf(20)[1]];
    expect([own?.on, shorter?.on]).toEqual([20_133, 20_133]);
    // Three usual gaps are 60 days: the chance that 20 days stay empty is greater, the money at stake the same.
    expect(own?.chance).toBeLessThan(0.4);
    expect(shorter?.chance).toBeGreaterThan((own?.chance ?? 1) + 0.1);
    expect(shorter?.atStakeMinor).toBe(own?.atStakeMinor);
  });
});
