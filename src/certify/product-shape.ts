import { z } from "zod";
import { FORMS, type Form, isElement, type Product } from "../chemistry/index.ts";

const Element = z.string().refine(isElement, "an element with a standard atomic weight");
const Part = z.number().min(0).max(1);

/** The definition of a product as a certificate of analysis carries it, read from outside. */
export const ProductShape = z.object({
  product: z.string(),
  name: z.string(),
  form: z.enum(Object.keys(FORMS) as [Form, ...Form[]]),
  elements: z.array(Element).min(1).max(20),
  ratio: z.record(z.string(), z.object({ from: Part, to: Part })).optional(),
  formulas: z.record(z.string(), z.string().max(30)).optional(),
}) as unknown as z.ZodType<Product>;
