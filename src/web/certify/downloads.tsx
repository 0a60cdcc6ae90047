import { Panel } from "../kit/show/page.tsx";

/** The two files a buyer needs to run the same checks without this server. */
export function Downloads({ passport }: { passport: string }) {
  const of = `?passport=${encodeURIComponent(passport)}`;
  return (
    <Panel title="Check it yourself">
      <p>
        <a href={`/api/certify/credential${of}`} download={`${passport}.json`}>
          Download the passport
        </a>{" "}
        and{" "}
        <a href={`/api/certify/bundle${of}`} download={`${passport}-bundle.json`}>
          its bundle
        </a>
        , then, without any connection:
      </p>
      <pre className="mono body">
        didym certify verify {passport}.json --bundle {passport}-bundle.json --trust issuers.json
      </pre>
      <p className="dim small no-print">
        Or drop both on the <a href="/verify">verify page</a>.
      </p>
    </Panel>
  );
}
