import { table } from "../quantity/index.ts";
export type DataBearing = "yes" | "no" | "unknown";

/** Whether a class of device bears data, and why (N8). Media as listed in NIST SP 800-88 rev. 1, appendix A. */
export const DATA_BEARING: Readonly<Record<string, { readonly bears: DataBearing; readonly why: string }>> =
  table({
    hdd: { bears: "yes", why: "a hard disk is a data medium" },
    ssd: { bears: "yes", why: "flash is a data medium" },
    notebook: { bears: "yes", why: "holds a drive unless stated otherwise" },
    desktop: { bears: "yes", why: "holds a drive unless stated otherwise" },
    server: { bears: "yes", why: "holds drives unless stated otherwise" },
    all_in_one: { bears: "yes", why: "holds a drive unless stated otherwise" },
    tablet: { bears: "yes", why: "built-in flash" },
    android_device: { bears: "yes", why: "built-in flash" },
    phone: { bears: "yes", why: "built-in flash" },
    smartwatch: { bears: "yes", why: "built-in flash, paired with a person's account" },
    media_player: { bears: "yes", why: "built-in flash or disk" },
    set_top_box: { bears: "yes", why: "may hold a disk and viewing records" },
    smart_speaker: { bears: "yes", why: "built-in flash, account data" },
    earbuds: { bears: "no", why: "pairing keys only, no user storage" },
    remote: { bears: "no", why: "no user storage" },
  });

/** Below it, "bears no data" is a guess, and a guess does not open law 7. Chosen for this product. */
const SURE_ENOUGH = 0.9;

/** Whether a line bears data. What nobody has identified, or not surely, counts as data-bearing: law 7 errs to the safe side (N8). */
export function bearsData(found: { readonly class: string; readonly p: number }): {
  readonly bears: DataBearing;
  readonly why: string;
} {
  const known = Object.hasOwn(DATA_BEARING, found.class) ? DATA_BEARING[found.class] : undefined;
  if (known === undefined)
    return {
      bears: "unknown",
      why: "not identified: counts as data-bearing until someone states otherwise",
    };
  if (known.bears === "no" && found.p < SURE_ENOUGH)
    return {
      bears: "unknown",
      why: `probably ${found.class} (${Math.round(found.p * 100)} %), which is not sure enough to let it pass`,
    };
  return known;
}

export const holdsUp = (bears: DataBearing): boolean => bears !== "no";
