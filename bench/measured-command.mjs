// The command line as users run it, with its memory and processor time told at the end.
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const main = join(resolve(import.meta.dirname, '..'), 'dist/cli/main.js');
const tell =
  'process.on("exit",()=>{const u=process.resourceUsage();console.error("USAGE "+u.maxRSS+" "+(u.userCPUTime+u.systemCPUTime))})';

/** Runs `mathpie` with these words; peakMiB is the largest memory of the process, userSeconds its processor time. */
export function runMeasured(words) {
  const started = performance.now();
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [
      '--import',
      `data:text/javascript,${encodeURIComponent(tell)}`,
      main,
      ...words,
    ]);
    let stderr = '';
    child.stderr.on('data', (part) => (stderr += part));
    child.stdout.resume();
    child.on('close', (code) => {
      const [, kilobytes, micros] = /USAGE (\d+) (\d+)/.exec(stderr) ?? [];
      if (code !== 0) return fail(new Error(stderr));
      done({
        seconds: (performance.now() - started) / 1000,
        peakMiB: Math.round(kilobytes / 1024),
        userSeconds: micros / 1e6,
        stderr: stderr.replace(/USAGE.*\n/, ''),
      });
    });
  });
}
