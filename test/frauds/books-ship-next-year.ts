import { drumOf, inTheBooks } from "./museum.ts";
export default inTheBooks({ forged: "an order is shipped next year", named: "time_after_entry" }, () => [
  ...drumOf({}),
  ["order_shipped", { order: "O-1", at: "2027-03-01T00:00:00Z" }],
]);
