import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Beside, type Choices, choicesFor, dependsOn } from "../../contract/choices.ts";
import type { RefersTo } from "../../contract/identifiers.ts";
import { get } from "../kit/client/client.ts";
import { massText } from "../kit/show/figure-text.ts";
import { usePersonName } from "../kit/show/person.tsx";

/** A list asked for by several fields of a form is asked for once. */
const FRESH_MS = 30_000;

const figure = (value: number, unit: string) => {
  const text = unit === "mg" ? massText(value) : { best: String(value), unit };
  return `${text.best} ${text.unit}`;
};

/** People have an id that means nothing: who knows them by name chooses them by it. */
const withNames = (found: Choices, nameOf: (id: string) => string): Choices => ({
  ...found,
  options: found.options.map(({ value, label }) => {
    const name = nameOf(value);
    return { value, label: name === value ? label : `${name}, ${label}` };
  }),
});

/** What may be chosen at a field; undefined until it is known, and where a field refers to nothing. */
export function useChoices(refers: RefersTo | undefined, beside: Beside, text: string): Choices | undefined {
  const client = useQueryClient();
  const nameOf = usePersonName();
  const asking = (path: string, given: Readonly<Record<string, string | number | undefined>>) =>
    client.fetchQuery({
      queryKey: [path, given],
      queryFn: ({ signal }) => get<unknown>(path, given, signal),
      staleTime: FRESH_MS,
    });
  const said = refers && dependsOn(refers).map((name) => beside(name)?.said);
  const choices = (begins: string) => ({
    queryKey: ["choices", refers, said, begins],
    queryFn: () => choicesFor(refers as RefersTo, { ask: asking, figure, beside, begins }),
    placeholderData: keepPreviousData,
  });
  const whole = useQuery({ ...choices(""), enabled: refers !== undefined }).data;
  const begun = useQuery({ ...choices(text), enabled: whole?.more === true && text !== "" }).data;
  const found = whole?.more && text !== "" ? ((begun && { ...begun, more: true }) ?? whole) : whole;
  return found && withNames(found, nameOf);
}
