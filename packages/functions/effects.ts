import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Effects } from "@regulars/core/platform/effects";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { TenantStore } from "@regulars/store/tenant-store";
import { readPhone } from "@regulars/core/platform/phone";
import type { Runtime } from "./runtime.ts";

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const ID_LETTERS = 26;

/** 26 letters of 5 random bits each. */
const newId = (): string => Array.from(randomBytes(ID_LETTERS), (byte) => LETTERS[byte % 32]).join("");

/** Randomness, time and phone numbers for the flows of sales plans. */
export const effectsOf = (clock: () => number, elapsed: () => number): Effects => ({
  clock,
  wait: (ms) => sleep(ms),
  elapsed,
  random: () => Math.random(),
  newId,
  readPhone,
});

/** The context of one tenant's sales plans. */
export const salesContextOf = (
  tenant: Tenant,
  store: TenantStore,
  { clock, elapsed, leadBatchers }: Pick<Runtime, "clock" | "elapsed" | "leadBatchers">,
): SalesContext => ({
  tenant,
  batchers: leadBatchers,
  store: store.sales,
  effects: effectsOf(clock, elapsed),
});
