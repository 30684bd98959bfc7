import { expect, it } from "vitest";
import { channelOf } from "./channel.ts";

it("says by the provider's id where an alert went", () => {
  expect(channelOf({ type: "alert" }, undefined)).toBe("slack");
  expect(channelOf({ type: "alert" }, "C0SALES/1795400000.000100")).toBe("slack");
  expect(channelOf({ type: "alert" }, "D02SANNE/1795400000.000100")).toBe("slack");
  expect(channelOf({ type: "alert" }, "0102018f-ses")).toBe("email");
  expect(channelOf({ type: "digest" }, undefined)).toBe("email");
});
