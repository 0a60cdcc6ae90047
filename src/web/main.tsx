import "@mantine/core/styles.css";
import "./styles/index.css";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Refused } from "./kit/client/client.ts";
import { WhoProvider } from "./kit/who.tsx";
import { router } from "./routes.tsx";
import { cssVariables, theme } from "./theme.ts";

const TRIES_MAX = 2;

const client = new QueryClient({
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
