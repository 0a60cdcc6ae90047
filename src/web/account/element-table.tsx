import { byMagnetsFirst } from "../../chemistry/elements.ts";
import { Mass } from "../kit/show/figure.tsx";
import { useNames } from "../kit/show/named.tsx";
import { Tag } from "../kit/show/page.tsx";
import { Empty } from "../kit/show/states.tsx";
import type { Balance } from "./now.ts";

/** Elements across, places down; then the named places of law 1, so that each column adds up to nothing. */
export function ElementTable({ balance }: { balance: Balance }) {
  const named = new Set([...balance.held, ...balance.places].flatMap((row) => Object.keys(row.elements_mg)));
  const elements = [...named].sort(byMagnetsFirst);
  if (balance.held.length === 0 && balance.places.length === 0)
    return <Empty>No lot is on the books yet. It begins with a consignment.</Empty>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is reached with the keyboard */}
      <section className="scroll tight" aria-label="kilograms by place" tabIndex={0} data-cards>
        <table>
          <thead>
            <tr>
              <th scope="col">On hand</th>
              <th scope="col" className="num">
                All mass
              </th>
              {elements.map((element) => (
                <th scope="col" className="num" key={element}>
                  {element}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {balance.held.map((row) => (
              <tr key={row.place}>
                <th scope="row" className="keep">
                  <PlaceName of={row.place} />
                </th>
                <AllMass mg={row.mass_mg} />
                {elements.map((element) => (
                  <Holds key={element} element={element} of={row.elements_mg[element]} />
                ))}
              </tr>
            ))}
          </tbody>
          <NamedPlaces balance={balance} elements={elements} />
        </table>
      </section>
      <p className="small">
        {balance.closes ? <Tag mood="good">Closes</Tag> : <Tag mood="bad">Does not close</Tag>}{" "}
        {balance.closes
          ? "What is on hand and what the named places hold add up to nothing, to the milligram."
          : "What is on hand and what the named places hold do not add up; audit the books."}
      </p>
    </>
  );
}

function NamedPlaces({ balance, elements }: { balance: Balance; elements: readonly string[] }) {
  // Where a step was taken back, nothing is left.
  const places = balance.places.filter(
    (row) => row.mass_mg !== 0 || Object.values(row.elements_mg).some((mg) => mg !== 0),
  );
  if (places.length === 0) return null;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={elements.length + 2} className="dim keep">
          Named places
        </th>
      </tr>
      {places.map((row) => (
        <tr key={row.place}>
          <th scope="row" className="keep">
            <PlaceName of={row.place} />
          </th>
          <AllMass mg={row.mass_mg} />
          {elements.map((element) => (
            <Holds key={element} element={element} of={{ best: row.elements_mg[element] ?? 0 }} />
          ))}
        </tr>
      ))}
    </tbody>
  );
}

const AllMass = ({ mg }: { mg: number }) => (
  <td className="num" data-head="All mass, kg">
    <InKg mg={mg} />
  </td>
);

/** The unit stands once, above the table. */
const InKg = ({ mg, sd }: { mg: number; sd?: number | undefined }) => <Mass mg={mg} sd={sd} unit="kg" bare />;

/** What a place holds of an element; a card on a phone leaves out what it does not. */
function Holds({ element, of }: { element: string; of: { best: number; sd?: number } | undefined }) {
  const nothing = of === undefined || of.best === 0;
  return (
    <td className="num" data-head={`${element}, kg`} data-nothing={nothing || undefined}>
      {nothing ? <span className="dim">–</span> : <InKg mg={of.best} sd={of.sd} />}
    </td>
  );
}

/** "lost:dust" and "transit:B-1" as people say it. */
function PlaceName({ of: place }: { of: string }) {
  const names = useNames();
  const [what, ...rest] = place.split(":");
  const name = rest.join(":");
  if (!name) {
    const alone: Readonly<Record<string, string>> = {
      received: "came in with consignments",
      added: "chemicals and water added",
      restated: "restated by agreed assays",
    };
    return alone[place] ?? names.site(place);
  }
  if (what === "transit") return `on the way, ${name}`;
  if (what === "delivered") return `delivered to ${names.party(name)}`;
  return `${what}: ${name}`;
}
