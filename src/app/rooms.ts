import type { UseCase } from "./core/use-case.ts";

/**
 * The rooms in the order of the loop, each loaded when it is first asked for: a calculation on the command line
 * starts without the code of the other rooms.
 */
export const ROOMS = {
  overview: async () => (await import("./overview/index.ts")).overviewUseCases,
  programme: async () => (await import("./programme/index.ts")).programmeUseCases,
  intake: async () => (await import("./intake/index.ts")).intakeUseCases,
  identify: async () => (await import("./identify/index.ts")).identifyUseCases,
  prepare: async () => (await import("./prepare/index.ts")).prepareUseCases,
  ledger: async () => (await import("./ledger/index.ts")).ledgerUseCases,
  ship: async () => (await import("./ship/index.ts")).shipUseCases,
  assay: async () => (await import("./assay/index.ts")).assayUseCases,
  settle: async () => (await import("./settle/index.ts")).settleUseCases,
  column: async () => (await import("./column/index.ts")).columnUseCases,
  refine: async () => (await import("./refine/index.ts")).refineUseCases,
  certify: async () => (await import("./certify/index.ts")).certifyUseCases,
  orders: async () => (await import("./orders/index.ts")).ordersUseCases,
  trust: async () => (await import("./trust/index.ts")).trustUseCases,
  notices: async () => (await import("./notices/index.ts")).noticesUseCases,
  jobs: async () => (await import("./jobs/index.ts")).jobsUseCases,
} satisfies Readonly<Record<string, () => Promise<readonly UseCase[]>>>;

/** The use case called "room/verb"; its room is loaded when it is first asked for. */
export async function loadUseCase(name: string): Promise<UseCase | undefined> {
  const [room = "", verb = ""] = name.split("/");
  const rooms: Readonly<Record<string, () => Promise<readonly UseCase[]>>> = ROOMS;
  const load = Object.hasOwn(rooms, room) ? rooms[room] : undefined;
  return (await load?.())?.find((u) => u.verb === verb);
}
