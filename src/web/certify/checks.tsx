import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import type { Check, Finding, Verification } from "../../certify/index.ts";
import { Mass } from "../kit/show/figure.tsx";
import { dateText, words } from "../kit/show/figure-text.ts";

const LOOKS = {
  passed: { icon: IconCheck, mood: "good", says: "passed" },
  failed: { icon: IconX, mood: "bad", says: "failed" },
  not_checked: { icon: IconMinus, mood: "mute", says: "not checked" },
} as const;

/** The answer in a sentence. A check left open is named, since what it needs is for the reader to give. */
export function Verdict({ of }: { of: Verification }) {
  const open = of.checks.filter((c) => c.result === "not_checked");
  const failed = of.checks.filter((c) => c.result === "failed");
  const passed = of.checks.length - open.length - failed.length;
  const found = weighing(of.findings);
  if (failed.length > 0 || found.length > 0) {
    return (
      <p className="note bad verdict" role="status">
        <strong>Not accepted.</strong>{" "}
        {failed.length === 0
          ? null
          : `${failed.length} of ${of.checks.length} checks failed: ${failed.map((c) => words(c.name)).join(", ")}. `}
        {found.length === 0 ? null : `Found: ${found.map(words).join(", ")}.`}
      </p>
    );
  }
  return (
    <p className={`note ${of.accepted ? "good" : "warn"} verdict`} role="status">
      <strong>{of.accepted ? "Accepted." : "Not accepted yet."}</strong> {passed} of {of.checks.length} checks
      passed
      {open.length === 0 ? "." : `; open: ${open.map((c) => words(c.name)).join(", ")}.`}{" "}
      {of.status_as_of === null ? null : `Status as of ${dateText(of.status_as_of)}, ${of.status_age} ago.`}{" "}
      {of.describes === null || of.describes.parts.length === 0 ? null : (
        <>
          {of.describes.parts.map((part) => part.passport).join(", ")} describe parts of it:{" "}
          <Mass mg={of.describes.left_mg} unit="kg" /> is left to it.
        </>
      )}
    </p>
  );
}

/** Codes that stand in the way, each once. */
const weighing = (findings: readonly Finding[]): string[] => [
  ...new Set(findings.filter(({ note }) => !note).map(({ code }) => code)),
];

/** Every finding and every check with its result and why; colour never says it alone. */
export const CheckList = ({ of }: { of: Verification }) => (
  <ul className="checks">
    {of.findings.map(({ code, at, message, note }) => (
      <li key={`${code} ${at} ${message}`}>
        <span className={`tag ${note ? "mute" : "bad"}`}>{note ? "note" : "found"}</span>
        <span>
          <strong>{words(code)}</strong>
          <span className="dim"> {message}</span>
        </span>
      </li>
    ))}
    {of.checks.map((check) => (
      <CheckRow key={check.name} check={check} />
    ))}
  </ul>
);

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
