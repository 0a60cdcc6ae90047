import type { UseCase } from "../app/use-case.ts";

const html = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

const STYLE = `
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
details { border: 1px solid var(--line); border-radius: 8px; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; } summary code { font-weight: 600; }
pre { overflow-x: auto; padding: .75rem; background: color-mix(in srgb, currentColor 6%, transparent); border-radius: 6px; }
`;

/** The API as a page to read: each use case with an example that runs. No script, nothing from elsewhere. */
export function docsPage(useCases: readonly UseCase[]): string {
  const rooms = [...new Set(useCases.map((u) => u.room))];
  const section = (room: string) => `
    <h2 id="${room}">${room}</h2>
    ${useCases
      .filter((u) => u.room === room)
      .map(
        (
          u,
        ) => `<details><summary><code>${u.type === "query" ? "GET" : "POST"} /api/${u.room}/${u.verb}</code><br>${html(u.summary)}</summary>
        <pre>${html(callOf(u))}</pre></details>`,
      )
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
<nav>${rooms.map((r) => `<a href="#${r}">${r}</a>`).join("")}</nav>
${rooms.map(section).join("\n")}
</body></html>`;
}

function callOf(useCase: UseCase): string {
  const path = `/api/${useCase.room}/${useCase.verb}`;
  if (useCase.type === "query") {
    const query = new URLSearchParams(
      Object.entries(useCase.example as Record<string, unknown>).map(
        ([k, v]) => [k, String(v)] as [string, string],
      ),
    ).toString();
    return `curl 'http://127.0.0.1:4680${path}${query ? `?${query}` : ""}'`;
  }
  const key =
    useCase.type === "command"
      ? " \\\n  -H 'Idempotency-Key: my-request-1' -H 'Didym-Actor: operator@sample-recycler'"
      : "";
  return `curl -X POST 'http://127.0.0.1:4680${path}' -H 'content-type: application/json'${key} \\\n  -d '${JSON.stringify(useCase.example, null, 2)}'`;
}
