import { programmeMonths } from "./programme-months.ts";

const seeds = process.argv.slice(2).flatMap((a) => {
  const [f, t] = a.split("-").map(Number);
  return Array.from({ length: (t ?? f!) - f! + 1 }, (_, i) => f! + i);
});
for (const s of seeds) {
  const t = process.cpuUsage().user;
  try {
    const c = await programmeMonths.run({ count: 1, seed: s, progress() {} });
    console.log(s, "ok", c["strangers"], ((process.cpuUsage().user - t) / 1e6).toFixed(1));
  } catch (e) {
    console.log(s, "RED", (e as Error).message.slice(0, 1500));
  }
}
