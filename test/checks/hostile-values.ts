/** What could end or open something in HTML, a mail's head, Slack, a spreadsheet, a link, or a template. */
const atoms = [
  "</td></tr></table>",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '" style="position:fixed',
  "<!-- begin:line -->",
  "-->",
  "<![endif]-->",
  "<svg/onload=alert(1)>",
  "</title></style></textarea>",
  "&lt;b&gt;",
  "&#60;b&#62;",
  "&",
  "{{{line}}}",
  "{{link}}",
  "<name>",
  "<cpho|x>",
  "\\<",
  "{numb, plural, one {#} other {#}}",
  "{numb, plural, other {",
  "<!channel>",
  "<@U02SANNE>",
  "<https://evil.example|Open>",
  "*bold*",
  "_italic_",
  "~struck~",
  "`code`",
  "```pre```",
  "> quote",
  "|",
  "\r\nBcc: evil@evil.example",
  "\r\n\r\n<html>",
  "\n.\n",
  "\u2028",
  "\u2029",
  "\u0085",
  "\u0000",
  "\u000b",
  '=HYPERLINK("https://evil.example")',
  "=1+1",
  "+cmd|' /C calc'!A0",
  "@SUM(A1)",
  "-2+3",
  "\uff1d1+1",
  "\t=1",
  "\u202egnp.exe\u202c",
  "\u2066x\u2069",
  "\ud800",
  "\udfff",
  "\u{1f468}\u200d\u{1f33e}",
  "$& $1 $`",
  "javascript:alert(1)",
  "tel:+4512345678",
  "?bcc=evil@evil.example&body=x",
  "%0d%0aBcc:evil@evil.example",
  ',;"quoted"',
  "+45 12 34 56 78",
  "+45 (0)20 1234,5678;ext=9",
  "Åse Nørgård",
  "п’ять",
  " ",
  "",
  "a",
] as const;

/** The same numbers from 0 to below 1 for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A value of one to five atoms; one in a thousand is long. */
export function hostileValue(random: () => number): string {
  const text = Array.from(
    { length: 1 + Math.floor(random() * 5) },
    () => atoms[Math.floor(random() * atoms.length)] ?? "",
  ).join("");
  return random() < 0.001 ? text.repeat(20_000) : text;
}
