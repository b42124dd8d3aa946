// danfojs-node asks for TensorFlow's native addon and uses little of it. This stands in its place (package.json,
// "overrides"): 55 MB instead of 270, nothing to compile, no banner on the console.
const core = require('@tensorflow/tfjs-core');
require('@tensorflow/tfjs-backend-cpu');
const data = require('@tensorflow/tfjs-data');

core.env().set('IS_TEST', true); // or it advises, at the first tensor, to install the addon

// The full package hangs every operation on tensors as a method, and danfo.js calls some of them: tensor.sub(other).
for (const [name, operation] of Object.entries(core)) {
  if (typeof operation !== 'function' || !/^[a-z]/.test(name) || name in core.Tensor.prototype) continue;
  core.Tensor.prototype[name] = function (...others) {
    return operation(this, ...others);
  };
}

module.exports = { ...core, data };
