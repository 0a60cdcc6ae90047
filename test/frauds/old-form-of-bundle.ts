import { onTheWay } from "./museum.ts";
export default onTheWay(
  {
    forged:
      "a bundle of the first form, which shows neither what became of the lot nor who answers for its end",
    named: "promised_once not_checked",
  },
  ({ bundle: { end: _, ...bundle } }) => ({ bundle: { ...bundle, format: "didym-bundle/1" } }),
);
