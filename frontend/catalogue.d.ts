// The contract of GET /api/catalogue, for developers' type checks only; nothing loads it at run time.
import type { Parameter } from "./controls/scale.js";

export type Box = [[number, number], [number, number]];

export interface SurfaceEntry {
  name: string;
  title: string;
  formula: string;
  mathml: string;
  sentence: string;
  reference: string;
  parameters: Parameter[];
  /** 1: a curve over x; its start and points have y = 0, and its view's y says nothing. */
  variables: 1 | 2;
  view: Box;
  start: [number, number];
  steps: number;
  shown: string[];
  /** Of a finite sum, whose formula is that of one term; null else. */
  data: { columns: string[]; rows: number[][]; points?: DataPoints | null; model?: DataModel | null } | null;
  defaults: Record<string, Record<string, number>>;
}

/** Rows that are points of the plane: formulas (program.js) in columns and parameters. */
export interface DataPoints {
  x: Step[];
  y: Step[];
  weight: string;
}

/** What (x, y) make of a row's one or two inputs. */
export interface DataModel {
  inputs: string[];
  target: string;
  output: Step[];
  labels: boolean;
}

export type Step = (string | number)[];

export interface OptimizerEntry {
  name: string;
  title: string;
  short: string;
  family: string;
  reference: string;
  formula_mathml: string;
  needs: string[];
  primary: string;
  takes_schedule: boolean;
  /** Of how many variables a function may be for it to run there. */
  variables: number[];
  parameters: Parameter[];
  training: Record<string, number> | null;
  training_parameters: Parameter[] | null;
  /** Names of those that a race can change under way. */
  changeable: string[];
  /** A script in plain torch can repeat its curve. */
  script: boolean;
}

export interface ScheduleEntry {
  name: string;
  title: string;
  reference: string;
  formula_mathml: string;
  words: string;
  parameters: Parameter[];
}

/** A rule that would end a run where a quantity of a step lies below its tolerance. */
export interface StoppingEntry {
  name: string;
  title: string;
  formula_mathml: string;
  words: string;
  tolerance: Parameter;
}

export interface DatasetEntry {
  name: string;
  title: string;
  classes: string[];
  train: number;
  validation: number;
  available: boolean;
  sentence: string;
}

export interface NetworkEntry {
  name: string;
  title: string;
  sentence: string;
  parameters: number;
  layers: string[];
}

/** A schedule as requests and logs have it: its name and its numbers. */
export type AskedSchedule = Record<string, string | number>;

export interface RaceRequest {
  dataset: string;
  train_size: number | null;
  /** Images held out; null: as many as the data set usually does. */
  validation_size: number | null;
  network: string;
  epochs: number;
  batch_size: number;
  seed: number;
  /** Of every optimizer, with the seeds from `seed` on; a race of old says none, and was run once. */
  repeats?: number;
  /** Pixels by which training images are moved at random; 0: not at all. */
  crop: number;
  /** Half of the training images are mirrored, at random. */
  flip: boolean;
  /** Epochs between two measurements of the Hessian's top eigenvalue; 0: never. */
  sharpness_every: number;
  /** At the end, the loss on a plane through all paths. */
  landscape: boolean;
  optimizers: ({ name: string; schedule?: AskedSchedule } & Record<string, any>)[];
}

/** One card of GET /api/scenes. */
export interface SceneEntry {
  id: string;
  title: string;
  sentence: string;
  source: { document: string; figure: string };
  room: "descent" | "training";
  hash: string;
  /** The link of a run that came with Thalweg. */
  recorded: string | null;
  /** What the card draws: a question for the descents with the view and the playhead, or a race that is not run. */
  picture: {
    question?: { surface: { name?: string }; start: [number, number]; optimizers: { name: string }[] } & Record<string, unknown>;
    view?: Box;
    at?: number;
    race?: RaceRequest;
  };
}

export interface Catalogue {
  version: string;
  plotly: string;
  surfaces: SurfaceEntry[];
  optimizers: OptimizerEntry[];
  schedules: ScheduleEntry[];
  stopping: StoppingEntry[];
  datasets: DatasetEntry[];
  networks: NetworkEntry[];
  race: RaceRequest;
  device: string;
  limits: Record<string, number>;
  /** Of looking closely at networks. */
  costs: import("./training/costs.js").Costs;
}
