// JSON Schema of a TypeScript type, asked from the compiler itself: what a use case answers is stated once, as its type.
import type { Checker, Symbol as Declared, Type } from "typescript/unstable/sync";

export type Json = { readonly [name: string]: unknown };

/** `SymbolFlags.Optional` of the compiler; the package exports the enumeration without its values. */
const OPTIONAL = 1 << 24;

const INTRINSIC: Readonly<Record<string, Json>> = {
  string: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  true: { const: true },
  false: { const: false },
  null: { type: "null" },
  unknown: {},
  object: { type: "object" },
};

/** Types that stand for themselves in a schema; everything else that has a name of its own becomes a definition. */
const UNNAMED =
  /^(?:__type|__object|Array|ReadonlyArray|Record|Readonly|Partial|Pick|Omit|Exclude|Extract|Required)$/;

/** Schemas of types, with the definitions they refer to under `#/components/schemas/`. */
export class Schemas {
  readonly definitions: Record<string, Json> = {};
  /** What has no schema, by its place: an answer is plain JSON, and says what it holds. */
  readonly faults: string[] = [];
  private readonly checker: Checker;
  private readonly names = new Map<number, string>();
  private readonly taken = new Map<string, number>();

  constructor(checker: Checker) {
    this.checker = checker;
  }

  of(type: Type, at: string): Json {
    const name = this.nameOf(type);
    if (name === undefined) return this.spelledOut(type, at);
    if (this.definitions[name] === undefined) {
      // Stands in for itself while it is spelled out, so that a type may hold itself.
      this.definitions[name] = {};
      this.definitions[name] = { ...this.documented(type), ...this.spelledOut(type, at) };
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  private nameOf(type: Type): string | undefined {
    const known = this.names.get(type.id);
    if (known !== undefined) return known;
    const alias = type.getAliasSymbol();
    if (alias ? type.getAliasTypeArguments().length > 0 : !type.isClassOrInterface()) return undefined;
    if (!alias && type.isTypeReference() && this.checker.getTypeArguments(type).length > 0) return undefined;
    const name = (alias ?? type.getSymbol())?.name;
    if (name === undefined || UNNAMED.test(name)) return undefined;
    const nth = (this.taken.get(name) ?? 0) + 1;
    this.taken.set(name, nth);
    const own = nth === 1 ? name : `${name}${nth}`;
    this.names.set(type.id, own);
    return own;
  }

  private documented(type: Type): Json {
    const text = (type.getAliasSymbol() ?? type.getSymbol())?.getDocumentationComment(this.checker) ?? "";
    return text === "" ? {} : { description: text };
  }

  private spelledOut(type: Type, at: string): Json {
    const { checker } = this;
    if (type.isUnionType()) return this.union(type.getTypes(), at);
    if (type.isStringLiteralType() || type.isNumberLiteralType() || type.isBooleanLiteralType())
      return { const: type.value };
    if (type.isTemplateLiteralType()) return { type: "string" };
    if (type.isIntrinsicType()) {
      const schema = INTRINSIC[type.intrinsicName];
      return schema ?? this.fault(`${at} is of type ${type.intrinsicName}`);
    }
    if (checker.isTupleType(type) && type.isTypeReference())
      return { type: "array", items: this.anyOf(checker.getTypeArguments(type), at) };
    if (checker.isArrayType(type) && type.isTypeReference()) {
      const [items] = checker.getTypeArguments(type);
      return { type: "array", items: items ? this.of(items, `${at}[]`) : {} };
    }
    if (checker.getSignaturesOfType(type, 0).length > 0) return this.fault(`${at} is a function`);
    return this.object(type, at);
  }

  private fault(why: string): Json {
    this.faults.push(why);
    return {};
  }

  private union(types: readonly Type[], at: string): Json {
    const shown = types.filter((t) => !(t.isIntrinsicType() && t.intrinsicName === "undefined"));
    const literals = shown.filter((t) => t.isStringLiteralType());
    const booleans = shown.filter((t) => t.isBooleanLiteralType());
    const others = shown.filter(
      (t) => !literals.includes(t as never) && !(booleans.length === 2 && booleans.includes(t as never)),
    );
    const schemas = [
      ...(literals.length > 0
        ? [
            literals.length === 1
              ? { const: literals[0]?.value }
              : { enum: literals.map((t) => t.value).sort() },
          ]
        : []),
      ...(booleans.length === 2 ? [{ type: "boolean" }] : []),
      ...others.map((t) => this.of(t, at)),
    ];
    return oneOrAny(schemas);
  }

  private anyOf(types: readonly Type[], at: string): Json {
    return oneOrAny(types.map((t) => this.of(t, at)));
  }

  private object(type: Type, at: string): Json {
    const members = this.checker.getPropertiesOfType(type);
    const types = this.checker.getTypeOfSymbol(members);
    const properties: Record<string, Json> = {};
    const required: string[] = [];
    for (const [i, member] of members.entries()) {
      const of = types[i];
      if (!of) throw new Error(`${at}.${member.name} has no type`);
      properties[member.name] = this.member(member, of, `${at}.${member.name}`);
      if (!this.mayLack(member, of)) required.push(member.name);
    }
    const [index] = this.checker.getIndexInfosOfType(type);
    return {
      type: "object",
      ...(members.length > 0 ? { properties } : {}),
      ...(required.length > 0 ? { required } : {}),
      ...(index ? { additionalProperties: this.of(index.valueType, `${at}.*`) } : {}),
    };
  }

  /** JSON leaves out what is undefined. */
  private mayLack(member: Declared, type: Type): boolean {
    if ((member.flags & OPTIONAL) !== 0) return true;
    const parts = type.isUnionType() ? type.getTypes() : [type];
    return parts.some((t) => t.isIntrinsicType() && t.intrinsicName === "undefined");
  }

  private member(member: Declared, type: Type, at: string): Json {
    const description = member.getDocumentationComment(this.checker);
    return { ...this.of(type, at), ...(description === "" ? {} : { description }) };
  }
}

function oneOrAny(schemas: readonly Json[]): Json {
  const texts = new Map(schemas.map((schema) => [JSON.stringify(schema), schema]));
  const different = [...texts.values()];
  return different.length === 1 ? (different[0] ?? {}) : { anyOf: different };
}
