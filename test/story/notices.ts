import { followOnce } from "../../src/app/notices/follow.ts";
import { given, type Step, shown } from "./step.ts";

/** What the books of the story tell, once the log was followed; and a webhook by the name of the examples. */
export const noticesTold = (): Step[] => [
  given(async ({ notices, store, clock }) => {
    if (!notices) return;
    const at = clock.now().toISOString();
    while (await followOnce(notices, { store, at, mail: false }));
    const hook = { party: "sample-recycler", url: "https://hooks.example.com/earlier", kinds: [] };
    await notices.register({ id: "W-7K2M9QXA", ...hook, secret: new Uint8Array(32) }, at);
  }),
  ...["mine", "kinds", "wish", "wishes", "register-webhook", "webhooks", "end-webhook"].map((verb) =>
    shown(`notices ${verb}`),
  ),
];
