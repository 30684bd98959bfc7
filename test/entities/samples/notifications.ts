import type { Choices, NotificationPreferences } from "@regulars/core/notifications/preferences";
import { day } from "@regulars/core/platform/values";
import type { Filled } from "../fields.ts";
import { at } from "./values.ts";

const choices: Filled<Choices> = {
  channel: "mail",
  slackChannel: "C1",
  digestAt: "06:15",
  digestDays: ["monday"],
  digestOfCleared: true,
  hasQuietHours: false,
  quietFrom: "21:00",
  quietUntil: "06:00",
  workWeekends: false,
  zone: "Europe/Copenhagen",
  language: "da",
  pausedUntil: day("2026-12-01"),
  allOff: false,
  kinds: { "churn-risk": { high: "digest" } },
};

export const preferences: Filled<NotificationPreferences> = {
  version: 1,
  choices,
  stamps: { digestAt: { at, by: "user:anna", reason: "asked by phone" } },
  compulsions: [{ set: choices, reason: "Everybody works so." }],
};
