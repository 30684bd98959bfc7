/** Loaded before a program: its clock then shows as many minutes more as CLOCK_MINUTES_AHEAD says. */
const aheadMs = Number(process.env["CLOCK_MINUTES_AHEAD"] ?? 0) * 60_000;
const TrueDate = Date;

globalThis.Date = class extends TrueDate {
  static override now = (): number => TrueDate.now() + aheadMs;

  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(TrueDate.now() + aheadMs);
    else super(...(given as [number]));
  }
} as DateConstructor;
