import { unknownItemFault } from "@regulars/core/catalog/link-rules";
import type { ImportStore, PaymentCounts } from "@regulars/core/imports/import-store";
import type { ImportedPayment } from "@regulars/core/imports/receivables";
import type { SaveCounts } from "@regulars/core/platform/save-counts";

/** Opens the real store for a save; `undefined` where nothing may be written. */
type Opening = (() => Promise<ImportStore>) | undefined;

const NONE: SaveCounts = { created: 0, changed: 0, unchanged: 0 };

/** Every payment is of an invoice that nobody has told of. */
const unknownPayments = (payments: readonly ImportedPayment[]): PaymentCounts => ({
  ...NONE,
  unknownInvoices: new Set(payments.map(({ row }) => row.invoiceId)),
  refused: new Map(),
  takenForSame: 0,
});

/** Every link is between items that nobody has told of. */
const unknownLinks: ImportStore["saveLinks"] = (links) =>
  Promise.resolve({
    ...NONE,
    notApplied: new Map(
      links.flatMap((link) => {
        const fault = unknownItemFault(link, new Set());
        return fault === undefined ? [] : [[link, fault]];
      }),
    ),
  });

/**
 * A store that counts what it is given as created, and opens the real one only when there is a document to save: a file
 * of which every row is rejected makes no tenant, and a dry run, without `opening`, makes nothing at all.
 */
function storeFor(
  opening: Opening,
  { savePayments: ofPayments, saveLinks: ofLinks }: Pick<ImportStore, "savePayments" | "saveLinks">,
): ImportStore {
  let opened: Promise<ImportStore> | undefined;
  const real = (): Promise<ImportStore> | undefined => (opened ??= opening?.());
  const save =
    <Given extends [readonly unknown[], ...unknown[]]>(
      saveOf: (store: ImportStore) => (...given: Given) => Promise<SaveCounts>,
    ) =>
    async (...given: Given): Promise<SaveCounts> => {
      if (given[0].length === 0) return NONE;
      const store = await real();
      return store === undefined ? { ...NONE, created: given[0].length } : saveOf(store)(...given);
    };
  return {
    saveUsers: save((store) => store.saveUsers),
    saveCustomers: save((store) => store.saveCustomers),
    savePersons: save((store) => store.savePersons),
    saveItems: save((store) => store.saveItems),
    saveOrders: save((store) => store.saveOrders),
    saveOrdersOfCustomers: save((store) => store.saveOrdersOfCustomers),
    saveInvoices: save((store) => store.saveInvoices),
    saveActivities: save((store) => store.saveActivities),
    saveSales: save((store) => store.saveSales),
    saveRequests: save((store) => store.saveRequests),
    saveProjects: save((store) => store.saveProjects),
    saveLinks: async (links, note) =>
      opened === undefined ? ofLinks(links, note) : (await opened).saveLinks(links, note),
    saveLeads: save((store) => store.saveLeads),
    savePayments: async (payments, note) =>
      opened === undefined ? ofPayments(payments, note) : (await opened).savePayments(payments, note),
  };
}

/** The store of a tenant that the first document makes. */
export const storeOfNewTenant = (open: () => Promise<ImportStore>): ImportStore =>
  storeFor(open, {
    savePayments: (payments) => Promise.resolve(unknownPayments(payments)),
    saveLinks: unknownLinks,
  });

/** The store of a dry run: nothing is read or written. What only the stored data could refuse counts as usable. */
export const dryStore: ImportStore = {
  ...storeFor(undefined, {
    savePayments: (payments) =>
      Promise.resolve({
        ...NONE,
        created: payments.length,
        unknownInvoices: new Set(),
        refused: new Map(),
        takenForSame: 0,
      }),
    saveLinks: (links) => Promise.resolve({ ...NONE, created: links.length }),
  }),
};
