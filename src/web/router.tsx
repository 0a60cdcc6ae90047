import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Outlet });
const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });

const page = <P extends string>(path: P, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    component: lazyRouteComponent(load as never, name as never),
  });

/** Pages without the shell: what a buyer sees. */
const open = <P extends string>(path: P, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({
    getParentRoute: () => root,
    path,
    component: lazyRouteComponent(load as never, name as never),
  });

const tree = root.addChildren([
  shell.addChildren([
    page("/", () => import("./pages/overview.tsx"), "OverviewPage"),
    page("/consignments", () => import("./pages/consignments.tsx"), "ConsignmentsPage"),
    page("/consignments/$consignment", () => import("./pages/consignment.tsx"), "ConsignmentPage"),
    page("/lots", () => import("./pages/lots.tsx"), "LotsPage"),
    page("/lots/$lot", () => import("./pages/lot.tsx"), "LotPage"),
    page("/ship", () => import("./pages/ship.tsx"), "ShipPage"),
    page("/settle", () => import("./pages/settle.tsx"), "SettlePage"),
    page("/settle/$lot", () => import("./pages/statement.tsx"), "StatementPage"),
    page("/campaigns", () => import("./pages/campaigns.tsx"), "CampaignsPage"),
    page("/campaigns/$campaign", () => import("./pages/campaign.tsx"), "CampaignPage"),
    page("/passports", () => import("./pages/passports.tsx"), "PassportsPage"),
    page("/orders", () => import("./pages/orders.tsx"), "OrdersPage"),
    page("/orders/$order", () => import("./pages/order.tsx"), "OrderPage"),
    page("/books", () => import("./pages/books.tsx"), "BooksPage"),
  ]),
  open("/passport/$passport", () => import("./pages/passport.tsx"), "PassportPage"),
  open("/verify", () => import("./pages/verify.tsx"), "VerifyPage"),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: "intent" });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
