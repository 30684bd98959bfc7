import { expect, it } from "vitest";
import { erasedInAll } from "./erasure.ts";

it("OP03: a cut-off erasure tells what there was at its beginning, and what came while it ran", () => {
  const counted = [
    { kind: "orders", removed: 6, blanked: 0 },
    { kind: "deals", removed: 0, blanked: 2 },
  ];
  expect(erasedInAll(counted, [])).toEqual([
    { kind: "deals", removed: 0, blanked: 2 },
    { kind: "orders", removed: 6, blanked: 0 },
  ]);
  const last = [
    { kind: "orders", removed: 1, blanked: 0 },
    { kind: "deals", removed: 0, blanked: 3 },
    { kind: "notes", removed: 1, blanked: 0 },
  ];
  expect(erasedInAll(counted, last)).toEqual([
    { kind: "deals", removed: 0, blanked: 3 },
    { kind: "notes", removed: 1, blanked: 0 },
    { kind: "orders", removed: 6, blanked: 0 },
  ]);
});
