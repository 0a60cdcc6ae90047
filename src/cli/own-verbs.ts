import type { CliOptions } from "./index.ts";
import type { Upkeep } from "./upkeep.ts";

/** Verbs that are neither use cases nor upkeep of one data folder. What they run is loaded when they do. */
export function ownVerbs(options: CliOptions): readonly Upkeep[] {
  const { terminal, environment = {}, bare } = options;
  const here = { terminal, environment, version: bare.version };
  return [
    {
      ...{ room: "trust", verb: "sign-in", takes: [], flags: { "as-sample": "PERSON" } },
      example: ["--server", "https://books.example", "<", "token.txt"],
      asks: "server",
      hides: "a token is never an argument, which others on this machine can read: give it on standard input",
      summary:
        "Sign in at a server: a token is read from standard input, or asked for and not shown, tried there and kept for this user alone. With --as-sample one is a sample person, where the server offers them.",
      run: async (given) => (await import("./server/sign-in.ts")).signIn(here, given),
    },
    {
      ...{ room: "trust", verb: "sign-out", takes: [] },
      example: ["--server", "https://books.example"],
      asks: "server",
      summary:
        "Forget the token that was kept for a server, and end the session it stands for. A token that was made for longer is ended with trust end-token.",
      run: async (given) => (await import("./server/sign-in.ts")).signOut(here, given),
    },
    {
      ...{ room: "ledger", verb: "document", takes: ["DIGEST"], flags: { out: "FILE" } },
      example: [
        "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
        ...["--out", "certificate.pdf"],
      ],
      asks: "books",
      summary:
        "Hand out a document that an answer or an entry names by the SHA-256 of its bytes: a PDF, a manifest, a passport. It is held against that digest, and no file is written over.",
      run: async (given) => (await import("./server/document.ts")).handOut(options, given),
    },
  ];
}
