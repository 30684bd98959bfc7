import { Problem, problemResponse } from "@regulars/functions/api/http/problem";

/** Leads that are worked on at a time: the largest batch, or as many single ones. */
const MOST_AT_WORK = 100;
/** Leads that wait beside those. More would wait longer than their senders do. */
const MOST_WAITING = 200;
/** How many leads a second a laptop stores and assigns at least: what `Retry-After` is reckoned with. */
const LEADS_A_SECOND = 50;
/** A lead of a batch has at least so many bytes. */
const BYTES_A_LEAD = 200;
const LARGEST_BATCH = 100;

type Fetch = (request: Request) => Promise<Response>;

interface Waiting {
  readonly leads: number;
  readonly begin: () => void;
}

/**
 * A bounded queue before the API's addresses that take leads in. Those beyond it are answered 503 at once, with the
 * time in which the queue will be shorter; one whose sender has given up leaves the queue, and costs nothing more.
 */
export function leadGate(fetch: Fetch, { mostAtWork = MOST_AT_WORK, mostWaiting = MOST_WAITING } = {}): Fetch {
  const queue: Waiting[] = [];
  let [atWork, waiting] = [0, 0];
  const mayBegin = (leads: number): boolean => atWork === 0 || atWork + leads <= mostAtWork;
  const next = (): void => {
    for (let [first] = queue; first !== undefined && mayBegin(first.leads); [first] = queue) {
      queue.shift();
      waiting -= first.leads;
      atWork += first.leads;
      first.begin();
    }
  };
  const turn = (leads: number, signal: AbortSignal): Promise<"begin" | "gone"> =>
    new Promise((resolve) => {
      const one: Waiting = { leads, begin: () => resolve("begin") };
      queue.push(one);
      waiting += leads;
      signal.addEventListener("abort", () => {
        const at = queue.indexOf(one);
        if (at === -1) return;
        queue.splice(at, 1);
        waiting -= leads;
        resolve("gone");
        next();
      });
      next();
    });
  return async (request) => {
    const leads = leadsIn(request);
    if (leads === 0) return fetch(request);
    if (request.signal.aborted || (waiting > 0 && waiting + leads > mostWaiting)) return busy(waiting);
    if ((await turn(leads, request.signal)) === "gone") return busy(waiting);
    try {
      return await fetch(request);
    } finally {
      atWork -= leads;
      next();
    }
  };
}

/** How many leads a request brings; those of a batch are reckoned by its length. */
function leadsIn({ method, url, headers }: Request): number {
  const { pathname } = new URL(url);
  if (method !== "POST" || !/^\/v1\/(?:hooks\/)?plans\/[^/]+\/(?:leads|deals)(?:[:/]~?batch)?$/.test(pathname))
    return 0;
  if (!pathname.endsWith("batch")) return 1;
  const bytes = Number(headers.get("content-length") ?? 0);
  return Math.min(LARGEST_BATCH, Math.max(1, Math.ceil(bytes / BYTES_A_LEAD)));
}

const busy = (waiting: number): Response =>
  problemResponse(
    new Problem({
      status: 503,
      code: "busy",
      detail: `${waiting} leads are waiting already: nothing of this request is stored, send it again later`,
      headers: { "retry-after": String(Math.max(1, Math.ceil(waiting / LEADS_A_SECOND))) },
    }),
    `req_${crypto.randomUUID()}`,
  );
