import { Go } from "../kit/show/go.tsx";
import { Panel, Tag } from "../kit/show/page.tsx";
import { useParties, useSites, useUnits } from "../kit/who.tsx";

/** On empty books: what the first day asks, in its order, with what is done already. */
export function Begin() {
  const steps = [
    { says: "Register a party", to: "/do/programme/register-party", done: useParties().data?.length },
    { says: "Register a site", to: "/do/programme/register-site", done: useSites().data?.length },
    { says: "Register a scale or column", to: "/do/programme/register-unit", done: useUnits().data?.length },
    { says: "Receive a consignment", to: "/consignments/new", done: 0 },
  ];
  return (
    <Panel
      title="Begin with your own"
      says="Parties own and process the metal, sites are where it stands, scales say how sure a weight is. Then the first truck may come."
    >
      <ol className="prose">
        {steps.map(({ says, to, done = 0 }) => (
          <li key={to}>
            <Go to={to} search={{ from: "/" }}>
              {says}
            </Go>{" "}
            {done > 0 ? <Tag mood="good">{done} registered</Tag> : null}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
