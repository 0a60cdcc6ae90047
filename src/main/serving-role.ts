import pg from "pg";
import { asReaderRole } from "../store/reader-pool.ts";
import { APP_ROLE, divideReading, ensureAppRole, grantRights } from "../store/rights.ts";

/** Whom the books are served as, and what is to be said of it at the start. */
export interface Serving {
  readonly config: pg.PoolConfig;
  /** Connections that see by right alone; where the database makes no such role, those of who serves, whose statements ask by right. */
  readonly readers: pg.PoolConfig;
  readonly remark?: string;
}

/** The database and the role that a connection reaches: the start of the server tells two of one name apart. */
interface Reached {
  readonly role: string;
  readonly place: string;
  /** Whether the role owns the books, may become who owns them, or may do anything. */
  readonly owns: boolean;
}

const REACHED = `select current_user as role, current_database() || ' ' || pg_postmaster_start_time() as place,
  (select rolsuper or pg_has_role(current_user, nspowner, 'member')
   from pg_roles, pg_namespace where rolname = current_user and nspname = 'didym') as owns`;

/** On the PostgreSQL that Didym starts itself: as a role of its own, which is made where it is not there yet. */
export async function serveAsApp(owner: pg.PoolConfig): Promise<Serving> {
  await connected(owner, async (client) => {
    await ensureAppRole(client);
    await grantRights(client, APP_ROLE);
    await divideReading(client, APP_ROLE);
  });
  const config = { ...owner, user: APP_ROLE };
  return { config, readers: asReaderRole(config) };
}

/** On a PostgreSQL of somebody's own that names one role alone: as that one, which is said. */
export async function serveAsOwner(owner: pg.PoolConfig): Promise<Serving> {
  const { role, divided } = await connected(owner, async (client) => {
    const reached = await reachedBy(client);
    return { ...reached, divided: await divides(client, reached.role) };
  });
  return {
    config: owner,
    readers: divided ? asReaderRole(owner) : owner,
    remark: `the books are served as ${role}, who owns them and could change entries; DIDYM_APP_URL names a role that cannot`,
  };
}

/** As the role that DIDYM_APP_URL names, in the same database: the owner gives it what serving takes. Throws where it is another. */
export async function serveAs(config: pg.PoolConfig, owner: pg.PoolConfig): Promise<Serving> {
  const reached = await connected(config, reachedBy);
  const divided = await connected(owner, async (client) => {
    const { place } = await reachedBy(client);
    if (place !== reached.place)
      throw new Error("DIDYM_APP_URL and DATABASE_URL do not name the same database");
    if (!reached.owns) await grantRights(client, reached.role);
    return divides(client, reached.role);
  });
  return {
    config,
    readers: divided ? asReaderRole(config) : config,
    ...(reached.owns
      ? {
          remark: `the role of DIDYM_APP_URL, ${reached.role}, may do as the owner of the books does: give it none of that`,
        }
      : {}),
  };
}

/** Whether reading is divided by the database too: an owner who may make no roles cannot have it so. */
async function divides(owner: pg.Client, role: string): Promise<boolean> {
  try {
    await divideReading(owner, role);
    return true;
  } catch (cause) {
    if ((cause as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw cause;
    return false;
  }
}

/** PostgreSQL appendix A. */
const INSUFFICIENT_PRIVILEGE = "42501";

async function reachedBy(client: pg.Client): Promise<Reached> {
  const { rows } = await client.query<Reached>(REACHED);
  if (!rows[0]) throw new Error("the database does not say which role this is");
  return rows[0];
}

async function connected<T>(config: pg.PoolConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config);
  // A connection that is ended between two statements tells so by an event; the statement after it fails for its caller.
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
