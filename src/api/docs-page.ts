import type { Json } from "../app/core/published.ts";
import { answeredFields, refusedCodes } from "./docs-answers.ts";
import { MEANINGS } from "./status-meanings.ts";
import { CODES_BY_STATUS, type Status } from "./statuses.ts";

const html = (text: unknown) =>
  String(text).replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); --soft: color-mix(in srgb, currentColor 6%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; } summary code { font-weight: 600; }
pre, .table { overflow-x: auto; }
pre { padding: .75rem; background: var(--soft); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
td:first-child { white-space: nowrap; }
`;

interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, Json>>;
  readonly requestBody?: {
    readonly content: { readonly "application/json": { schema: Json; example: unknown } };
  };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Json;
  readonly example?: unknown;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The OpenAPI document as a page to read: each call with its fields and an example that runs. No script, nothing from elsewhere. */
export function docsPage(document: Json): string {
  const calls: Call[] = Object.entries(
    document["paths"] as Record<string, Record<string, Operation>>,
  ).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  const rooms = [...new Set(calls.map((c) => c.operation.tags[0] ?? ""))];
  const { schemas } = document["components"] as { schemas: Readonly<Record<string, Json>> };
  const section = (room: string) =>
    `<h2 id="${html(room)}">${html(room)}</h2>\n${calls
      .filter((c) => c.operation.tags[0] === room)
      .map((call) => callSection(call, schemas))
      .join("\n")}`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Didym API</title><style>${STYLE}</style></head><body>
<h1>Didym API</h1>
<p>Every room of the loop is a path: <code>/api/ROOM/VERB</code>, the same names as on the command line (<code>didym ROOM VERB</code>).
Machine-readable: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<ul>
<li>Commands change the books. They carry an <code>Idempotency-Key</code>; a repeat gets the same answer, other content under the same key is refused.</li>
<li><code>Didym-Actor: role@party</code> says who acts. Until sign-in exists it is stated, and marked as unverified on every entry.</li>
<li>What is refused comes back as <code>application/problem+json</code> with the <code>code</code> of the condition that failed and the place <code>at</code> which.</li>
<li>Lists are paged: give <code>next</code> back as <code>after</code>.</li>
</ul>
<nav>${[...rooms, "refusals"].map((r) => `<a href="#${html(r)}">${html(r)}</a>`).join("")}</nav>
${rooms.map(section).join("\n")}
${refusalSection()}
</body></html>`;
}

function callSection(call: Call, schemas: Readonly<Record<string, Json>>): string {
  const { method, path, operation } = call;
  return `<details id="${html(operation.operationId)}"><summary><code>${method.toUpperCase()} ${html(path)}</code><br>${html(operation.summary)}</summary>
${fieldTable(operation)}
<pre>${html(curlOf(call))}</pre>
${answerTable(operation, schemas)}
${refusalList(operation)}</details>`;
}

function fieldTable(operation: Operation): string {
  const schema = operation.requestBody?.content["application/json"].schema;
  const required = new Set((schema?.["required"] as string[] | undefined) ?? []);
  const fields = Object.entries((schema?.["properties"] as Record<string, Json> | undefined) ?? {}).map(
    ([name, of]) => row([name, required.has(name) ? "required" : "", wordsOf(of), of["description"] ?? ""]),
  );
  const parameters = (operation.parameters ?? []).map((p) =>
    row([
      p.in === "header" ? `${p.name} (header)` : p.name,
      p.required ? "required" : "",
      wordsOf(p.schema),
      p.description ?? "",
    ]),
  );
  const rows = [...parameters, ...fields];
  return rows.length === 0 ? "" : table(["field", "", "type", ""], rows);
}

const row = (cells: readonly unknown[]) => `<tr>${cells.map((c) => `<td>${html(c)}</td>`).join("")}</tr>`;

const table = (heads: readonly string[], rows: readonly string[]) =>
  `<div class="table"><table><tr>${heads.map((h) => `<th>${html(h)}</th>`).join("")}</tr>${rows.join("")}</table></div>`;

/** A schema in a few words. The whole of it is in the OpenAPI document. */
function wordsOf(schema: Json): string {
  const choices = schema["enum"] as unknown[] | undefined;
  if (choices) return choices.map(String).join(" | ");
  if (schema["const"] !== undefined) return String(schema["const"]);
  const either = (schema["anyOf"] ?? schema["oneOf"]) as Json[] | undefined;
  if (either) return [...new Set(either.map(wordsOf))].join(" or ");
  if (schema["type"] === "array") return `list of ${wordsOf((schema["items"] as Json | undefined) ?? {})}`;
  const named = schema["$ref"];
  if (typeof named === "string") return named.split("/").at(-1) ?? named;
  const type = schema["type"];
  return Array.isArray(type) ? type.join(" or ") : String(type ?? "any");
}

function curlOf({ method, path, operation }: Call): string {
  const base = `http://127.0.0.1:4680${path}`;
  const body = operation.requestBody?.content["application/json"];
  if (method === "get") {
    const given = (operation.parameters ?? []).filter((p) => p.in === "query" && p.example !== undefined);
    const query = new URLSearchParams(
      given.map((p): [string, string] => [p.name, String(p.example)]),
    ).toString();
    const token = operation.security ? " -H 'Authorization: Bearer TOKEN'" : "";
    return `curl${token} '${base}${query ? `?${query}` : ""}'`;
  }
  const head = (operation.parameters ?? [])
    .filter((p) => p.in === "header")
    .map((p) => ` \\\n  -H '${p.name}: ${String(p.example)}'`)
    .join("");
  if (body === undefined) return `curl -X ${method.toUpperCase()} '${base}'${head}`;
  const quoted = JSON.stringify(body.example, null, 2).replaceAll("'", "'\\''");
  return `curl -X POST '${base}' -H 'content-type: application/json'${head} \\\n  -d '${quoted}'`;
}

function answerTable(operation: Operation, schemas: Readonly<Record<string, Json>>): string {
  const rows = answeredFields(operation.responses, schemas).map(({ name, schema, required }) =>
    row([name, required ? "" : "where there is one", wordsOf(schema), schema["description"] ?? ""]),
  );
  return rows.length === 0 ? "" : table(["answer", "", "type", ""], rows);
}

function refusalList(operation: Operation): string {
  const own = refusedCodes(operation.responses);
  if (own.length === 0) return "";
  const codes = own.map(({ code, status }) => `<code>${html(code)}</code>&nbsp;${status}`).join(", ");
  return `<p>May be refused: ${codes}; beside <a href="#refusals">what is refused everywhere</a>.</p>`;
}

function refusalSection(): string {
  const rows = (Object.entries(MEANINGS) as unknown as [Status, string][]).map(([status, meaning]) =>
    row([status, meaning, CODES_BY_STATUS[status].join(", ")]),
  );
  return `<h2 id="refusals">refusals</h2>\n${table(["status", "meaning", "codes"], rows)}`;
}
