import { LINE_CLASSES, type LineClass } from "../src/identify/classify/classes.ts";
import { BUCKETS } from "../src/identify/classify/features.ts";
import { seededRandom } from "../src/identify/doubt/random.ts";
import { type Corpus, SEED } from "../tools/identify/corpus.ts";
import type { Judged } from "../tools/identify/figures.ts";

// What a reader of lines must beat: an afternoon's regular expressions, and plain logistic regression over pieces of text.

const EXPRESSIONS: readonly (readonly [LineClass, RegExp])[] = [
  ["phone", /iphone/i],
  ["tablet", /ipad|tablet|\btab\b/i],
  ["smartwatch", /watch/i],
  ["earbuds", /airpods|earbuds/i],
  ["media_player", /ipod/i],
  ["set_top_box", /apple tv|set.?top/i],
  ["smart_speaker", /homepod|speaker/i],
  ["remote", /remote/i],
  ["all_in_one", /imac|aio|all.?in.?one/i],
  ["server", /poweredge|proliant|server|supermicro/i],
  ["notebook", /notebook|laptop|thinkpad|latitude|macbook|ideapad|elitebook|probook|aspire|pavilion/i],
  ["desktop", /optiplex|desktop|tower|\bpc\b|thinkcentre|elitedesk|\bms-|prodesk/i],
  ["android_device", /galaxy|android|phone|huawei|xiaomi|lenovo tab/i],
  ["ssd", /ssd|nvme|mz[0-9-]|mtfd|solid|kingston|crucial|intel ssd/i],
  ["hdd", /hdd|hard|\bst\d{3,}|\bwd[cd\d ]|hitachi|hgst|toshiba|maxtor|hts|hds/i],
];

const spread = (sure: LineClass, p: number): Judged["classes"] =>
  Object.fromEntries(
    LINE_CLASSES.map((name) => [name, name === sure ? p : (1 - p) / (LINE_CLASSES.length - 1)]),
  ) as Record<LineClass, number>;

export function regexJudge(line: string): Judged["classes"] {
  const found = EXPRESSIONS.find(([, pattern]) => pattern.test(line));
  return found ? spread(found[0], 0.9) : spread("ssd", 0.3);
}

/** Words and pieces of one to five characters, hashed (FNV-1a); nothing is known of makers or wording. */
function buckets(line: string): number[] {
  const text = ` ${line.toLowerCase()} `;
  const out = new Set<number>();
  const add = (piece: string): void => {
    let h = 0x811c9dc5;
    for (let i = 0; i < piece.length; i++) h = Math.imul(h ^ piece.charCodeAt(i), 0x01000193);
    out.add((h >>> 0) % BUCKETS);
  };
  for (let size = 1; size <= 5; size++)
    for (let at = 0; at + size <= text.length; at++) add(text.slice(at, at + size));
  for (const word of text.split(/\W+/)) add(`w ${word}`);
  return [...out];
}

/** Softmax regression by Adagrad over the lines and clean model strings of a corpus. */
export function ngramJudge(corpus: Corpus): (line: string) => Judged["classes"] {
  const K = LINE_CLASSES.length;
  const weights = new Float32Array(BUCKETS * K);
  const squares = new Float32Array(BUCKETS * K).fill(1e-3);
  const examples = [
    ...corpus.lines.map((s) => ({ x: buckets(s.line), y: LINE_CLASSES.indexOf(s.label) })),
    ...corpus.drives.map((d) => ({ x: buckets(d.model), y: LINE_CLASSES.indexOf(d.kind) })),
  ];
  const p = new Float64Array(K);
  const judge = (x: readonly number[]): void => {
    p.fill(0);
    for (const bucket of x) for (let k = 0; k < K; k++) p[k] = (p[k] ?? 0) + (weights[bucket * K + k] ?? 0);
    const scale = 1 / Math.sqrt(x.length);
    let total = 0;
    for (let k = 0; k < K; k++) {
      p[k] = Math.exp((p[k] ?? 0) * scale);
      total += p[k] ?? 0;
    }
    for (let k = 0; k < K; k++) p[k] = (p[k] ?? 0) / total;
  };
  const random = seededRandom(SEED, "baseline");
  for (let step = 0; step < 5 * examples.length; step++) {
    const example = examples[Math.floor(random.next() * examples.length)];
    if (!example) continue;
    judge(example.x);
    const scale = 1 / Math.sqrt(example.x.length);
    for (let k = 0; k < K; k++) {
      const g = ((p[k] ?? 0) - (k === example.y ? 1 : 0)) * scale;
      for (const bucket of example.x) {
        const at = bucket * K + k;
        squares[at] = (squares[at] ?? 0) + g * g;
        weights[at] = (weights[at] ?? 0) - (0.25 * g) / Math.sqrt(squares[at] ?? 1);
      }
    }
  }
  return (line) => {
    judge(buckets(line));
    return Object.fromEntries(LINE_CLASSES.map((name, k) => [name, p[k] ?? 0])) as Record<LineClass, number>;
  };
}
