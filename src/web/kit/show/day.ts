/** The last millisecond of a day in the reader's own zone, as an instant; undefined where no whole day is stated. */
export function endOfDay(day: string | undefined): string | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? "");
  if (!found) return undefined;
  const [year, month, date] = found.slice(1).map(Number) as [number, number, number];
  const end = new Date(year, month - 1, date + 1);
  return Number.isNaN(end.getTime()) ? undefined : new Date(end.getTime() - 1).toISOString();
}

/** The last millisecond before a day begins: what stood then is its opening. */
export function beforeDay(day: string | undefined): string | undefined {
  const end = endOfDay(day);
  if (end === undefined) return undefined;
  const [year, month, date] = (day ?? "").split("-").map(Number) as [number, number, number];
  return new Date(new Date(year, month - 1, date).getTime() - 1).toISOString();
}

/** The day before, as a day. */
export function dayBefore(day: string | undefined): string | undefined {
  if (endOfDay(day) === undefined) return undefined;
  return new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/** The first instant of today, in the reader's zone. */
export function startOfToday(now = new Date()): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
}
