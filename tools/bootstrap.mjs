// Brings a bare checkout to where it can run: installs what the lockfile pins, and builds the web app when it is stale.
// Plain JavaScript without dependencies: it runs on Node 20, before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const inRoot = (...parts) => join(root, ...parts);

/** What the web app is made of: when one of these changes, it is built again. */
const WEB_SOURCES = ["src", "index.html", "vite.config.ts", "package-lock.json"];
const INSTALLED = inRoot("node_modules", ".didym-lock");
const LOCK = inRoot(".bootstrap.lock");
const OLDEST_NODE = 20;
const NODE_FOR_SOURCES = 24;

class Stop extends Error {}

const say = (line) => process.stderr.write(`didym: ${line}\n`);
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const read = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < OLDEST_NODE)
    throw new Stop(`Node ${OLDEST_NODE} or newer is needed; this is ${process.version}`);
}

/** One bootstrap at a time; a lock whose process is gone is taken over. */
async function withLock(work) {
  const until = Date.now() + 15 * 60_000;
  for (let told = false; ; ) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: "wx" });
      break;
    } catch (cause) {
      if (cause.code !== "EEXIST") throw cause;
    }
    if (!holderLives()) rmSync(LOCK, { force: true });
    else if (Date.now() > until)
      throw new Stop(`another installation has been running for 15 minutes; see ${LOCK}`);
    else {
      if (!told) say("another installation is running here; waiting for it");
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

function holderLives() {
  const pid = Number(read(LOCK));
  if (!pid) return existsSync(LOCK) && Date.now() - statSync(LOCK).mtimeMs < 2000;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return cause.code === "EPERM";
  }
}

async function install() {
  const wanted = digest(readFileSync(inRoot("package-lock.json")));
  if (read(INSTALLED) === wanted) return;
  say("installing what the lockfile pins (about 200 packages, half a minute on a fast line)");
  const started = Date.now();
  const tick = setInterval(
    () => say(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`),
    10_000,
  );
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const done = await new Promise((resolve) => {
    const child = npm?.endsWith(".js")
      ? spawn(process.execPath, [npm, ...args], { cwd: root })
      : spawn("npm", args, { cwd: root });
    let errors = "";
    child.stderr.on("data", (bytes) => {
      errors = (errors + bytes).slice(-4000);
    });
    child.stdout.resume();
    child.on("error", (error) => resolve({ code: 1, errors: error.message }));
    child.on("close", (code) => resolve({ code, errors }));
  });
  clearInterval(tick);
  if (done.code !== 0) {
    const reason =
      done.errors.split("\n").find((line) => /npm error [A-Za-z]/.test(line)) ?? done.errors.split("\n")[0];
    throw new Stop(
      `npm could not install the packages (${reason.replace("npm error ", "").trim()}); nothing was started`,
    );
  }
  writeFileSync(INSTALLED, wanted);
  say(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** The Node that runs the sources: the one the lockfile brought, or this one if it is new enough. */
function nodeForSources() {
  const brought = inRoot("node_modules", ".bin", "node");
  if (existsSync(brought) && spawnSync(brought, ["--version"]).status === 0) return brought;
  if (Number(process.versions.node.split(".")[0]) >= NODE_FOR_SOURCES) return process.execPath;
  throw new Stop(
    `no Node ${NODE_FOR_SOURCES} comes from npm for ${process.platform}-${process.arch}; install Node ${NODE_FOR_SOURCES} and start again`,
  );
}

function stampOf(paths) {
  const hash = createHash("sha256");
  const add = (path) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else if (!path.endsWith(".test.ts") && !path.endsWith(".md")) {
      hash.update(path.slice(root.length)).update(readFileSync(path));
    }
  };
  for (const path of paths) add(inRoot(path));
  return hash.digest("hex");
}

function buildWeb(node) {
  const stampFile = inRoot("build", "web", ".stamp");
  const stamp = stampOf(WEB_SOURCES);
  if (read(stampFile) === stamp) return;
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
  writeFileSync(stampFile, stamp);
}

function buildZips(node) {
  const tool = inRoot("tools", "build-zips.ts");
  if (existsSync(inRoot("build", "zips.json")) || !existsSync(tool)) return;
  say("making the table of ZIP codes");
  mkdirSync(inRoot("build"), { recursive: true });
  const made = spawnSync(node, [tool], { cwd: root, encoding: "utf8" });
  if (made.status !== 0) throw new Stop(`the table of ZIP codes could not be made:\n${made.stderr}`);
}

try {
  checkNode();
  await withLock(async () => {
    await install();
    const node = nodeForSources();
    buildZips(node);
    if (!process.argv.includes("--no-web") && existsSync(inRoot("vite.config.ts"))) buildWeb(node);
  });
} catch (cause) {
  say(cause instanceof Stop ? cause.message : `${cause.message} (${cause.code ?? "unexpected"})`);
  process.exit(1);
}
