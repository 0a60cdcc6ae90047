import type { DeviceClass } from "../classify/classes.ts";

/**
 * Numbers and names that leave no doubt of the kind of device, in our own words: general knowledge of the trade.
 * Patterns are tried on upper-case words with single blanks, so "SM-G973U" reads "SM G973U".
 */
const NAMES: readonly (readonly [DeviceClass, RegExp])[] = [
  // Samsung: SM and a letter for the kind; R is worn, and its low numbers go into the ear.
  ["earbuds", /\bSM ?R(?:1[789]\d|4[01]\d|5[13]\d|63\d)[A-Z]?\b/],
  ["smartwatch", /\bSM ?[RL](?:3[5-9]\d|500|[6-9]\d\d)[A-Z]{0,2}\b/],
  [
    "android_device",
    /\bSM ?[ACEFGJMNSTXP]\d{3}[A-Z]{0,3}\d?\b|\b(?:GT ?[INPS]|S[CGP]H ?[A-Z])\d{3,4}[A-Z]?\b/,
  ],
  // Motorola, LG, Oppo and OnePlus, Realme, Huawei and Honor, Sony, Lenovo, Amazon.
  [
    "android_device",
    /\bXT\d{4}(?: \d)?\b|\bLM ?[FGKQVX]\d{3}[A-Z]{0,4}\b|\b(?:CPH|RMX)\d{4}\b|\b[A-Z]{3} ?(?:AL|TL)\d\d[A-Z]?\b|\b[A-Z]{3} ?LX\d[A-Z]?\b|\bXQ ?[A-Z]{2}\d\d\b|\bTB ?(?:X?\d{3,4}|\d{2,3}X)[FLXMNUC]{1,2}\b|\bONEPLUS A\d{4}\b|\bNOKIA TA \d{4}\b/,
  ],
  // Its solid-state drives as they are sold in shops.
  ["ssd", /\bMZ ?(?:7[5-9]|7[KPT]|V[6-9]|N[56]|M[56])[A-Z0-9]{4,6}\b/],
  ["earbuds", /\bGALAXY BUDS\b/],
  ["smartwatch", /\bGALAXY (?:WATCH|FIT)\b/],
  ["set_top_box", /\b(?:CHROMECAST|ROKU|FIRE ?TV|NVIDIA SHIELD TV)\b/],
  ["smart_speaker", /\b(?:ECHO (?:DOT|SHOW|STUDIO|PLUS)|GOOGLE HOME|NEST (?:MINI|AUDIO|HUB))\b/],
  // HP: the hundreds and the tens name the business notebook, G its generation. Lenovo: machine types from 20 on are ThinkPads.
  ["notebook", /\b(?:8[2-6][05]|7[2-5]5|6[345][05]|4[345][05]|1030|1040|ZBOOK \d\d[UV]?) G\d{1,2}\b/],
  ["desktop", /\b(?:[4568]00|[67]05|805|260) G\d{1,2}\b/],
  ["notebook", /\b2[01][A-Z][A-Z0-9]{7}\b|\bCHROMEBOOK (?:\d|PRO|X360)/],
  // Apple prints an A and four digits on every Mac; those of its other devices are listed with them.
  [
    "notebook",
    /\bA(?:1181|1185|1150|1151|1211|1212|1226|1229|1260|1261|1278|1280|1286|1297|1304|1237|1342|1369|1370|1398|1425|1465|1466|1502|1534|1706|1707|1708|1932|1989|1990|2141|2159|2179|2251|2289|2337|2338|2442|2485|2681|2779|2780|2918|2941|2991|2992)\b/,
  ],
  ["desktop", /\bA(?:1103|1176|1283|1347|1993|2348|2686|2816|1186|1289|1481|1991|2304|2786|2615|2901)\b/],
  [
    "all_in_one",
    /\bA(?:1076|1144|1173|1174|1195|1200|1207|1208|1224|1225|1311|1312|1418|1419|1862|2115|2116|2438|2439|2873|2874)\b/,
  ],
];

/** Words of form that go before what a number says: one number is given to a notebook and to what is built like one. */
const OTHER_FORM = /\b(?:ALL IN ONES?|AIO|PROONE|ELITEONE|TABLET|DETACHABLE|FOLD|TOUCHSMART)\b/;

/** The class that a maker's number or name states, if the words hold one (SPEC I31). */
export function namedDevice(plain: string): DeviceClass | null {
  if (OTHER_FORM.test(plain)) return null;
  return NAMES.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}
