// Imported first by every script, for its effect: on an old Node the modules after it might not even load.
const wanted = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
  process.stderr.write(
    `Cannot start: this is Node ${process.versions.node} and Mathpie needs ${wanted.join('.')} or newer; install it from https://nodejs.org\n`,
  );
  process.exit(1);
}
