import {
  ActionIcon,
  AppShell,
  Badge,
  Burger,
  Group,
  NavLink,
  Select,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMoon, IconSun } from "@tabler/icons-react";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { actorNow, rememberActor } from "./actor.ts";
import { useAsk } from "./api.ts";
import { STEPS } from "./steps.ts";

const ACTORS = [
  "intake lead@sample-recycler",
  "operator@sample-recycler",
  "commercial manager@sample-recycler",
  "accountant@sample-recycler",
  "process engineer@sample-refiner",
  "approver@sample-refiner",
  "chemist@sample-lab-a",
];

/** Navigation by the steps of the loop; who acts; light or dark. */
export function Shell() {
  const [opened, menu] = useDisclosure();
  const { pathname } = useLocation();
  const parties = useAsk<{ items: { sample: boolean }[] }>("programme/parties", { limit: 50 });
  const sample = parties.data?.items.some((p) => p.sample);
  const here = (path: string) => (path === "/" ? pathname === "/" : pathname.startsWith(path));
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 210, breakpoint: "sm", collapsed: { mobile: !opened } }}
      padding="md"
    >
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger opened={opened} onClick={menu.toggle} hiddenFrom="sm" size="sm" aria-label="Menu" />
            <Text component={Link} to="/" fw={700} fz="lg" c="inherit" td="none">
              Didym
            </Text>
            {sample ? (
              <Badge
                color="yellow"
                variant="outline"
                tt="none"
                styles={{ label: { color: "var(--mantine-color-text)" } }}
              >
                Sample programme
              </Badge>
            ) : null}
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Actor />
            <Scheme />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label="Steps of the loop">
        {STEPS.map(({ path, name, icon: Icon }) => (
          <NavLink
            key={path}
            component={Link}
            to={path}
            label={name}
            active={here(path)}
            leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
            onClick={menu.close}
          />
        ))}
      </AppShell.Navbar>
      <AppShell.Main>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function Actor() {
  const [actor, setActor] = useState(actorNow());
  return (
    <Select
      aria-label="Acting as (stated, not verified)"
      visibleFrom="sm"
      size="xs"
      w={250}
      data={ACTORS.includes(actor) ? ACTORS : [actor, ...ACTORS]}
      value={actor}
      allowDeselect={false}
      rightSection={<Text fz={10}>unverified</Text>}
      rightSectionWidth={72}
      onChange={(chosen) => {
        if (!chosen) return;
        rememberActor(chosen);
        setActor(chosen);
      }}
    />
  );
}

function Scheme() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  const other = scheme === "dark" ? "light" : "dark";
  return (
    <ActionIcon
      variant="default"
      size="lg"
      aria-label={`Use ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      {scheme === "dark" ? <IconSun size={18} /> : <IconMoon size={18} />}
    </ActionIcon>
  );
}
