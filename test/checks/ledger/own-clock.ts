/** Local times of zones, read from the platform's own calendar: nothing of the product's. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** How far a zone's clocks are ahead of UTC, ms. Clocks change at whole half-hours. */
function offsetAt(zone: string, at: number): number {
  const half = Math.floor(at / (30 * MINUTE_MS));
  const name = `${zone} ${half}`;
  const known = offsets.get(name);
  if (known !== undefined) return known;
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium", hourCycle: "h23" });
  formats.set(zone, format);
  const from = half * 30 * MINUTE_MS;
  const offset = Date.parse(`${format.format(from).replace(" ", "T")}Z`) - from;
  offsets.set(name, offset);
  return offset;
}

/** The local day (days since 1970) and minute of an instant. */
export function localOf(zone: string, at: number): { readonly day: number; readonly minute: number } {
  const local = at + offsetAt(zone, at);
  const day = Math.floor(local / DAY_MS);
  return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
}

/** The first instant at which the clocks show a local time; one that they skip is as much later as they skip. */
export function instantAt(zone: string, day: number, minute: number): number {
  const local = day * DAY_MS + minute * MINUTE_MS;
  const around = [offsetAt(zone, local - DAY_MS), offsetAt(zone, local + DAY_MS)];
  const shown = around.map((offset) => local - offset).filter((at) => at + offsetAt(zone, at) === local);
  return shown.length > 0 ? Math.min(...shown) : local - (around[0] ?? 0);
}

export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (new Date(day * DAY_MS).getUTCDay() + 6) % 7;
