import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { SMTPServer } from "smtp-server";

export interface Letter {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** An SMTP server that keeps what it is given. */
export async function mailServer() {
  const letters: Letter[] = [];
  const refused = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onRcptTo({ address }, _session, answer) {
      if (!refused.has(address)) return answer();
      return answer(Object.assign(new Error("no such user"), { responseCode: 550 }));
    },
    async onData(stream, { envelope }, answer) {
      let text = "";
      for await (const chunk of stream) text += chunk;
      const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
      letters.push({ from, to: envelope.rcptTo.map(({ address }) => address), text });
      answer();
    },
  });
  const listening = await new Promise<ReturnType<typeof server.listen>>((resolve) => {
    const listener = server.listen(0, "127.0.0.1", () => resolve(listener));
  });
  after(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = listening.address() as AddressInfo;
  return { letters, url: `smtp://127.0.0.1:${port}`, refuse: (address: string) => void refused.add(address) };
}
