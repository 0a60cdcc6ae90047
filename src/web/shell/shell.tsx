import { ActionIcon, AppShell, Burger, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import {
  IconBook2,
  IconBuildingWarehouse,
  IconCalendarWeek,
  IconCertificate,
  IconColumns3,
  IconFlask2,
  IconHome,
  IconMicroscope,
  IconMoon,
  IconReceipt2,
  IconScale,
  IconSearch,
  IconShoppingCart,
  IconSun,
  IconTruckDelivery,
} from "@tabler/icons-react";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { JobsLink } from "../jobs/jobs-link.tsx";
import { useLive } from "../kit/client/live.ts";
import { LOOP, stepOf } from "../kit/loop.ts";
import { Go } from "../kit/show/go.tsx";
import { Tag } from "../kit/show/page.tsx";
import { TourProvider } from "../kit/tour.tsx";
import { useParties } from "../kit/who.tsx";
import { ApprovalsLink } from "./approvals-link.tsx";
import { useActingAs, useMe } from "./me.ts";
import { useShortcuts } from "./shortcuts.ts";
import { isInMenu } from "./steps-for.ts";
import { WhoForm } from "./who-form.tsx";

const ICONS: Readonly<Record<string, ComponentType<{ size?: number; stroke?: number }>>> = {
  "/": IconHome,
  "/consignments": IconTruckDelivery,
  "/lots": IconBuildingWarehouse,
  "/ship": IconFlask2,
  "/settle": IconReceipt2,
  "/campaigns": IconColumns3,
  "/certify": IconCertificate,
  "/orders": IconShoppingCart,
  "/plan": IconCalendarWeek,
  "/laboratory": IconMicroscope,
  "/account": IconScale,
  "/books": IconBook2,
};

const STEPS = [
  { to: "/", name: "Overview" },
  ...LOOP,
  { to: "/plan", name: "Plan" },
  { to: "/laboratory", name: "Laboratory" },
  { to: "/account", name: "Balance" },
  { to: "/books", name: "Books" },
];

const SignInPage = lazy(async () => ({ default: (await import("./sign-in-page.tsx")).SignInPage }));
const Palette = lazy(async () => ({ default: (await import("./palette.tsx")).Palette }));
const KeyHelp = lazy(async () => ({ default: (await import("./help.tsx")).KeyHelp }));

/** Navigation by the steps of the loop; on a narrow screen it opens from the bar. */
export function Shell() {
  useLive();
  const [open, { toggle, close }] = useDisclosure(false);
  const [finding, find] = useDisclosure(false);
  const [helping, help] = useDisclosure(false);
  const [sought, setSought] = useState("");
  useShortcuts({
    palette: find.open,
    help: help.open,
    typed: finding ? (key) => setSought((text) => text + key) : undefined,
  });
  const { required, me } = useMe();
  useActingAs(me);
  const here = stepOf(useLocation().pathname);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 236, breakpoint: "sm", collapsed: { mobile: !open || required } }}
      padding={{ base: "sm", sm: "lg" }}
      transitionDuration={0}
    >
      <AppShell.Header>
        <Bar open={open} toggle={toggle} find={find.open} />
      </AppShell.Header>
      <AppShell.Navbar p="sm">
        <nav aria-label="steps of the loop">
          {STEPS.filter(({ to }) => isInMenu(to, me?.kind)).map(({ to, name }) => (
            <Step key={to} to={to} name={name} here={here === to} close={close} />
          ))}
        </nav>
        <span style={{ flex: 1 }} />
        {required ? null : <WhoForm />}
      </AppShell.Navbar>
      <AppShell.Main id="main">
        <TourProvider>
          {required ? (
            <Suspense>
              <SignInPage />
            </Suspense>
          ) : (
            <Outlet />
          )}
        </TourProvider>
      </AppShell.Main>
      <Suspense>
        {finding ? (
          <Palette
            text={sought}
            onText={setSought}
            close={() => {
              setSought("");
              find.close();
            }}
          />
        ) : null}
        {helping ? <KeyHelp close={help.close} /> : null}
      </Suspense>
    </AppShell>
  );
}

/** What stands above every page. */
function Bar({ open, toggle, find }: { open: boolean; toggle: () => void; find: () => void }) {
  const sample = useParties().data?.some((p) => p.sample) ?? false;
  return (
    <div className="bar">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <Burger
        opened={open}
        onClick={toggle}
        hiddenFrom="sm"
        size="sm"
        aria-label={open ? "close the menu" : "open the menu"}
        aria-expanded={open}
      />
      <Go to="/" className="brand">
        <Mark /> Didym
      </Go>
      {sample ? (
        <Tag mood="warn">
          Sample<span className="wide"> programme</span>
        </Tag>
      ) : null}
      <span style={{ flex: 1 }} />
      <button type="button" className="find" onClick={find} aria-label="find a page or a number">
        <IconSearch size={16} stroke={1.8} /> <span className="wide">Find</span>{" "}
        <kbd className="wide">Ctrl K</kbd>
      </button>
      <ApprovalsLink />
      <JobsLink />
      <ColorToggle />
    </div>
  );
}

function Step({ to, name, here, close }: { to: string; name: string; here: boolean; close: () => void }) {
  const Icon = ICONS[to];
  return (
    <Link
      className="nav-step"
      to={to}
      activeOptions={{ exact: true }}
      onClick={close}
      {...(here ? { "aria-current": "page" as const } : {})}
    >
      {Icon ? <Icon size={18} stroke={1.6} /> : null}
      {name}
    </Link>
  );
}

function Mark() {
  return (
    <svg width="26" height="22" viewBox="3 6 26 20" aria-hidden="true">
      <circle cx="12.5" cy="16" r="7.6" fill="none" stroke="var(--link)" strokeWidth="3.4" />
      <circle cx="19.5" cy="16" r="7.6" fill="none" stroke="#9a6fc2" strokeWidth="3.4" />
    </svg>
  );
}

function ColorToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme("light") === "dark";
  return (
    <ActionIcon
      variant="default"
      size="md"
      aria-label={dark ? "use light colours" : "use dark colours"}
      onClick={() => setColorScheme(dark ? "light" : "dark")}
    >
      {dark ? <IconSun size={18} stroke={1.6} /> : <IconMoon size={18} stroke={1.6} />}
    </ActionIcon>
  );
}
