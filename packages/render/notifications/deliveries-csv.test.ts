import { notificationSchema } from "@regulars/core/notifications/notification";
import { expect, it } from "vitest";
import { deliveriesCsv } from "./deliveries-csv.ts";
import { aStoredDigest } from "../testing.ts";

it("has what became of each message, and no cell that a spreadsheet would run", () => {
  const notification = notificationSchema.parse({
    id: "digest:1",
    state: "sent",
    dueAt: "2026-11-23T07:30:00.000Z",
    attempts: 2,
    message: aStoredDigest(),
    sentAt: "2026-11-23T07:31:00.000Z",
    providerId: "ses-1",
    maybeDuplicate: true,
    note: "sent again by user:ada",
    bounced: { at: "2026-11-23T07:32:00.000Z", detail: "=HYPERLINK(1)" },
  });
  const text = deliveriesCsv([{ notification, channel: "email", to: "a@b.example", subject: "Two, overdue" }]);
  expect(text.split("\r\n")).toEqual([
    "id,due,state,channel,to,subject,why,attempts,sent,provider id,delivered,bounced,bounce says,complained,maybe twice,clicked in Slack,action,last error,note",
    `digest:1,2026-11-23T07:30:00.000Z,sent,email,a@b.example,"Two, overdue",,2,2026-11-23T07:31:00.000Z,ses-1,,2026-11-23T07:32:00.000Z,'=HYPERLINK(1),,yes,,,,sent again by user:ada`,
    "",
  ]);
});
