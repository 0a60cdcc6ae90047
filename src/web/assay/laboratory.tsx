import { Acts } from "../act/do.tsx";
import { Page } from "../kit/show/page.tsx";
import { Charts } from "./charts.tsx";
import { Waiting } from "./waiting.tsx";

/** A laboratory's day: what waits to be measured, what waits for a second pair of eyes, and how well it measures. */
export function Laboratory() {
  return (
    <Page
      title="Laboratory"
      says="Samples that wait, results that a second person releases, and how well reference materials are met."
      actions={<Acts on="laboratory" />}
    >
      <Waiting />
      <Charts />
    </Page>
  );
}
