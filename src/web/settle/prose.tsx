/** An agreement as its numbered sentences. */
export const Prose = ({ of }: { of: readonly string[] }) => (
  <ol className="prose">
    {of.map((sentence) => (
      <li key={sentence}>{sentence}</li>
    ))}
  </ol>
);
