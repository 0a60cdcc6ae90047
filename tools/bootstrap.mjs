// Brings a bare checkout to where it can run: installs what the lockfile pins, and builds the web app when it is stale.
// `--with-tests` installs what tests and development need as well; `--no-web` builds no web app.
// Plain JavaScript without dependencies: it runs on Node 20, before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const inRoot = (...parts) => join(root, ...parts);

/** What the web app is made of: when one of these changes, it is built again. */
const WEB_SOURCES = ["src", "index.html", "vite.config.ts", "package-lock.json"];
/** Rooms that the browser never sees. */
const NOT_WEB = ["api", "cli", "main", "outside", "sample", "store"].map((room) => join(root, "src", room));
/** The hash of the lockfile that was installed, and how much of it. */
const INSTALLED = inRoot("node_modules", ".didym-lock");
/** The packages of tests are there, are being added to the others, or are not. */
const WITH_TESTS = "with tests";
const ADDING_TESTS = "adding tests";
const WITHOUT_TESTS = "without tests";
const LOCK = inRoot("build", ".bootstrap.lock");
const OLDEST_NODE = 20;
const NODE_FOR_SOURCES = 24;

class Stop extends Error {}

const say = (line) => process.stderr.write(`didym: ${line}\n`);
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

const major = (version) => Number(version.replace(/^v/, "").split(".")[0]);

function checkNode() {
  if (major(process.version) < OLDEST_NODE)
    throw new Stop(`Node ${OLDEST_NODE} or newer is needed; this is ${process.version}`);
}

/** One bootstrap at a time; a lock whose processes are gone is taken over. */
async function withLock(work) {
  mkdirSync(dirname(LOCK), { recursive: true });
  const until = Date.now() + 15 * 60_000;
  const mine = identityOf(process.pid);
  for (let told = false; ; ) {
    if (takeLock(mine)) {
      // Someone who saw the old lock may remove this one just now, taking it for the old: then it is theirs.
      await pause(100);
      if (read(LOCK).split("\n")[0] === mine) break;
    } else if (!holderLives()) rmSync(LOCK, { force: true });
    else if (Date.now() > until)
      throw new Stop(`another installation has been running for 15 minutes; see ${LOCK}`);
    else {
      if (!told) say("another installation is running here; waiting for it");
      told = true;
      await pause(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function takeLock(mine) {
  try {
    writeFileSync(LOCK, mine, { flag: "wx" });
    return true;
  } catch (cause) {
    if (cause.code === "EEXIST") return false;
    throw cause;
  }
}

/** A number and, where there is a /proc, the start time, which tells a process from a later one with its number. */
function identityOf(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""}`;
}

/** The lock names this process and the npm it started, which may outlive it: as long as one lives, it is held. */
function holderLives() {
  const names = read(LOCK).split("\n").filter(Boolean);
  if (names.length === 0) return existsSync(LOCK) && Date.now() - statSync(LOCK).mtimeMs < 2000;
  return names.some((name) => {
    const pid = Number(name.split(" ")[0]);
    try {
      process.kill(pid, 0);
    } catch (cause) {
      if (cause.code !== "EPERM") return false;
    }
    return identityOf(pid) === name;
  });
}

const lockHash = () => digest(readFileSync(inRoot("package-lock.json")));

/** How much of the lockfile is installed, if it is the one of today. */
function installedNow() {
  const [hash, extent] = read(INSTALLED).split("\n");
  return hash === lockHash() ? extent : undefined;
}

const isInstalled = (withTests) => (withTests ? installedNow() === WITH_TESTS : installedNow() !== undefined);
const noteInstalled = (extent) => writeFileSync(INSTALLED, `${lockHash()}\n${extent}\n`);

async function install(withTests) {
  if (isInstalled(withTests)) return;
  if (installedNow() === WITHOUT_TESTS) return addTests();
  // Until the whole installation is there, none of it counts.
  rmSync(INSTALLED, { force: true });
  await npm("ci", withTests ? "--include=dev" : "--omit=dev", {
    what: "what the lockfile pins (about 200 packages, half a minute on a fast line)",
  });
  noteInstalled(withTests ? WITH_TESTS : WITHOUT_TESTS);
}

/** Adds to what is there and takes nothing away: a server that runs from here keeps its packages. */
async function addTests() {
  // One that is ended here may leave half a package, which npm would take for whole: then all is installed anew.
  noteInstalled(ADDING_TESTS);
  await npm("install", "--include=dev", {
    what: "what the tests need besides",
    more: ["--no-save"],
    undone: () => noteInstalled(WITHOUT_TESTS),
  });
  noteInstalled(WITH_TESTS);
}

async function npm(verb, dev, { what, more = [], undone = () => {} }) {
  say(`installing ${what}`);
  const started = Date.now();
  const tick = setInterval(
    () => say(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`),
    10_000,
  );
  const args = [verb, dev, "--include=optional", ...more, "--no-audit", "--no-fund", "--loglevel=error"];
  // The Node that an earlier installation brought may be about to be removed: npm runs on the system's own.
  const path = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => !folder.startsWith(inRoot("node_modules")))
    .join(delimiter);
  const done = await new Promise((resolve) => {
    const child = spawn("npm", args, { cwd: root, env: { ...process.env, PATH: path } });
    if (child.pid !== undefined) appendFileSync(LOCK, `\n${identityOf(child.pid)}`);
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
    let errors = "";
    child.stderr.on("data", (bytes) => {
      errors = (errors + bytes).slice(-4000);
    });
    child.stdout.resume();
    child.on("error", (error) => {
      resolve({ code: 1, errors: error.code === "ENOENT" ? "npm is not on the PATH" : error.message });
    });
    child.on("close", (code) => resolve({ code, errors }));
  });
  clearInterval(tick);
  if (done.code !== 0) {
    const lines = done.errors.split("\n").map((line) => line.replace(/^npm error /, "").trim());
    const reason = lines.find((line) => /^[A-Za-z]/.test(line) && !/^(?:code|errno|syscall) /.test(line));
    // npm takes back what it began when it gives up by itself, which it says; not when it is ended.
    if (done.code !== null && reason) undone();
    throw new Stop(`npm could not install the packages (${reason || "it was ended"}); nothing was started`);
  }
  say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** The Node that runs the sources: the one the lockfile brought, or this one if it is new enough. */
function nodeForSources() {
  const brought = inRoot("node_modules", ".bin", "node");
  const runs = spawnSync(brought, ["--version"], { encoding: "utf8" });
  if (runs.status === 0 && major(runs.stdout) >= NODE_FOR_SOURCES) return brought;
  // One that cannot run here must not stand in front of one that can.
  rmSync(brought, { force: true });
  if (major(process.version) >= NODE_FOR_SOURCES) return process.execPath;
  throw new Stop(
    `no Node ${NODE_FOR_SOURCES} comes from npm for ${process.platform}-${process.arch}; install Node ${NODE_FOR_SOURCES} and start again`,
  );
}

function stampOf(paths) {
  const hash = createHash("sha256");
  const add = (path) => {
    if (!existsSync(path) || NOT_WEB.includes(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else if (!path.endsWith(".test.ts") && !path.endsWith(".md")) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  };
  for (const path of paths) add(inRoot(path));
  return hash.digest("hex");
}

const WEB_STAMP = inRoot("build", "web", ".stamp");

function buildWeb(node) {
  const stamp = stampOf(WEB_SOURCES);
  if (read(WEB_STAMP) === stamp) return;
  say("building the web app");
  const built = spawnSync(
    node,
    [inRoot("node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  if (built.status !== 0) throw new Stop(`the web app could not be built:\n${built.stdout}${built.stderr}`);
  writeFileSync(WEB_STAMP, stamp);
}

function buildZips(node) {
  const tool = inRoot("tools", "build-zips.ts");
  if (existsSync(inRoot("build", "zips.json")) || !existsSync(tool)) return;
  say("making the table of ZIP codes");
  mkdirSync(inRoot("build"), { recursive: true });
  const made = spawnSync(node, [tool], { cwd: root, encoding: "utf8" });
  if (made.status !== 0) throw new Stop(`the table of ZIP codes could not be made:\n${made.stderr}`);
}

/** Whether there is nothing to do; asked without the lock, so that a second start costs nothing. */
function isReady(withWeb, withTests) {
  if (!isInstalled(withTests)) return false;
  if (!existsSync(inRoot("node_modules", ".bin", "node")) && major(process.version) < NODE_FOR_SOURCES)
    return false;
  if (!existsSync(inRoot("build", "zips.json")) && existsSync(inRoot("tools", "build-zips.ts"))) return false;
  return !withWeb || read(WEB_STAMP) === stampOf(WEB_SOURCES);
}

try {
  checkNode();
  const withWeb = !process.argv.includes("--no-web") && existsSync(inRoot("vite.config.ts"));
  const withTests = process.argv.includes("--with-tests");
  if (!isReady(withWeb, withTests)) {
    await withLock(async () => {
      await install(withTests);
      const node = nodeForSources();
      buildZips(node);
      if (withWeb) buildWeb(node);
    });
  }
} catch (cause) {
  say(cause instanceof Stop ? cause.message : `${cause.message} (${cause.code ?? "unexpected"})`);
  process.exit(1);
}
