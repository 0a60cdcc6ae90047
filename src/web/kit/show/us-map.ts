import { geoAlbersUsa, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import topology from "us-atlas/states-albers-10m.json";

/** The file is projected already, for a picture of this size (us-atlas, "albers"); points are projected the same way. */
export const MAP_WIDTH = 975;
export const MAP_HEIGHT = 610;
export const project = geoAlbersUsa().scale(1300).translate([487.5, 305]);

const atlas = topology as unknown as Topology<{
  states: GeometryCollection<{ name: string }>;
  nation: GeometryCollection;
}>;
const draw = geoPath();

/** State outlines: US Census Bureau, by us-atlas. */
export const nation = draw(feature(atlas, atlas.objects.nation)) ?? "";
export const borders = draw(mesh(atlas, atlas.objects.states, (a, b) => a !== b)) ?? "";

export interface StateShape {
  readonly name: string;
  readonly path: string;
  readonly middle: readonly [x: number, y: number];
}

/** One state by its FIPS number (FIPS 5-2), as the atlas numbers them. */
export function stateShape(fips: string): StateShape | undefined {
  const shape = feature(atlas, atlas.objects.states).features.find((f) => f.id === fips);
  if (!shape) return undefined;
  return { name: shape.properties.name, path: draw(shape) ?? "", middle: draw.centroid(shape) };
}
