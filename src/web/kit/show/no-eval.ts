import { config } from "zod";

/** The pages forbid making code from text; zod would try. Imported before whatever builds schemas. */
config({ jitless: true });
