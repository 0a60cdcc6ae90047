import { geoAlbersUsa, geoPath } from "d3-geo";
import { useEffect, useState } from "react";
import { feature, mesh } from "topojson-client";
import { useAsk } from "../api.ts";

interface Site {
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly lat: number;
  readonly lon: number;
  readonly party: string;
  readonly capabilities: readonly string[];
}

const SIZE = { width: 640, height: 400 };
const projection = geoAlbersUsa()
  .fitSize([SIZE.width, SIZE.height], { type: "Sphere" })
  .scale(820)
  .translate([SIZE.width / 2, SIZE.height / 2]);

/** Sites on a map of the states; drawn from data that comes with the app, no tile server. */
export function SiteMap() {
  const sites = useAsk<{ items: Site[] }>("programme/sites", { limit: 100 });
  const [outline, setOutline] = useState<{ land: string; borders: string }>();
  useEffect(() => {
    let gone = false;
    void import("us-atlas/states-10m.json").then(({ default: atlas }) => {
      if (gone) return;
      const states = atlas as unknown as Parameters<typeof feature>[0];
      const path = geoPath(projection);
      const nation = states.objects["nation"];
      const inside = states.objects["states"];
      if (!nation || !inside) return;
      setOutline({
        land: path(feature(states, nation)) ?? "",
        borders: path(mesh(states, inside as never, (a, b) => a !== b)) ?? "",
      });
    });
    return () => {
      gone = true;
    };
  }, []);
  const placed = (sites.data?.items ?? []).flatMap((s) => {
    const at = projection([s.lon, s.lat]);
    return at ? [{ ...s, x: at[0], y: at[1], refinery: s.capabilities.includes("chromatograph") }] : [];
  });
  return (
    <svg
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      role="img"
      aria-label={`Map of ${placed.length} sites`}
      style={{ width: "100%" }}
    >
      {outline ? (
        <>
          <path
            d={outline.land}
            fill="var(--mantine-color-default-hover)"
            stroke="var(--mantine-color-default-border)"
          />
          <path
            d={outline.borders}
            fill="none"
            stroke="var(--mantine-color-default-border)"
            strokeWidth={0.6}
          />
        </>
      ) : null}
      {placed.map((s) => (
        <g key={s.id}>
          <title>{`${s.name}, ${s.city} ${s.state}`}</title>
          {s.refinery ? (
            <rect x={s.x - 5} y={s.y - 5} width={10} height={10} fill="#d55e00" />
          ) : (
            <circle cx={s.x} cy={s.y} r={5} fill="#0072b2" />
          )}
          <text
            x={s.x + (s.refinery ? -9 : 9)}
            y={s.y + (s.id === "marion" ? -6 : 4)}
            fontSize={13}
            textAnchor={s.refinery ? "end" : "start"}
            fill="currentColor"
          >
            {s.name.replace(/ (centre|refinery)$/, "")}
          </text>
        </g>
      ))}
    </svg>
  );
}
