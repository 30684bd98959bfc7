import type { Compulsion, PreferencesChange } from "@regulars/core/notifications/preferences";
import { seeded } from "@regulars/core/platform/random";
import { toDay } from "@regulars/core/platform/values";
import { DAY_MS } from "./own-clock.ts";

/** A made-up year: what becomes overdue and is paid when, who changes which preference when, and what goes wrong. */

export interface Bill {
  readonly customerId: string;
  readonly invoiceId: string;
  /** Days since 1970. */
  readonly dueDay: number;
  readonly paidAt: number;
}

export interface Rep {
  readonly userId: string;
  readonly bills: readonly Bill[];
  readonly changes: readonly { readonly at: number; readonly patch: PreferencesChange }[];
}

export interface Year {
  readonly firstDay: number;
  readonly days: number;
  readonly reps: readonly Rep[];
  /** Replaces the tenant's defaults and what is compulsory. */
  readonly tenantChanges: readonly {
    readonly at: number;
    readonly patch: PreferencesChange;
    readonly compulsions: readonly Compulsion[];
  }[];
  readonly closed: Readonly<Record<"mail" | "slack", readonly { readonly from: number; readonly until: number }[]>>;
}

const ZONES = (
  "Europe/Copenhagen America/Sao_Paulo Pacific/Auckland Asia/Kathmandu America/Los_Angeles Pacific/Honolulu " +
  "Australia/Lord_Howe Europe/Kyiv Pacific/Kiritimati UTC"
).split(" ");
const HIGH = ["at-once", "digest", "off", null] as const;

export function aYear(reps: number, days: number, seed: number): Year {
  const random = seeded(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const one = <T>(of: readonly T[]): T | undefined => of[below(of.length)];
  const firstDay = Date.parse("2026-02-01") / DAY_MS;
  // Half a minute past: never the minute of a message.
  const someTime = (): number => (firstDay + random() * days) * DAY_MS;
  const halfPast = (at: number, second = 30): number => Math.floor(at / 60_000) * 60_000 + second * 1000;

  const someChange = (at: number): PreferencesChange => {
    const today = Math.floor(at / DAY_MS);
    const changes: readonly (() => PreferencesChange)[] = [
      () => ({ zone: one(ZONES) ?? null }),
      () => ({ zone: one(ZONES) ?? null }),
      () => ({ digestAt: one(["00:15", "06:15", "07:30", "12:00", "17:45", "23:45", null]) ?? null }),
      () => ({ digestDays: one([[], ["monday", "thursday"], ["saturday", "sunday"], null] as const)?.slice() ?? null }),
      () => ({ hasQuietHours: one([true, false, null]) ?? null }),
      () => ({ quietFrom: one(["18:00", "22:30", "00:30", null]) ?? null }),
      () => ({ quietUntil: one(["06:00", "09:15", "02:30", null]) ?? null }),
      () => ({ workWeekends: one([true, false]) ?? null }),
      () => ({ pausedUntil: random() < 0.4 ? null : toDay(today + 1 + below(9)) }),
      () => ({ allOff: random() < 0.3 ? true : null }),
      () => ({ allOff: null, pausedUntil: null }),
      () => ({ kinds: { "overdue-payments": { high: one(HIGH) ?? null } } }),
      () => ({ kinds: { "overdue-payments": { high: null, medium: one(["digest", "off", null]) ?? null } } }),
      () => ({ kinds: { "*": { high: one(HIGH) ?? null, medium: one(["digest", null]) ?? null } } }),
    ];
    return one(changes)?.() ?? {};
  };

  const billsOf = (customerId: string): readonly Bill[] => {
    const bills: Bill[] = [];
    let dueDay = firstDay - 30 + below(40);
    while (dueDay < firstDay + days) {
      const late = random() < 0.7 ? 29 + random() * 12 : 1 + random() * 8;
      const paidAt = halfPast((dueDay + late) * DAY_MS, 45);
      bills.push({ customerId, invoiceId: `${customerId}-${bills.length}`, dueDay, paidAt });
      dueDay = Math.floor(paidAt / DAY_MS) + 2 + below(90);
    }
    return bills;
  };

  return {
    firstDay,
    days,
    reps: Array.from({ length: reps }, (_, index) => {
      const userId = `r-${index}`;
      const times = Array.from({ length: 1 + below(1 + Math.ceil(days / 15)) }, () => halfPast(someTime()));
      return {
        userId,
        bills: ["a", "b"]
          .flatMap((letter) => billsOf(`${userId}-${letter}`))
          .filter(({ paidAt }) => paidAt > firstDay * DAY_MS),
        changes: times.toSorted((a, b) => a - b).map((at) => ({ at, patch: someChange(at) })),
      };
    }),
    tenantChanges: [
      {
        at: halfPast((firstDay + days * 0.3) * DAY_MS, 20),
        patch: { digestAt: "08:15", quietFrom: "21:00" },
        compulsions: [],
      },
      {
        at: halfPast((firstDay + days * 0.6) * DAY_MS, 20),
        patch: {},
        compulsions: [{ set: { kinds: { "overdue-payments": { high: "at-once" } } }, reason: "Cash is tight." }],
      },
      { at: halfPast((firstDay + days * 0.8) * DAY_MS, 20), patch: { digestAt: null }, compulsions: [] },
    ],
    closed: { mail: closures(), slack: closures() },
  };

  /** For minutes or hours, once a week; they end at no time that anybody chooses. */
  function closures(): { from: number; until: number }[] {
    return Array.from({ length: Math.ceil(days / 7) }, (_, week) => {
      const from = (firstDay + week * 7) * DAY_MS + below(6 * 24) * 3_600_000 + below(4) * 900_000;
      return { from, until: from + below(8) * 3_600_000 + 37 * 60_000 + 11_000 };
    });
  }
}

/** Whether the process that sends to a reader at a minute is killed, before or after the message has arrived. */
export function killedAt(userId: string, at: number): "before" | "after" | undefined {
  const drawn = seeded(Math.floor(at / 60_000) + Number(userId.slice(2)) * 7919)();
  return drawn < 0.02 ? "before" : drawn < 0.04 ? "after" : undefined;
}
