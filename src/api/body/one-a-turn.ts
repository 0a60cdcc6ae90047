/**
 * Work of some milliseconds, one piece in each turn of the event loop: two hundred bodies that arrive together do not keep the
 * smallest question waiting for all of them.
 */
export function oneATurn(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const next = () => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(next);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(next);
    });
}
