import { useParams } from "@tanstack/react-router";
import { useAsk } from "../kit/client/hooks.ts";
import { DOUBT_NOTE, Mass } from "../kit/show/figure.tsx";
import { dateText, whole } from "../kit/show/figure-text.ts";
import { Facts, Page, Panel } from "../kit/show/page.tsx";
import { Answered } from "../kit/show/states.tsx";
import { useUnits } from "../kit/who.tsx";

/** One scale: what it read against others and against itself, beside what is stated of it. */
export function InstrumentPage() {
  const { unit = "" } = useParams({ strict: false }) as { unit?: string };
  const known = (useUnits().data ?? []).find(({ id }) => id === unit);
  const asked = useAsk("ledger/instrument", { unit });
  return (
    <Page title={known?.name ?? unit} says={`${unit}: what it read against other scales and against itself.`}>
      <Answered asked={asked}>
        {(of) => (
          <Panel title={verdictOf(of)} says={DOUBT_NOTE}>
            <Facts
              of={[
                ["Pairs of readings", whole(of.pairs_count)],
                ["Usually weighs", of.load_mg > 0 ? <Mass key="load" mg={of.load_mg} /> : "nothing yet"],
                [
                  "Bias found",
                  of.compared ? (
                    <Mass key="bias" mg={of.bias_mg} sd={of.bias_sd_mg} />
                  ) : (
                    "not seen yet: it was compared with nothing"
                  ),
                ],
                ["Bias stated", <Mass key="stated" mg={0} sd={of.stated.bias_mg} />],
                [
                  "Repeats within",
                  of.own_pairs_count > 0 ? (
                    <Mass key="repeat" mg={Math.round(of.repeatability_mg)} />
                  ) : (
                    "not seen yet: nothing was weighed twice on it"
                  ),
                ],
                ["Stated to repeat within", <Mass key="said" mg={Math.round(of.stated.repeatability_mg)} />],
                ...(of.stated.calibration
                  ? ([
                      [
                        "Calibrated",
                        `${dateText(of.stated.calibration.from)} (${of.stated.calibration.certificate})`,
                      ],
                      ["Holds until", dateText(of.stated.calibration.to)],
                    ] as const)
                  : ([["Calibrated", "not stated"]] as const)),
                ...(of.last_at ? ([["Last compared", dateText(of.last_at)]] as const) : []),
              ]}
            />
          </Panel>
        )}
      </Answered>
    </Page>
  );
}

function verdictOf({
  off,
  compared,
  pairs_count,
  bias_mg,
}: {
  off: boolean;
  compared: boolean;
  pairs_count: number;
  bias_mg: number;
}): string {
  if (pairs_count === 0) return "Nothing to compare it with yet";
  if (!compared) return "Compared with itself alone yet: of its bias that tells nothing";
  if (!off) return "It reads as it is stated to";
  return `It reads ${bias_mg > 0 ? "more" : "less"} than it is stated to: look at it`;
}
