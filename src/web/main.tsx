import "@mantine/core/styles.css";
import "./styles/index.css";
import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Refused } from "./kit/client/client.ts";
import { WhoProvider } from "./kit/who.tsx";
import { router } from "./routes.tsx";
import { cssVariables, theme } from "./theme.ts";

const TRIES_MAX = 2;

/** Refused so, one may be another than the page knows: a session that ended, or a role that one's directory changed. */
const BY_WHO_ASKS: ReadonlySet<string> = new Set(["not_signed_in", "not_allowed"]);
const ME = "trust/me";

function askWhoAgain(error: Error): void {
  // Of who is nobody already there is nothing to ask: the page they sign in on stays.
  const known = client.getQueryData<{ signed_in: boolean }>([ME, {}])?.signed_in === true;
  if (known && error instanceof Refused && BY_WHO_ASKS.has(error.problem.code))
    void client.invalidateQueries({ queryKey: [ME] });
}

const client = new QueryClient({
  mutationCache: new MutationCache({ onError: askWhoAgain }),
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => (queryKey[0] === ME ? undefined : askWhoAgain(error)),
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the trade refuses stays refused; only a server that was not reached is asked again.
      retry: (tries, error) => error instanceof Refused && error.problem.status === 0 && tries < TRIES_MAX,
    },
  },
});

const root = document.getElementById("root");
if (!root) throw new Error("the page has no place for the app");
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <WhoProvider>
          <RouterProvider router={router} />
        </WhoProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
