import { Button } from "@mantine/core";

/** Told once: they go when the page does. */
export function RecoveryCodes({ codes, kept }: { codes: readonly string[]; kept: () => void }) {
  return (
    <div className="stack">
      <p>
        Each of these stands in for the code of your app once, when your phone is away. They are shown now and
        never again: print them, or keep them where your passwords are.
      </p>
      <ul className="codes mono" aria-label="recovery codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="acts no-print">
        <Button onClick={kept}>I have kept them</Button>
        <button type="button" className="plain" onClick={() => print()}>
          Print
        </button>
      </div>
    </div>
  );
}
