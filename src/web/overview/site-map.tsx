import { geoAlbersUsa, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import topology from "us-atlas/states-albers-10m.json";
import { type SiteRecord, useSites } from "../shell/who.tsx";
import { Tag } from "../show/page.tsx";
import { Answered, Empty } from "../show/states.tsx";
import { Table } from "../show/table.tsx";

/** The file is projected already, for a picture of this size (us-atlas, "albers"); sites are projected the same way. */
const WIDTH = 975;
const HEIGHT = 610;
const project = geoAlbersUsa().scale(1300).translate([487.5, 305]);

const atlas = topology as unknown as Topology<{ states: GeometryCollection; nation: GeometryCollection }>;
const draw = geoPath();
const nation = draw(feature(atlas, atlas.objects.nation)) ?? "";
const borders = draw(mesh(atlas, atlas.objects.states, (a, b) => a !== b)) ?? "";

/** Sites of the programme on the map, and as a list. State outlines: US Census Bureau, by us-atlas. */
export function SiteMap() {
  const sites = useSites();
  return (
    <Answered asked={sites}>
      {(all) =>
        all.length === 0 ? (
          <Empty>No site is registered yet.</Empty>
        ) : (
          <div className="columns">
            <Picture sites={all} />
            <Table
              caption="sites"
              rows={all}
              keyOf={(s) => s.id}
              columns={[
                { head: "Site", cell: (s) => s.name },
                { head: "Place", cell: (s) => `${s.city}, ${s.state}`, kind: "keep" },
                { head: "Of", cell: (s) => s.party, kind: "keep" },
                {
                  head: "State",
                  cell: (s) => <Tag mood={s.status === "open" ? "good" : "mute"}>{s.status}</Tag>,
                },
              ]}
            />
          </div>
        )
      }
    </Answered>
  );
}

function Picture({ sites }: { sites: readonly SiteRecord[] }) {
  const places = sites.flatMap((site) => {
    const at = project([site.lon, site.lat]);
    return at ? [{ site, x: at[0], y: at[1] }] : [];
  });
  return (
    <svg className="picture" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="map of the sites">
      <path className="land" d={nation} />
      <path className="land-line" d={borders} />
      {places.map(({ site, x, y }) => (
        <circle
          key={site.id}
          className={`dot ${site.status === "closed" ? "closed" : kindOf(site)}`}
          cx={x}
          cy={y}
          r={9}
        >
          <title>{`${site.name}, ${site.city}, ${site.state}: ${site.capabilities.join(", ")}`}</title>
        </circle>
      ))}
    </svg>
  );
}

/** A site that can separate is drawn as a refinery, whoever owns it. */
const kindOf = (site: SiteRecord) => (site.capabilities.includes("chromatograph") ? "refiner" : "centre");
