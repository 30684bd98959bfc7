import { zoneClock } from "@regulars/core/platform/zone-clock";
import { type TimeReport, checkDigests, digestTimes } from "./digest-times.ts";

/**
 * `npm run check:time`: every IANA zone, every day of 2024 to 2030, every digest time: one digest a local day. Of zones
 * whose clocks never differ in these years, the first is tried with every digest time.
 */

const zones = Intl.supportedValuesOf("timeZone");
const QUARTER_MS = 900_000;
const FROM = Date.parse("2023-12-25T00:00:00Z");
const TO = Date.parse("2031-01-10T00:00:00Z");

/** The clock changes of a zone, to the quarter of an hour: zones with the same ones have the same local times. */
function changesOf(zone: string): string {
  const clock = zoneClock(zone);
  const offsetAt = (at: number): number => {
    const { day, minute } = clock.localTime(at);
    return day * 1_440 + minute - at / 60_000;
  };
  const found = [String(offsetAt(FROM))];
  for (let at = FROM; at < TO; at += QUARTER_MS)
    if (offsetAt(at + QUARTER_MS) !== offsetAt(at)) found.push(`${at} ${offsetAt(at + QUARTER_MS)}`);
  return found.join(" ");
}

const alike = [...Map.groupBy(zones, changesOf).values()];
const started = performance.now();
const report: TimeReport = { days: 0, readAgain: 0, faults: [] };
for (const [zone = ""] of alike)
  for (const digestAt of digestTimes) checkDigests({ zone, tenantZone: zone, digestAt }, report);
for (const zone of zones) checkDigests({ zone, tenantZone: zone, digestAt: "07:30" }, report);
for (const tenantZone of ["Europe/Copenhagen", "America/Sao_Paulo", "Pacific/Kiritimati", "Pacific/Honolulu"])
  for (const zone of zones) checkDigests({ zone, tenantZone, digestAt: "07:30" }, report);
const seconds = (performance.now() - started) / 1000;
process.stdout.write(
  `${zones.length} zones with ${alike.length} different clocks, ${digestTimes.length} digest times, ${report.days} local days with one digest each, ` +
    `${report.readAgain} of them read again by the platform's calendar, ${report.faults.length} faults, ${seconds.toFixed(0)} s\n`,
);
for (const fault of report.faults) process.stdout.write(`${fault}\n`);
process.exitCode = report.faults.length === 0 ? 0 : 1;
