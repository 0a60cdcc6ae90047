import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import type { Check, Verification } from "../../certify/index.ts";
import { words } from "../show/figure-text.ts";

const LOOKS = {
  passed: { icon: IconCheck, mood: "good", says: "passed" },
  failed: { icon: IconX, mood: "bad", says: "failed" },
  not_checked: { icon: IconMinus, mood: "mute", says: "not checked" },
} as const;

/** Every check with its result and why; colour never says it alone. */
export function Checks({ of }: { of: Verification }) {
  const unproven = of.checks.filter((c) => c.result === "not_checked").length;
  const failed = of.checks.filter((c) => c.result === "failed").length;
  return (
    <>
      <p className={`note ${of.accepted ? "good" : failed > 0 ? "bad" : "warn"}`} role="status">
        <strong>{of.accepted ? "Accepted." : "Not accepted."}</strong>{" "}
        {failed > 0 ? `${failed} of ${of.checks.length} checks failed. ` : ""}
        {unproven > 0 ? `${unproven} could not be checked with what was given.` : ""}
        {of.accepted && unproven === 0 ? "Every check passed." : ""}
      </p>
      <ul className="checks">
        {of.checks.map((check) => (
          <CheckRow key={check.name} check={check} />
        ))}
      </ul>
    </>
  );
}

function CheckRow({ check }: { check: Check }) {
  const { icon: Icon, mood, says } = LOOKS[check.result];
  return (
    <li>
      <span className={`tag ${mood}`}>
        <Icon size={12} stroke={2.5} aria-hidden="true" /> {says}
      </span>
      <span>
        <strong>{words(check.name)}</strong>
        <span className="dim"> {check.why}</span>
      </span>
    </li>
  );
}
