import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, Refused } from "../kit/client/client.ts";
import { type Field, fieldOf, type Schema } from "./field.ts";

export interface Act {
  readonly title: string;
  readonly says: string | undefined;
  readonly field: Field;
  readonly example: unknown;
  /** It may take long, and is asked for as a job. */
  readonly long: boolean;
  /** It goes on the books. */
  readonly writes: boolean;
  /** More comes of it than an answer, such as a link, or entries of its own. */
  readonly does: boolean;
}

interface Published {
  readonly paths: Readonly<
    Record<
      string,
      {
        readonly post?: {
          readonly summary?: string;
          readonly "x-long"?: true;
          readonly parameters?: readonly { readonly name: string; readonly required: boolean }[];
          readonly requestBody?: {
            readonly content: {
              readonly "application/json": { readonly schema: Schema; readonly example?: unknown };
            };
          };
        };
      }
    >
  >;
}

/** The programme's own description of itself; it does not change while the server runs. */
const published = queryOptions({
  queryKey: ["openapi"],
  queryFn: ({ signal }) => get<Published>("openapi.json", {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** One command as a form: its fields from the schema the API publishes, its words from the summary. */
export function useAct(room: string, verb: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["act", room, verb],
    queryFn: async (): Promise<Act> => {
      const post = (await client.fetchQuery(published)).paths[`/api/${room}/${verb}`]?.post;
      const content = post?.requestBody?.content["application/json"];
      if (!content) {
        throw new Refused({
          title: "no such act",
          detail: `${room} ${verb} is nothing that can be done here`,
          code: "act_unknown",
          at: "",
          status: 404,
        });
      }
      const key = post?.parameters?.find((p) => p.name === "Idempotency-Key");
      const [title = "", ...rest] = (post?.summary ?? "").replace(/\.$/, "").split(/[:;] (.*)/s);
      return {
        title: title || `${room} ${verb}`,
        says: rest.join("").trim() || undefined,
        field: fieldOf(content.schema),
        example: content.example,
        long: post?.["x-long"] === true,
        writes: key?.required === true,
        does: key !== undefined,
      };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
