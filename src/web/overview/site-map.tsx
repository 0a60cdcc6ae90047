import { Party } from "../kit/show/named.tsx";
import { Tag } from "../kit/show/page.tsx";
import { Answered, Empty } from "../kit/show/states.tsx";
import { Table } from "../kit/show/table.tsx";
import { borders, MAP_HEIGHT, MAP_WIDTH, nation, project } from "../kit/show/us-map.ts";
import { type SiteRecord, useSites, useUnits } from "../kit/who.tsx";

/** Sites of the programme on the map, and as a list. */
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
                { head: "Country", cell: (s) => s.country ?? "not stated", kind: "keep" },
                { head: "Of", cell: (s) => <Party id={s.party} />, kind: "keep" },
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
  const columns = (useUnits().data ?? []).filter((unit) => unit.kind === "column");
  // Where columns stand is drawn as a refinery, whoever owns it.
  const kindOf = (site: SiteRecord) => (columns.some((unit) => unit.site === site.id) ? "refiner" : "centre");
  const places = sites.flatMap((site) => {
    const at = project([site.lon, site.lat]);
    return at ? [{ site, x: at[0], y: at[1] }] : [];
  });
  return (
    <svg
      className="picture"
      viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`}
      role="img"
      aria-label="map of the sites"
    >
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
