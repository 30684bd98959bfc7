import { describe, expect, it } from "vitest";
import { type TimeReport, checkDigests } from "./digest-times.ts";

const ZONES = ["Europe/Copenhagen", "America/Sao_Paulo", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Almaty"];

describe("digest times", () => {
  const run = (zone: string, tenantZone: string, digestAt: string): TimeReport => {
    const report: TimeReport = { days: 0, readAgain: 0, faults: [] };
    checkDigests({ zone, tenantZone, digestAt }, report);
    return report;
  };

  it.each(ZONES)(
    "BX19: are exactly one a local day in %s from 2024 to 2030, at any time of day, also where the hour is missing or twice",
    (zone) => {
      for (const digestAt of ["00:00", "00:30", "02:15", "07:30", "23:45"])
        expect(run(zone, zone, digestAt)).toMatchObject({ days: 2_557, faults: [] });
    },
  );

  it("BX19: are exactly one a local day of readers as far from their tenant as zones are", () => {
    expect(run("Pacific/Kiritimati", "Pacific/Honolulu", "00:00")).toMatchObject({ days: 2_557, faults: [] });
    expect(run("Pacific/Honolulu", "Pacific/Kiritimati", "07:30")).toMatchObject({ days: 2_557, faults: [] });
    expect(run("America/New_York", "Europe/Copenhagen", "20:30")).toMatchObject({ days: 2_557, faults: [] });
  });
});
