import {
  IconBook2,
  IconCertificate,
  IconColumns3,
  IconHome,
  IconPackages,
  IconReceipt2,
  IconShoppingCart,
  IconTruckDelivery,
  IconTruckLoading,
} from "@tabler/icons-react";

/** The loop as the app shows it, in the order of the material. */
export const STEPS = [
  { path: "/", name: "Overview", does: "where everything is", icon: IconHome },
  {
    path: "/consignments",
    name: "Intake",
    does: "what came in, which devices bear data",
    icon: IconTruckLoading,
  },
  { path: "/lots", name: "Lots", does: "prepare, split, trace, close", icon: IconPackages },
  { path: "/ship", name: "Ship and assay", does: "two weights, two laboratories", icon: IconTruckDelivery },
  { path: "/settle", name: "Settle", does: "statement line by line", icon: IconReceipt2 },
  { path: "/campaigns", name: "Refine", does: "design, simulate, run, cut", icon: IconColumns3 },
  { path: "/passports", name: "Certify", does: "passports and their proof", icon: IconCertificate },
  { path: "/orders", name: "Orders", does: "promise and deliver", icon: IconShoppingCart },
  { path: "/books", name: "Books", does: "every entry from the first", icon: IconBook2 },
] as const;
