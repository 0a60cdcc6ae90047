import { contents, inTheBooks, stepOf } from "./museum.ts";

/** The step says that it does not close, and why: of a gain there is no why. */
function gained(): ReturnType<typeof stepOf> {
  const [kind, body] = stepOf("S-1", { lot: "L-1", ...contents(10_000, 2000) }, [
    { lot: "L-2", ...contents(10_000, 6000) },
  ]);
  const closure = body["closure"] as { elements: { Nd: { closes: boolean } } };
  closure.elements.Nd.closes = false;
  return [kind, { ...body, accept_open: "richer than was thought" }];
}

export default inTheBooks(
  { forged: "a step that is booked open, with its reason, makes metal", named: "element_rises" },
  () => [
    ["lot_opened", { lot: "L-1", kind: "oxide", at: "2026-02-01T00:00:00Z", ...contents(10_000, 2000) }],
    gained(),
  ],
);
