/** The day of the list that this file follows: ISO 4217, list one, published by SIX. */
export const CURRENCIES_OF = "2026-01-01";

/**
 * Currencies by the decimal places of their minor unit (ISO 4217). Stored integers are counted in these units, so a
 * code never changes its place here without a change of what is stored. Codes without a minor unit (gold, test codes,
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

const digitsByCode: ReadonlyMap<string, number> = new Map(
  [CODES_BY_DIGITS, WITHDRAWN_BY_DIGITS].flatMap((codesByDigits) =>
    Object.entries(codesByDigits).flatMap(([digits, codes]) =>
      codes.split(/\s+/).map((code) => [code, Number(digits)] as const),
    ),
  ),
);

/** Decimal places of a currency's minor unit; `undefined` for what is no currency. */
export const digitsOfCode = (code: string): number | undefined => digitsByCode.get(code);

export const currencyCodes: readonly string[] = [...digitsByCode.keys()];
