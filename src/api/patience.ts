/** A database that has not answered by then is away for whoever would write. */
const PATIENCE_MS = 2000;

/** What was asked for, or nothing where it failed or did not come in time. */
export async function withPatience<T>(asked: Promise<T>): Promise<{ readonly came: T } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, undefined);
  });
  const answered = asked.then(
    (came) => ({ came }),
    () => undefined,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
