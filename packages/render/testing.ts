import {
  type Alert,
  type Digest,
  type DigestSales,
  type MessageLine,
  alertSchema,
  digestSalesSchema,
  digestSchema,
  messageLineSchema,
} from "@regulars/core/notifications/message";

/** A finding to render; a test names only what it is about. */
export const aLine = (parts: Partial<Record<keyof MessageLine, unknown>> = {}): MessageLine =>
  messageLineSchema.parse({
    findingId: "cold-coffee:cafe",
    level: "high",
    isNew: false,
    customerId: "cafe",
    customerName: "Café Crémant",
    why: "silent 22 days, usually 14",
    atStakeMinor: 1248050,
    currency: "EUR",
    contact: { name: "Åse Nørgård", phone: "+45 12 34 56 78" },
    link: "https://regulars.example/findings/cold-coffee:cafe",
    followUp: "Hello Café Crémant, is there anything you are missing?",
    ...parts,
  });

/** One kind's part of a digest with one line. */
export const aSection = (parts: Partial<Digest["sections"][number]> = {}): Digest["sections"][number] => ({
  kind: "cold-coffee",
  title: "Churn risk",
  counted: "1 churn risk",
  count: 1,
  newCount: 0,
  lines: [aLine()],
  ...parts,
});

/** How sales went, by the example of insights.md 2.5, with two customers that ordered. */
export const someSales = (parts: Partial<Record<keyof DigestSales, unknown>> = {}): DigestSales =>
  digestSalesSchema.parse({
    from: "2026-11-16",
    to: "2026-11-22",
    salesMinor: 16_000,
    previousMinor: 20_000,
    currency: "EUR",
    changePct: -20,
    lowest: {
      windowDays: 30,
      customers: 2,
      rows: [
        { customerName: "Café Crémant", units: -36, salesMinor: -1_250 },
        { customerName: "Blå Bistro", units: 1, salesMinor: 900 },
      ],
    },
    ...parts,
  });

/** A digest of 22 November 2026 with one section. */
export const aDigest = (parts: Partial<Record<keyof Digest, unknown>> = {}): Digest =>
  digestSchema.parse({
    type: "digest",
    tenantId: "acme",
    tenantName: "Acme Foods",
    asOf: "2026-11-22",
    locale: "en-GB",
    userId: "sanne",
    to: { name: "Sanne Holm", address: "sanne@acme.example" },
    sections: [aSection()],
    link: "https://regulars.example/for-you",
    ...parts,
  });

/** An alert of 22 November 2026 for the rep Sanne. */
export const anAlert = (parts: Partial<Record<keyof Alert, unknown>> = {}): Alert =>
  alertSchema.parse({
    type: "alert",
    tenantId: "acme",
    tenantName: "Acme Foods",
    asOf: "2026-11-22",
    locale: "en-GB",
    kind: "cold-coffee",
    title: "Churn risk",
    line: aLine(),
    rep: { userId: "sanne", name: "Sanne Holm", slackUserId: "U02SANNE" },
    ...parts,
  });

/** Values that would change a message if they were not made harmless. */
export const hostileValues = [
  `</td></tr></table><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `" style="position:fixed" onmouseover="alert(1)`,
  `<!-- begin:line --> --><!--[if mso]>`,
  `{{{line}}} {{link}} {{{nothing}}}`,
  `<!channel> <@U02SANNE> <https://evil.example|Open>`,
  `*bold* _italic_ ~struck~ \`code\` | > quote`,
  `Name\r\nBcc: evil@evil.example\r\n\r\nbody`,
  `a\u2028b\u2029c\u0085d\u0000e`,
  `=HYPERLINK("https://evil.example")`,
  `\u202Egnp.exe\u202C \u2066isolate`,
  `lone \uD800 half`,
  `$& $1 $\``,
  "x".repeat(10_000_000),
];
