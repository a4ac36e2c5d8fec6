// A catalogue of the shape that the server sends, small enough to read.

const P = (name, scale, low, high, plain) => ({ name, symbol: `<math><mi>${name}</mi></math>`, meaning: name, default: plain, low, high, scale });

export const CATALOGUE = {
  version: "0", plotly: "", device: "", datasets: [], networks: [], race: null,
  limits: { steps: 100000, noise: 1e6, seed: 2 ** 32 - 1, seeds: 64, optimizers: 16, formula_characters: 200 },
  surfaces: [
    {
      name: "rosenbrock", title: "Rosenbrock", formula: "(a - x)^2 + b*(y - x^2)^2", mathml: "", sentence: "", reference: "",
      parameters: [P("a", "linear", -1.2, 1.2, 1), P("b", "log", 1, 1000, 100)], view: [[-2, 2], [-0.5, 1.5]], start: [-1.2, 1], steps: 1000,
      shown: ["gradient_descent", "adam"], defaults: { gradient_descent: { lr: 0.001 }, adam: { lr: 0.2 } },
    },
    {
      name: "saddle", title: "Saddle", formula: "x^2 - y^2", mathml: "", sentence: "", reference: "", parameters: [], view: [[-2, 2], [-1, 1]],
      start: [0.02, 0.85], steps: 300, shown: ["adam", "lbfgs"], defaults: { adam: { lr: 0.05 } },
    },
    {
      name: "line", title: "Line", formula: "(x*s + y - t)^2", mathml: "", sentence: "", reference: "", parameters: [], view: [[-2, 2], [-1, 1]],
      start: [0.5, 0.5], steps: 300, shown: ["adam", "lbfgs"], defaults: { adam: { lr: 0.05 } },
      data: { columns: ["s", "t"], rows: [[0, 1], [1, 2], [2, 2], [3, 5]] },
    },
    {
      name: "parabola", title: "Parabola", formula: "a/2*x^2", mathml: "", sentence: "", reference: "", variables: 1, parameters: [P("a", "log", 0.2, 5, 1)],
      view: [[-4, 6], [-1, 1]], start: [-3, 0], steps: 300, shown: ["gradient_descent", "secant"], defaults: { gradient_descent: { lr: 0.2 } },
    },
  ],
  schedules: [
    { name: "constant", title: "Constant", reference: "", formula_mathml: "", words: "stays η", parameters: [] },
    { name: "step", title: "Step", reference: "", formula_mathml: "", words: "times {gamma} every {every} steps", parameters: [P("every", "integer", 1, 1000, 100), P("gamma", "log", 0.01, 1, 0.5)] },
    { name: "cosine", title: "Cosine", reference: "", formula_mathml: "", words: "down to {final%}, over {horizon%}", parameters: [P("horizon", "linear", 0.05, 1, 1), P("final", "log", 1e-6, 1, 0.01)] },
  ],
  stopping: [
    { name: "gradient_norm", title: "Gradient norm", formula_mathml: "", words: "", tolerance: P("gradient_norm", "log", 1e-12, 1e3, 1e-2) },
    { name: "step_size", title: "Step size", formula_mathml: "", words: "", tolerance: P("step_size", "log", 1e-12, 1e3, 1e-3) },
  ],
  optimizers: [
    { name: "gradient_descent", title: "Gradient descent", short: "GD", primary: "lr", variables: [1, 2], takes_schedule: true, parameters: [P("lr", "log", 1e-5, 10, 0.01)] },
    {
      name: "adam", title: "Adam", short: "Adam", primary: "lr", variables: [1, 2], takes_schedule: true,
      parameters: [P("lr", "log", 1e-5, 10, 0.1), P("beta1", "linear", 0, 0.9999, 0.9), P("eps", "log", 1e-12, 1, 1e-8)],
    },
    { name: "lbfgs", title: "L-BFGS", short: "L-BFGS", primary: "history", variables: [1, 2], takes_schedule: false, parameters: [P("history", "integer", 1, 100, 10)] },
    { name: "secant", title: "Secant", short: "Secant", primary: "offset", variables: [1], takes_schedule: false, parameters: [P("offset", "log", 1e-6, 10, 0.1)] },
  ],
};
