/** By role, as its journey took them: `node tools/guide-pictures.ts`. */
export const PICTURES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(
    import.meta.glob<string>("./pictures/*.webp", { eager: true, query: "?url", import: "default" }),
  ).map(([file, url]) => [file.replace(/^.*\/|\.webp$/g, ""), url]),
);
