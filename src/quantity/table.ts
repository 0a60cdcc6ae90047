/**
 * A table looked up by text from outside: it answers to its own names alone, not to what every object has, such as `constructor`.
 */
export const table = <V>(entries: Readonly<Record<string, V>>): Readonly<Record<string, V>> =>
  Object.freeze(Object.assign(Object.create(null) as Record<string, V>, entries));

/** What a record has of its own under a name. A record that came as JSON has everything else that objects have as well. */
export const own = <V>(record: Readonly<Record<string, V>> | undefined, name: string): V | undefined =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
