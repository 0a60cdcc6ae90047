import { Button } from "@mantine/core";
import { byName, hasName } from "./local-name.ts";

/** The act itself where this page can do it; else a word of what to open. */
export function PasskeyButton(props: { says: string; pending: boolean; press?: () => void }) {
  const { says, pending, press } = props;
  if (!hasName(location)) {
    const to = byName(location);
    return to === undefined ? (
      <p className="note warn">
        A passkey belongs to a name, and this page was opened by an address. Ask who runs this server for its
        name, or sign in another way.
      </p>
    ) : (
      <a className="button" href={to}>
        {says}
      </a>
    );
  }
  // In a form, pressing it sends the form.
  return (
    <Button loading={pending} type={press ? "button" : "submit"} {...(press ? { onClick: press } : {})}>
      {says}
    </Button>
  );
}
