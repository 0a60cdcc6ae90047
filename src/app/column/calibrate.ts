import { z } from "zod";
import { CalibrationInput, calibrate, readCalibration } from "../../column/index.ts";
import { calculation } from "../core/use-case.ts";

export const calibrateColumn = calculation({
  room: "column",
  verb: "calibrate",
  long: true,
  summary:
    "Fit affinities, capacity and transport to measured outlet curves, with what the data cannot tell apart.",
  // As for simulate, the room reads its own contract and names the field it refuses.
  input: z.unknown().meta(z.toJSONSchema(CalibrationInput, { io: "input" }) as Record<string, unknown>),
  // Sample data: a front from an explicit scheme with capacity 1500 mol/m3 and dispersion 1e-5 m2/s, rounded.
  example: {
    experiments: [
      {
        name: "sample breakthrough",
        simulation: {
          model: "equilibrium",
          bed: {
            length_m: 0.5,
            total_porosity: 0.7,
            capacity_mol_per_m3_bed: 1400,
          },
          flow: {
            superficial_velocity_m_per_s: 0.0007,
          },
          transport: {
            axial_dispersion_m2_per_s: 0.00002,
          },
          species: [
            {
              name: "Cu",
              role: "presaturant",
              affinity: 1,
            },
            {
              name: "Nd",
              role: "product",
              affinity: 2,
            },
          ],
          initial_mol_per_m3: {
            Cu: 90,
          },
          inlet: [
            {
              until_s: 15000,
              mol_per_m3: {
                Nd: 90,
              },
            },
          ],
        },
        measured: {
          csv: "time_s,Nd\n10600,0.1\n10800,0.3\n11000,0.6\n11200,1.3\n11400,2.8\n11600,5.7\n11800,11.3\n12000,20.6\n12200,33.6\n12400,48.1\n12600,61.1\n12800,71.0\n13000,77.8\n13200,82.2\n13400,85.0\n13600,86.8\n13800,88.0\n",
        },
      },
    ],
    fit: [
      {
        parameter: "capacity_mol_per_m3_bed",
      },
      {
        parameter: "axial_dispersion_m2_per_s",
      },
    ],
  } as unknown,
  async compute({ progress }, input) {
    const calibration = readCalibration(input);
    return calibration.ok ? calibrate(calibration.value, progress) : calibration;
  },
});
