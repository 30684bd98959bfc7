import { builtInInsights } from "@regulars/core/insights/catalog";

/** A kind for the examples. */
const KIND = builtInInsights.kinds[0]?.id ?? "";

/** What help says of a command: sentences, and examples as they are typed after `npx regulars`. */
interface CommandText {
  readonly says: string;
  readonly examples: readonly [string, ...string[]];
}

/** The help of every command. */
export const commandTexts = {
  start: {
    says: "Runs the whole system on this machine until Ctrl-C: pages, API, jobs, a mail inbox and a Slack page. The first start makes a demo tenant.",
    examples: ["start", "start --port 8080 --no-demo"],
  },
  import: {
    says: "Imports a CSV file, also a compressed one (.gz). The first import makes the tenant. The same file a second time changes nothing.",
    examples: [
      "import orders orders.csv --tenant acme",
      "import orders orders_export.csv --tenant acme --format shopify-orders",
      "import invoices journal.csv --tenant acme --format odoo-invoices --dry-run",
      "import orders sales.csv --tenant acme --dates mdy --map 'orderId=\"Invoice No\",customerId=Client'",
      "import deals deals.csv --tenant acme --plan pln_restaurants",
    ],
  },
  night: {
    says: "Starts the nightly run of one tenant: it finds, saves and sends what is new. A second run of the same day changes nothing.",
    examples: ["night --tenant acme", "night --tenant acme --no-send"],
  },
  insights: {
    says: "Lists the findings of the last nightly run. With --as-of it computes those of any past day and saves nothing.",
    examples: ["insights --tenant acme", `insights --tenant acme --kind ${KIND} --as-of 2026-06-30`],
  },
  "for-you": {
    says: "Shows a rep's page: whom to talk to first and why, the week's sales and the lowest performers. Without a filter it is about all customers.",
    examples: ["for-you --tenant acme --rep anna", "for-you --tenant acme --team north --as-of 2026-06-30"],
  },
  orders: {
    says: "Shows drafts and today's orders, or the orders of a past day.",
    examples: ["orders --tenant acme --rep anna", "orders --tenant acme --day 2026-06-30"],
  },
  findings: {
    says: "Says what you think of a finding: puts it off, puts it aside for good, opens it again or rates it. It also shows how right each rule was, and which findings have ended.",
    examples: [
      `findings snooze ${KIND}:C1 --tenant acme --until 2027-01-15`,
      `findings feedback ${KIND}:C1 --tenant acme --verdict wrong --note 'on holiday'`,
      "findings precision --tenant acme",
      "findings resolved --tenant acme --since 2026-06-01",
    ],
  },
  backtest: {
    says: "Says how right every rule would have been on past orders: a tenant's own, or made-up ones for which the truth is known.",
    examples: ["backtest --tenant acme --html report.html", "backtest --made-up 200"],
  },
  settings: {
    says: "Shows a tenant's settings, and changes those that are given.",
    examples: [
      "settings --tenant acme",
      "settings --tenant acme --locale de-AT --closure 12-24..01-06",
      `settings --tenant acme --insight ${KIND}.followUp='Hello from us'`,
    ],
  },
  "code-red": {
    says: "Shows the call list of customers whose buying changed. Options try other settings, and save nothing.",
    examples: [
      "code-red --tenant acme --only-red",
      "code-red ignore C1 --tenant acme --days 30 --note 'shop is closed'",
    ],
  },
  links: {
    says: "Shows and changes which items are bought together in which ratio. suggest finds links in the orders since a day; accept makes one, reject remembers that it is none.",
    examples: [
      "links set GUN BULLET --tenant acme --ratio 1 --linked-ratio 24",
      "links suggest --tenant acme --from 2026-01-01 --percent 10",
      "links accept GUN BULLET --tenant acme --by anna",
    ],
  },
  health: {
    says: "Shows how well customers and we are in touch: all, one customer, a person or lead, or an open deal. --try says what other settings would change, and saves nothing.",
    examples: [
      "health --tenant acme --only-weak",
      "health --tenant acme --customer C1",
      "health --tenant acme --try goodMin=50 contactDays@hotel=30",
    ],
  },
  introductions: {
    says: "Asks a colleague to introduce you to a person, answers a request, or lists both. The colleague gets a message in Slack or an e-mail, the person nothing.",
    examples: [
      "introductions ask --tenant acme --by anna --person P-77 --colleague bo",
      "introductions accept intro_1 --tenant acme --by bo",
    ],
  },
  "opt-outs": {
    says: "Lists who is left out of who knows whom, takes somebody out or back in. It holds from the next answer on.",
    examples: ["opt-outs --tenant acme", "opt-outs out user anna --tenant acme"],
  },
  "who-knows": {
    says: "Shows which colleagues know a person, anybody at a customer, or the person of a deal: strongest first, at most five.",
    examples: ["who-knows --tenant acme --person P-77", "who-knows --tenant acme --customer C1 --as-of 2026-06-30"],
  },
  select: {
    says: "Lists who meets criteria, or has the status of a monitor: companies, persons or projects. Saves nothing.",
    examples: [
      "select --tenant acme --criteria criteria.json",
      "select --tenant acme --status sleeping --entering 14",
      "select --tenant acme --status sleeping --explain C1",
    ],
  },
  "follow-ups": {
    says: "Lists the tasks that statuses and actions on selections have made, of a user or of a customer, makes one of a status by hand, and ends them. A completed one counts as an activity.",
    examples: [
      "follow-ups --tenant acme --user anna",
      "follow-ups create sleeping --tenant acme --owner C1 --by anna",
      "follow-ups complete FOLLOW-UP --tenant acme --by anna",
    ],
  },
  selections: {
    says: "Keeps lists of companies, persons or projects: dynamic ones by criteria, static ones by ids. Makes call lists, follow-ups and mailings of their members.",
    examples: [
      "selections --tenant acme",
      "selections create Sleeping --tenant acme --criteria criteria.json",
      "selections freeze SELECTION --tenant acme --name 'Sleeping in November'",
      "selections call-list SELECTION --tenant acme",
      "selections follow-up SELECTION --tenant acme --text 'Call <name> (<cpho>)'",
      "selections mail SELECTION --tenant acme --subject 'News' --text 'Hello <name>' --preview",
    ],
  },
  status: {
    says: "Shows and changes status monitors: statuses that customers, persons or projects have by their records.",
    examples: [
      "status create sleeping --preset sleeping --tenant acme",
      "status preview sleeping --tenant acme --criteria criteria.json",
      "status edit sleeping --tenant acme --criteria criteria.json",
      "status picture sleeping --tenant acme --picture web.png --alt-text 'A cobweb'",
    ],
  },
  notifications: {
    says: "Shows what reaches a user, how and when, with whose choice each preference is, and changes it. The preview says what would be sent to whom in the next 24 hours, and why.",
    examples: [
      "notifications preferences anna --tenant acme",
      `notifications preferences anna --tenant acme --set digestAt=06:30 kinds.${KIND}.high=digest`,
      `notifications preferences --tenant acme --compel kinds.${KIND}.high=at-once --reason 'Cash is tight.'`,
      "notifications preview --tenant acme",
    ],
  },
  slack: {
    says: "Shows a tenant's connection with Slack, gives the address at which an admin adds the app to a workspace, sets the channels of alerts, and disconnects. A channel of another workspace is refused.",
    examples: [
      "slack --tenant acme",
      "slack connect --tenant acme",
      "slack channel --tenant acme --channel C0123ABCD --team north",
      "slack disconnect --tenant acme",
    ],
  },
  templates: {
    says: "Lists the texts of messages that a tenant may say in its own words. Of one text it shows the versions, and how it reads to a real customer, also with words that are not saved.",
    examples: [
      "templates --tenant acme --language da",
      "templates digest.footer --tenant acme --words 'You look after customers of <firm>.'",
      `templates ${KIND}.why --tenant acme --customer C1`,
    ],
  },
  deliveries: {
    says: "Lists the e-mails and Slack messages: what was sent to whom, what waits and what has failed. It also sends what has failed, or any one message, again.",
    examples: [
      "deliveries --tenant acme",
      "deliveries --tenant acme --retry",
      "deliveries --tenant acme --resend digest:anna:2026-11-22",
      "deliveries --tenant acme --csv",
    ],
  },
  suppressions: {
    says: "Lists the addresses that get no mail, because mails came back or were called spam, and lifts that.",
    examples: ["suppressions --tenant acme", "suppressions --tenant acme --lift ase@acme.example"],
  },
  payments: {
    says: "Takes a mistyped payment back. Name it by its id, or by its day and amount.",
    examples: [
      "payments take-back R-1001 --tenant acme --payment P-7",
      "payments take-back R-1001 --tenant acme --paid-on 2026-10-02 --amount 84.80",
    ],
  },
  tenants: {
    says: "Lists the tenants, creates one with its first admin, or removes one with all it has. A tenant is one company with its own data.",
    examples: [
      "tenants",
      "tenants create acme --time-zone Europe/Berlin --currency EUR --admin ada",
      "tenants remove acme --yes acme",
    ],
  },
  export: {
    says: "Writes all that a tenant has into one compressed file, from which restore puts it back. Whoever has the file has the tenant's data.",
    examples: ["export --tenant acme acme.jsonl.gz"],
  },
  restore: {
    says: "Puts a tenant back from the file that export wrote. The tenant must not exist; packed years are made anew and every line is checked.",
    examples: ["restore acme.jsonl.gz", "restore acme.jsonl.gz --data /tmp/second"],
  },
  erase: {
    says: "Erases a customer or a person from everything that a tenant has stored, and says what was erased. Deals keep their amounts without names. It cannot be undone.",
    examples: [
      "erase --tenant acme --customer 10001 --dry-run",
      "erase --tenant acme --customer 10001",
      "erase --tenant acme --person p-77",
    ],
  },
  deals: {
    says: "Lists the deals of a sales plan and changes them, one or many. A status and a refusal reason may be given by name.",
    examples: [
      "deals list pln_restaurants --tenant acme --status New",
      "deals move pln_restaurants:12 Lost --tenant acme --reason 'Too expensive'",
      "deals transfer-many pln_restaurants bo --tenant acme --manager anna",
    ],
  },
  refusals: {
    says: "Counts won and lost deals, the lost ones by reason.",
    examples: ["refusals --tenant acme --by manager", "refusals --tenant acme --from 2026-01-01 --csv"],
  },
  plans: {
    says: "Lists sales plans, creates and changes them, shows who gets the next leads, and adds leads from a CSV file.",
    examples: [
      "plans --tenant acme",
      "plans create --example --tenant acme > plan.json",
      "plans create plan.json --tenant acme",
      "plans edit pln_restaurants change.json --tenant acme",
      "plans dry-run pln_restaurants --tenant acme --count 5",
      "plans add pln_restaurants leads.csv --tenant acme",
    ],
  },
  keys: {
    says: "Lists, creates and revokes API keys. A new key is shown once.",
    examples: [
      "keys --tenant acme",
      "keys create site --tenant acme --actions leads.add --plans pln_restaurants",
      "keys revoke key_1 --tenant acme",
    ],
  },
  doctor: {
    says: "Checks the installation: the database, the last nightly run and the messages of every tenant.",
    examples: ["doctor", "doctor --rebuild"],
  },
} as const satisfies Record<string, CommandText>;

export type CommandName = keyof typeof commandTexts;
