import { Modal } from "@mantine/core";
import { GO_KEYS } from "./shortcuts.ts";

/** The keys that work on every page. */
export function KeyHelp({ close }: { close: () => void }) {
  const keys: readonly (readonly [keys: string, does: string])[] = [
    ["Ctrl K  or  /", "find a page, an act, or anything by its number"],
    ...Object.entries(GO_KEYS).map(([key, { name }]) => [`g  ${key}`, name] as const),
    ["n", "new consignment"],
    ["?", "this help"],
    ["Esc", "close what is open"],
  ];
  return (
    <Modal
      opened
      onClose={close}
      title="Keys"
      closeButtonProps={{ "aria-label": "close" }}
      transitionProps={{ duration: 0 }}
    >
      <dl className="facts">
        {keys.map(([key, does]) => (
          <div key={key} style={{ display: "contents" }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
