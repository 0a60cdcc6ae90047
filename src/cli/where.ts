import { done, refuse } from "../quantity/index.ts";
import type { Arguments } from "./arguments.ts";

/** Where the books are that are asked. */
export type Where =
  | { readonly server: string; readonly at: string }
  | { readonly server?: undefined; readonly dataDir: string | undefined };

/**
 * What is asked: books, wherever they are; no books, of a calculation; those of a data folder alone; of this installation alone; a
 * server alone.
 */
export type Asks = "books" | "no books" | "data folder" | "installation" | "server";

const NAME = "DIDYM_SERVER";

/** A flag comes before the environment (T14, T17). Refusals: server_and_data, not_on_a_server, server_missing. */
export function whereOf(
  { own }: Pick<Arguments, "own">,
  {
    asks,
    name,
    environment,
  }: {
    readonly asks: Asks;
    /** ROOM VERB */
    readonly name: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
  },
) {
  const { server, data } = own;
  const usual = environment[NAME] || undefined;
  if (server !== undefined && data !== undefined)
    return refuse("server_and_data", "--server", "name a server or a data folder, not both");
  const here = done<Where>({ dataDir: data });
  const there = (at: string, stated: string) => done<Where>({ server: stated, at });
  switch (asks) {
    case "server":
      if (server !== undefined) return there("--server", server);
      if (usual !== undefined && data === undefined) return there(NAME, usual);
      return refuse("server_missing", "--server", `didym ${name} is of a server: name it with --server URL`);
    case "data folder":
    case "installation":
      if (server !== undefined || (usual !== undefined && data === undefined && asks === "data folder"))
        return refuse("not_on_a_server", server === undefined ? NAME : "--server", onFolderAlone(asks, name));
      return here;
    case "no books":
      return server === undefined ? here : there("--server", server);
    case "books":
      if (server !== undefined) return there("--server", server);
      return usual === undefined || data !== undefined ? here : there(NAME, usual);
  }
}

const onFolderAlone = (asks: "data folder" | "installation", name: string): string =>
  asks === "installation"
    ? `didym ${name} is of this installation, not of a server`
    : `didym ${name} works on a data folder alone, not on a server: name the folder with --data`;
