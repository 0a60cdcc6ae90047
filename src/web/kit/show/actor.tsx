import { PersonName } from "./person.tsx";

interface Acting {
  readonly role: string;
  readonly party: string;
  readonly verified?: boolean;
  readonly person?: string | undefined;
  readonly for?: string;
  readonly owner?: true;
}

/** Who acted, as stated or by name where they signed in; what nothing proves says so, and who acted for another firm is not told. */
export const Actor = ({ of }: { of: Acting }) =>
  of.role === "sealed" ? (
    <span className="dim">not told to you</span>
  ) : (
    <>
      {of.person === undefined ? null : (
        <>
          <PersonName id={of.person} />,{" "}
        </>
      )}
      {of.role} @ {of.party}
      {of.for === undefined ? null : (
        <span className="dim">
          {" "}
          for <PersonName id={of.for} />
        </span>
      )}
      {of.owner ? <span className="dim"> machine's owner,</span> : ""}
      {of.verified ? "" : <span className="dim"> unverified</span>}
    </>
  );
