import { NativeSelect } from "@mantine/core";
import { useState } from "react";
import { agreementProse, readAgreement } from "../../settle/index.ts";
import { ActForm } from "../act/act-page.tsx";
import { useAct } from "../act/use-act.ts";
import { useAskAll } from "../kit/client/hooks.ts";
import { useFilter } from "../kit/show/filter.ts";
import { Page, Panel } from "../kit/show/page.tsx";
import { Answered } from "../kit/show/states.tsx";
import { Prose } from "./prose.tsx";

const PATH = "settle/agree";

/** Terms of an agreement as a form, beside the sentences they come to; both are made by the same reader as on the books. */
export function AgreementForm() {
  const act = useAct("settle", "agree");
  const agreements = useAskAll("settle/agreements");
  const [like, setLike] = useFilter("like");
  return (
    <Page
      title="Agreement"
      says="Fill in the terms and read beside them what they come to. They are proposed by one of the two parties and in force once the other accepts them; a number that is on the books already becomes its next version, with the reason."
    >
      <Answered asked={act} rows={12}>
        {(found) => (
          <Answered asked={agreements}>
            {(all) => {
              const model = all.find((a) => a.agreement.id === like);
              const start = model ? { agreement: model.agreement } : like === "example" ? found.example : {};
              return (
                <>
                  <div className="filters">
                    <NativeSelect
                      label="Begin with"
                      value={like ?? ""}
                      onChange={(e) => setLike(e.currentTarget.value)}
                      data={[
                        { value: "", label: "empty terms" },
                        { value: "example", label: "terms of a sample, to be changed" },
                        ...all.map((a) => ({ value: a.agreement.id, label: a.agreement.title })),
                      ]}
                    />
                  </div>
                  <ActForm
                    key={like ?? ""}
                    act={found}
                    path={PATH}
                    start={start}
                    beside={(input) => <Reads terms={(input as { agreement?: unknown })?.agreement} />}
                  />
                </>
              );
            }}
          </Answered>
        )}
      </Answered>
    </Page>
  );
}

/** The prose of terms that can be read; of others, the first clause that is missing or wrong. */
function Reads({ terms }: { terms: unknown }) {
  const [last, setLast] = useState<readonly string[]>([]);
  const read = readAgreement(terms ?? {});
  const prose = read.ok ? agreementProse(read.value) : last;
  if (read.ok && prose.join() !== last.join()) setLast(prose);
  return (
    <Panel title="How it reads">
      {read.ok ? null : (
        <p className="note warn" role="status">
          Not yet an agreement: {read.refusal.message}.
        </p>
      )}
      <Prose of={prose} />
    </Panel>
  );
}
