/**
 * Currencies by the decimal places of their minor unit (ISO 4217, list one of 2026-01-01, published by SIX). Stored integers are counted in these units, and each
 * tenant keeps them (`minorUnits`): when a code changes its place here, tenants stored before are refused, not misread. Codes without a minor unit (gold, test codes,
 * "no currency") are no currencies of amounts.
 */
const CODES_BY_DIGITS: Readonly<Record<number, string>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP
    COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR
    JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
    NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL
    THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

/** Codes withdrawn since 2010: documents of that time are still in them. */
const WITHDRAWN_BY_DIGITS: Readonly<Record<number, string>> = {
  0: "BYR",
  2: "ANG BGN CUC EEK HRK LTL LVL MRO SLL STD VEF ZMK ZWL",
};

const codesIn = (codesByDigits: Readonly<Record<number, string>>): readonly string[] =>
  Object.values(codesByDigits).flatMap((codes) => codes.split(/\s+/));

/** The currencies of today, which forms offer. */
export const currentCurrencies: readonly string[] = codesIn(CODES_BY_DIGITS);

const digitsByCode: ReadonlyMap<string, number> = new Map(
  [CODES_BY_DIGITS, WITHDRAWN_BY_DIGITS].flatMap((codesByDigits) =>
    Object.entries(codesByDigits).flatMap(([digits, codes]) =>
      codes.split(/\s+/).map((code) => [code, Number(digits)] as const),
    ),
  ),
);

/** Decimal places of a currency's minor unit; `undefined` for what is no currency. */
export const digitsOfCode = (code: string): number | undefined => digitsByCode.get(code);

/** The unit of every currency, as a tenant keeps those that its amounts are stored in: `EUR2 JPY0 …`. */
export const minorUnits: string = [...digitsByCode]
  .map(([code, digits]) => `${code}${digits}`)
  .toSorted()
  .join(" ");

/**
 * What would mean something else if integers stored in these units were read in today's: `JPY0 is JPY2 now`. A currency
 * that came since is none of it, one that is gone is.
 */
export const changedUnits = (stored: string): readonly string[] =>
  stored === minorUnits
    ? []
    : stored.split(" ").flatMap((unit) => {
        const code = unit.slice(0, 3);
        const now = digitsOfCode(code);
        return unit === `${code}${now}` ? [] : [`${unit} is ${now === undefined ? "unknown" : `${code}${now}`} now`];
      });

export const currencyCodes: readonly string[] = [...digitsByCode.keys()];
