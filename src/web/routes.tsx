import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router";
import { NotFound, PageBroken } from "./shell/not-found.tsx";
import { Shell } from "./shell/shell.tsx";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: PageBroken });

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });

/** A page inside the shell; its script is loaded when it is opened. */
const page = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => shell, path, component });

/** A page with a public face: no shell, nothing of the programme around it. */
const bare = (path: string, component: ReturnType<typeof lazyRouteComponent>) =>
  createRoute({ getParentRoute: () => root, path, component });

const lazy = lazyRouteComponent;

const tree = root.addChildren([
  shell.addChildren([
    page(
      "/",
      lazy(() => import("./overview/overview.tsx"), "Overview"),
    ),
    page(
      "/consignments",
      lazy(() => import("./intake/consignments.tsx"), "Consignments"),
    ),
    page(
      "/consignments/new",
      lazy(() => import("./intake/new-consignment.tsx"), "NewConsignment"),
    ),
    page(
      "/consignments/$consignment",
      lazy(() => import("./intake/consignment.tsx"), "ConsignmentPage"),
    ),
    page(
      "/consignments/$consignment/destruction",
      lazy(() => import("./intake/destruction.tsx"), "Destruction"),
    ),
    page(
      "/lots",
      lazy(() => import("./lots/lots.tsx"), "Lots"),
    ),
    page(
      "/lots/$lot",
      lazy(() => import("./lots/lot.tsx"), "LotPage"),
    ),
    page(
      "/ship",
      lazy(() => import("./ship/shipments.tsx"), "Shipments"),
    ),
    page(
      "/ship/$shipment",
      lazy(() => import("./ship/shipment.tsx"), "ShipmentPage"),
    ),
    page(
      "/samples/$sample",
      lazy(() => import("./ship/sample.tsx"), "SamplePage"),
    ),
    page(
      "/settle",
      lazy(() => import("./settle/settle.tsx"), "Settle"),
    ),
    page(
      "/do/settle/agree",
      lazy(() => import("./settle/agreement.tsx"), "AgreementForm"),
    ),
    page(
      "/settle/$lot",
      lazy(() => import("./settle/statement.tsx"), "StatementPage"),
    ),
    page(
      "/campaigns",
      lazy(() => import("./refine/campaigns.tsx"), "Campaigns"),
    ),
    page(
      "/campaigns/$campaign",
      lazy(() => import("./refine/campaign.tsx"), "CampaignPage"),
    ),
    page(
      "/certify",
      lazy(() => import("./certify/passports.tsx"), "Passports"),
    ),
    page(
      "/orders",
      lazy(() => import("./orders/orders.tsx"), "Orders"),
    ),
    page(
      "/orders/$order",
      lazy(() => import("./orders/order.tsx"), "OrderPage"),
    ),
    page(
      "/do/$room/$verb",
      lazy(() => import("./act/act-page.tsx"), "ActPage"),
    ),
    page(
      "/jobs",
      lazy(() => import("./jobs/jobs.tsx"), "Jobs"),
    ),
    page(
      "/jobs/$job",
      lazy(() => import("./jobs/jobs.tsx"), "JobPage"),
    ),
    page(
      "/column",
      lazy(() => import("./column/bench.tsx"), "ColumnBench"),
    ),
    page(
      "/column/calibrate",
      lazy(() => import("./column/calibrate.tsx"), "Calibrate"),
    ),
    page(
      "/column/packing",
      lazy(() => import("./column/packing.tsx"), "Packing"),
    ),
    page(
      "/column/scale-up",
      lazy(() => import("./column/scale-up.tsx"), "ScaleUp"),
    ),
    page(
      "/identify",
      lazy(() => import("./identify/identify.tsx"), "Identify"),
    ),
    page(
      "/spectrum",
      lazy(() => import("./identify/spectrum.tsx"), "SpectrumPage"),
    ),
    page(
      "/plan",
      lazy(() => import("./plan/plan.tsx"), "Plan"),
    ),
    page(
      "/account",
      lazy(() => import("./account/account.tsx"), "Account"),
    ),
    page(
      "/scales/$unit",
      lazy(() => import("./account/instrument.tsx"), "InstrumentPage"),
    ),
    page(
      "/laboratory",
      lazy(() => import("./assay/laboratory.tsx"), "Laboratory"),
    ),
    page(
      "/stocktake",
      lazy(() => import("./books/stocktake.tsx"), "Stocktake"),
    ),
    page(
      "/approvals",
      lazy(() => import("./trust/approvals.tsx"), "Approvals"),
    ),
    page(
      "/books",
      lazy(() => import("./books/books.tsx"), "Books"),
    ),
    page(
      "/people",
      lazy(() => import("./people/people.tsx"), "PeoplePage"),
    ),
    page(
      "/guide",
      lazy(() => import("./guide/guide-page.tsx"), "GuidePage"),
    ),
    page(
      "/guide/$role",
      lazy(() => import("./guide/guide-page.tsx"), "GuidePage"),
    ),
    page(
      "/me",
      lazy(() => import("./people/account.tsx"), "AccountPage"),
    ),
    page(
      "/sign-in",
      lazy(() => import("./shell/sign-in-page.tsx"), "SignInRoute"),
    ),
  ]),
  bare(
    "/join",
    lazy(() => import("./people/join.tsx"), "JoinPage"),
  ),
  bare(
    "/labels",
    lazy(() => import("./floor/labels.tsx"), "Labels"),
  ),
  bare(
    "/floor",
    lazy(() => import("./floor/pages.tsx"), "FloorPage"),
  ),
  bare(
    "/floor/$lot",
    lazy(() => import("./floor/pages.tsx"), "FloorLotPage"),
  ),
  bare(
    "/passport/$passport",
    lazy(() => import("./certify/passport.tsx"), "PassportPage"),
  ),
  bare(
    "/verify",
    lazy(() => import("./certify/verify.tsx"), "VerifyPage"),
  ),
]);

export const router = createRouter({ routeTree: tree, defaultPreload: "intent", scrollRestoration: true });
