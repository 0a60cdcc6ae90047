import { Download } from "../kit/show/download.tsx";
import { TextDrop } from "../kit/show/drop.tsx";

interface Of {
  readonly label: string;
  readonly description: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly sample: { readonly name: string; readonly csv: string; readonly use: () => void };
  /** What was not read, as "The curve", and why. */
  readonly fault: { readonly what: string; readonly why: string } | undefined;
}

/** A measured curve as a file or as text, with sample data to try, and what is wrong with it. */
export const CurveDrop = ({ sample, fault, ...drop }: Of) => (
  <>
    <TextDrop
      {...drop}
      between={(choose) => (
        <div className="acts">
          {choose}
          <button type="button" className="plain" onClick={sample.use}>
            Use the sample data
          </button>
          <Download name={sample.name} type="text/csv" content={() => sample.csv}>
            Download the sample data
          </Download>
        </div>
      )}
    />
    {fault ? (
      <p className="note bad" role="alert">
        {fault.what} was not read. {fault.why}.
      </p>
    ) : null}
  </>
);
