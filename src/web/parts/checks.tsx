import { Alert, List, ThemeIcon } from "@mantine/core";
import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { words } from "../format.ts";

export interface Verification {
  readonly accepted: boolean;
  readonly checks: readonly { name: string; result: "passed" | "failed" | "not_checked"; why: string }[];
}

const LOOK = {
  passed: { color: "teal", icon: IconCheck, says: "passed" },
  failed: { color: "red", icon: IconX, says: "failed" },
  not_checked: { color: "gray", icon: IconMinus, says: "not checked" },
} as const;

/** Each check with its reason; the verdict above them. */
export function Checks({ of }: { of: Verification }) {
  const failed = of.checks.filter((c) => c.result === "failed").length;
  const verdict = of.accepted
    ? "Accepted: every check that must pass has passed"
    : failed > 0
      ? `Not accepted: ${failed} failed`
      : "Not accepted: not everything could be checked";
  return (
    <>
      <Alert color={of.accepted ? "teal" : "red"} variant="light" title={verdict} mb="sm" role="status" />
      <List listStyleType="none" spacing="xs">
        {of.checks.map(({ name, result, why }) => {
          const { color, icon: Icon, says } = LOOK[result];
          return (
            <List.Item
              key={name + why}
              icon={
                <ThemeIcon color={color} size={22} radius="xl" aria-label={says}>
                  <Icon size={14} />
                </ThemeIcon>
              }
            >
              <b>{words(name)}</b>: {why}
            </List.Item>
          );
        })}
      </List>
    </>
  );
}
