/** What is said of a computer's insides: its processor, memory and drive. None of it is the thing on the pallet. */
export interface Equipment {
  /** The text without what was said of them. */
  readonly text: string;
  readonly marks: readonly string[];
  readonly hard_drive: "absent" | "present" | "unstated";
  readonly hard_drive_count: number;
}

// A stray letter inside HDD and a wandering blank are the usual slips; "NOH DD" and "NO HYDD" mean no hard drive.
const HDD = "(?:H\\s?[A-Z0-9]?\\s?D\\s?[A-Z0-9]?\\s?D|HD|HARD\\s?(?:DISK\\s?)?DRIVES?|HARD\\s?DIS[KC]S?)";
const NO_HDD = new RegExp(
  `\\b(?:N[O0]|WITHOUT|W\\/O|LESS|MISSING|MINUS)\\s*(?:${HDD}|DRIVES?|STORAGE)(?![A-Z0-9])|\\b${HDD}S?\\s+(?:REMOVED|PULLED|MISSING|OUT)\\b|\\bDISKLESS\\b`,
);
const SIZE = "(\\d+(?:[.,]\\d+)?)\\s*([TG])?[I1]?[B8]?";
const WITH_HDD = new RegExp(
  `(?:\\bW\\/?(?=\\s*\\d)|\\b(?:W\\/|WITH|INCL(?:UDING|UDES|\\.)?|HAS)|[A-Z0-9]W\\/|\\+)\\s*(?:(\\d{1,2})\\s*X\\s*)?(?:${SIZE}\\s*)?(?:SATA\\s*|SAS\\s*)?${HDD}S?(?![A-Z0-9])`,
);
const WITH_SSD =
  /(?:\b(?:W\/|WITH|INCL(?:UDING|\.)?)|\+)\s*(?:\d{2,4}\s*[TG]?B?\s*)?(?:SATA\s*|NVME\s*|M\.?2\s*)?SSD\b/;
// Either the stroke between memory and drive or all other characters are as they should be: one slip is read over.
const MEMORY_AND_SSD =
  /\b(?:\d{1,3}\s*[A-Z0-9]?G\s?[A-Z0-9]?[B8]?\s*\/\s*\d[A-Z0-9]{1,4}\s*(?:G[B8]?)?|(?:4|8|16|32)\s*G[B8] ?(?:128|256|512))\s*S[A-Z0-9\s]?S[A-Z0-9\s]?D\b/;
const MEMORY_AND_HDD = new RegExp(`\\b\\d{1,3}\\s*GB?\\s*\\/\\s*\\d{1,4}\\s*(?:[GT]B?)?\\s*${HDD}\\b`);
const CPU_AND_MEMORY =
  /\b(?:I[3579S]\s*-?\s*|[1L][3579S][\s-]+|(?:RYZEN \d|XEON)\s*-?\s*)\d{1,3}\s*G[A-Z0-9]?[B8]?\b(?!\s*\/)/;

const INTEL = "(?:INTEL\\s*(?:\\(R\\))?\\s*)?";
/** Names processors are sold under, with their numbers: only computers are written down with them. */
const PROCESSORS: readonly RegExp[] = [
  new RegExp(
    `\\b${INTEL}(?:CORE\\s*)?(?:(?<![A-Z0-9]-)I[3579][\\s-]+\\d{3,5}[A-Z]{0,2}\\d?|M[357]-?\\dY\\d\\d)\\b(?!\\s*(?:G|T)B)`,
  ),
  new RegExp(
    `\\b${INTEL}CORE\\s*(?:I[3579]|M[357]?|ULTRA\\s*[579]|SOLO|2?\\s*(?:DUO|QUAD))(?:\\s*-?[A-Z]?\\d{3,5}[A-Z]{0,2})?\\b`,
  ),
  new RegExp(
    `\\b${INTEL}XEON(?:\\s*(?:GOLD|SILVER|BRONZE|PLATINUM))?(?:\\s*-?[EWXL]?\\d?-?\\s?\\d{4}[A-Z]?(?:\\s*V\\d)?)\\b`,
  ),
  new RegExp(`\\b${INTEL}(?:CELERON|PENTIUM|ATOM)(?:\\s*(?:GOLD|SILVER))?\\s*-?[A-Z]{0,2}\\d{3,5}[A-Z]?\\b`),
  /\b(?:AMD\s*)?(?:RYZEN|THREADRIPPER|ATHLON|EPYC|OPTERON|PHENOM)(?:\s*[3579])?(?:\s*PRO)?\s*-?\d{3,5}[A-Z]{0,2}\b/,
  /\bI[3579]\s*[@,]?\s*\d[.,]\d{1,2}\s*GHZ\b/,
  /\bAMD\s*A\d{1,2}(?:\s*PRO)?\s*-\s*\d{4}[A-Z]?\b/,
];
const CLOCK = /@?\s*\b\d(?:[.,]\d{1,2})?\s*GHZ\b/;
/** Words that name a computer by its line. Servers are left out: "PowerEdge 600GB SAS" is a drive that sat in one. */
const COMPUTER =
  /\b(?:NOTEBOOKS?|LAPTOPS?|CHROMEBOOKS?|ULTRABOOKS?|MACBOOK\w*|THINKPADS?|LATITUDE|ELITEBOOKS?|PROBOOKS?|ZBOOKS?|LIFEBOOKS?|TOUGHBOOKS?|IDEAPADS?|ZENBOOKS?|VIVOBOOKS?|DESKTOPS?|OPTIPLEX|THINKCENTRE|THINKSTATION|ELITEDESK|PRODESK|MAC ?MINI|MACMINI\d?|IMAC\w*|ALL[- ]IN[- ]ONES?|AIO|SURFACE (?:PRO|GO|LAPTOP|BOOK))\b/;
const MEMORY =
  /\b\d{1,4}\s?GB?\s*(?:OF\s*)?(?:RAM|MEMORY|MEM|S?DRAM|L?P?DDR\dL?X?(?:-\d+)?)(?:\s*RAM)?\b|\bRAM\s*:?\s*\d{1,4}\s?GB?\b/;
const KINDS = "(?:SATA\\s*|NVME\\s*|PCIE\\s*|M\\.?2\\s*)*";
const ITS_SSD = new RegExp(
  `\\b\\d{1,4}(?:\\.\\d)?\\s?(?:GB?|TB?)\\s*${KINDS}(?:SSDS?|NVME|EMMC|FLASH)\\b|\\bSSD\\s*:?\\s*\\d{1,4}\\s?(?:GB?|TB?)\\b`,
);
const ITS_HDD = new RegExp(
  `\\b(?:(\\d)\\s*X\\s*)?\\d{1,4}(?:\\.\\d)?\\s?(?:GB?|TB?)\\s*(?:SATA\\s*|\\d{4,5}\\s*RPM\\s*)*${HDD}S?(?![A-Z0-9])`,
);
/** Memory and storage as two plain sizes, as in "8GB 256GB" or "16GB/512GB". */
const TWO_SIZES =
  /\b(?:2|4|6|8|12|16|20|24|32|48|64|96|128)\s?GB?\s*[\s/,|+-]+(?:\d{2,4}\s?GB?|[1-8]\s?TB?)(?![A-Z0-9])/;
const A_SIZE = /\b\d{1,4}\s?GB?(?![A-Z0-9])/;

/**
 * Takes out what is said of a computer's processor, memory and drive, so that "w/ 500GB HDD" or "i5-8350U 8GB 256GB
 * SSD" does not make a notebook a drive. Without a processor or a computer's name a drive is the thing itself.
 */
export function takeEquipment(given: string): Equipment {
  let text = given;
  const marks: string[] = [];
  let hard_drive: Equipment["hard_drive"] = "unstated";
  let hard_drive_count = 1;
  const take = (pattern: RegExp, mark: string): RegExpExecArray | null => {
    const found = pattern.exec(text);
    if (!found) return null;
    marks.push(mark);
    text = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
    return found;
  };
  if (take(NO_HDD, "no_hdd")) hard_drive = "absent";
  const withHdd = take(WITH_HDD, "with_hdd");
  if (withHdd) {
    hard_drive = "present";
    hard_drive_count = Math.max(1, Number(withHdd[1] ?? 1));
  } else if (take(MEMORY_AND_HDD, "with_hdd")) hard_drive = "present";
  const ssd = take(MEMORY_AND_SSD, "memory_ssd") ?? take(WITH_SSD, "with_ssd");
  // One drive is the rule in a computer: a stated solid-state drive stands where the hard drive would.
  if (ssd && hard_drive === "unstated") hard_drive = "absent";
  const processor = [
    take(CPU_AND_MEMORY, "cpu_memory"),
    ...PROCESSORS.map((named) => take(named, "processor")),
  ].some((found) => found !== null);
  if (processor) take(CLOCK, "processor");
  if (processor || COMPUTER.test(text)) {
    take(MEMORY, "memory");
    const own = hard_drive === "unstated" ? take(ITS_HDD, "with_hdd") : null;
    if (own) {
      hard_drive = "present";
      hard_drive_count = Math.max(1, Number(own[1] ?? 1));
    }
    const flash = take(ITS_SSD, "with_ssd") ?? (processor ? take(/\bSSD\b/, "with_ssd") : null);
    if (flash && hard_drive === "unstated") hard_drive = "absent";
    take(TWO_SIZES, "memory");
    if (processor) take(A_SIZE, "memory");
  }
  return { text, marks, hard_drive, hard_drive_count };
}
