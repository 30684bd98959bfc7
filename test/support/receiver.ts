import { createServer } from "node:http";

/** One request as it was received. */
export interface Received {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server of somebody who is told of deals: answers with the statuses it was given, then with 204. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  answers: number[];
  readonly close: () => Promise<void>;
}

export function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const receiver = { answers: [] as number[] };
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      received.push({ headers: Object.fromEntries(headers), body: Buffer.concat(chunks).toString() });
      reply.writeHead(receiver.answers.shift() ?? 204, { location: "http://169.254.169.254/" }).end();
    });
  });
  return new Promise((opened) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      opened(
        Object.assign(receiver, {
          url: `http://127.0.0.1:${port}/deals`,
          received,
          close: () =>
            new Promise<void>((closed) => {
              server.close(() => closed());
              server.closeAllConnections();
            }),
        }),
      );
    });
  });
}
