import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { CallListShard, ComparedCustomer } from "@regulars/core/code-red/call-list";
import type { Column } from "@regulars/core/code-red/columns";
import type { Confirmation } from "@regulars/core/code-red/confirm";
import type { PeriodValue } from "@regulars/core/code-red/customer-values";
import type { Light } from "@regulars/core/code-red/light";
import type { ItemMark, LinkMark } from "@regulars/core/code-red/list";
import type { LastRecords } from "@regulars/core/code-red/recent";
import type { Customer } from "@regulars/core/customers/customer";
import type { CustomerId } from "@regulars/core/platform/values";

/** Changes with what a comparison is: content of another version is not used. */
export const CONTENT_VERSION = 1;

type PackedValue = readonly [sales: number, credits: number, orders: number];

/** A column without names, because there are four of every customer. */
type PackedColumn = readonly [
  months: Column["months"],
  light: Light,
  current: PackedValue,
  previous: PackedValue,
  confirmation?: Confirmation | undefined,
];

type PackedCustomer = readonly [
  customer: Customer,
  columns: readonly PackedColumn[],
  withoutRate: number,
  lastRecords: LastRecords,
  items: readonly ItemMark[],
  links: readonly LinkMark[],
];

interface Packed {
  readonly customers: readonly PackedCustomer[];
  readonly unread: readonly CustomerId[];
}

/** The content of a shard as bytes; the same content gives the same bytes. */
export function packShard({ customers, unread }: CallListShard): Uint8Array {
  const packed: Packed = { customers: customers.map(packCustomer), unread };
  return deflateRawSync(JSON.stringify(packed), { level: 3 });
}

/** The content of bytes whose hash has been checked. */
export function unpackShard(bytes: Uint8Array): CallListShard {
  const { customers, unread } = JSON.parse(inflateRawSync(bytes).toString("utf8")) as Packed;
  return { customers: customers.map(unpackCustomer), unread };
}

const packCustomer = ({ customer, compared, lastRecords }: ComparedCustomer): PackedCustomer => [
  customer,
  compared.columns.map(packColumn),
  compared.withoutRate,
  lastRecords,
  compared.items,
  compared.links,
];

const unpackCustomer = ([customer, columns, withoutRate, lastRecords, items, links]: PackedCustomer) => ({
  customer,
  compared: { columns: columns.map(unpackColumn), items, links, withoutRate },
  lastRecords,
});

function packColumn({ months, light, current, previous, confirmation }: Column): PackedColumn {
  const values = [packValue(current), packValue(previous)] as const;
  return confirmation === undefined ? [months, light, ...values] : [months, light, ...values, confirmation];
}

const unpackColumn = ([months, light, current, previous, confirmation]: PackedColumn): Column => {
  const column = { months, current: unpackValue(current), previous: unpackValue(previous), light };
  return confirmation === undefined ? column : { ...column, confirmation };
};

const packValue = ({ salesMinor, creditsMinor, orders }: PeriodValue): PackedValue => [
  salesMinor,
  creditsMinor,
  orders,
];

const unpackValue = ([salesMinor, creditsMinor, orders]: PackedValue): PeriodValue => ({
  salesMinor,
  creditsMinor,
  orders,
});
