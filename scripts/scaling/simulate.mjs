/**
 * Simulates `mathpie generate` over many GPUs: engines that answer every half second, one driver that hands out and takes back one call after
 * the other, arrivals, slow engines, and engines that are lost with what they held.
 *
 * `hardware`: configs/scaling.json, or the like; `random`: numbers in [0, 1), seeded. Times are seconds. Every exchange of every engine is
 * an event (some 26 million for 10^9 requests); inside of one, requests are counted and not followed one by one.
 */
export function simulate({ gpus, requests, arrivalsPerSecond = Number.POSITIVE_INFINITY, random, hardware }) {
  const { engine, failures, driver } = hardware;
  const speed = new Float64Array(gpus);
  const held = new Float64Array(gpus);
  const last = new Float64Array(gpus);
  const nextFailure = new Float64Array(gpus);
  const perSecond = engine.tokensPerSecond / engine.tokensPerRequest;
  const serviceOf = (count) => driver.secondsPerExchange + count * driver.secondsPerRequest;
  for (let gpu = 0; gpu < gpus; gpu++) {
    const isSlow = random() < engine.slowShare;
    speed[gpu] = perSecond * Math.exp(engine.spread * normal(random)) * (isSlow ? engine.slowSpeed : 1);
    nextFailure[gpu] = -failures.meanSecondsBetween * Math.log(1 - random());
  }
  // What the driver reads before it asks anybody
  const scan = requests * driver.secondsPerScannedRequest;
  const heap = makeHeap(gpus);
  for (let gpu = 0; gpu < gpus; gpu++) heap.push(scan + failures.secondsToLoad, gpu);

  let [driverFree, driverBusy, given, done, lost, repeated, idle, poolEmptyAt] = [scan, 0, 0, 0, 0, 0, 0, 0];
  let [again, now] = [0, scan];
  for (let gpu = 0; gpu < gpus; gpu++) last[gpu] = scan + failures.secondsToLoad;
  while (done < requests) {
    const gpu = heap.top();
    now = heap.time();
    if (now >= nextFailure[gpu]) {
      // Its answers of the last exchange are gone with it, and so is half of what its batch had made
      lost += 1;
      const made = Math.min(held[gpu], speed[gpu] * engine.secondsPerExchange);
      repeated += made + Math.min(held[gpu] - made, engine.batch) / 2;
      again += held[gpu];
      held[gpu] = 0;
      const back = now + failures.secondsToNotice + failures.secondsToLoad;
      idle += back - last[gpu];
      last[gpu] = back;
      nextFailure[gpu] = back - failures.meanSecondsBetween * Math.log(1 - random());
      heap.replaceTop(back);
      continue;
    }
    const elapsed = now - last[gpu];
    const finished = Math.min(held[gpu], speed[gpu] * elapsed);
    idle += elapsed - finished / speed[gpu];
    held[gpu] -= finished;
    done += finished;
    const arrived = Math.min(requests, arrivalsPerSecond * now);
    const room = Math.max(0, engine.window - held[gpu]);
    const taken = Math.max(0, Math.min(room, again + arrived - given));
    const fresh = Math.max(0, taken - again);
    again -= taken - fresh;
    given += fresh;
    if (poolEmptyAt === 0 && given >= requests && again < 1) poolEmptyAt = now;
    held[gpu] += taken;
    const service = serviceOf(finished);
    driverFree = Math.max(driverFree, now) + service;
    driverBusy += service;
    last[gpu] = now;
    // An engine with little to do comes back sooner, as the real one does
    const until = held[gpu] > engine.batch ? engine.secondsPerExchange : engine.secondsPerExchange / 4;
    const drained = held[gpu] > 0 ? Math.max(0.02, held[gpu] / speed[gpu]) : until;
    if (requests - done < 1e-3) done = requests;
    heap.replaceTop(driverFree + Math.min(until, drained));
  }
  const seconds = Math.max(now, driverFree);
  return {
    gpus,
    hours: seconds / 3600,
    requestsPerSecond: requests / seconds,
    gpuBusy: 1 - (idle + gpus * scan) / (gpus * seconds),
    driverBusy: (driverBusy + scan) / seconds,
    scanHours: scan / 3600,
    lost,
    repeatedShare: repeated / requests,
    tailSeconds: seconds - (poolEmptyAt || seconds),
    gpuHours: (gpus * seconds) / 3600,
    gigabytesOfMemory: (requests * driver.bytesOfMemoryPerRequest) / 1e9,
    terabytesWritten: (requests * driver.bytesPerCompletion) / 1e12,
  };
}

/** A heap of times with a number each; the least is on top. */
function makeHeap(size) {
  const times = new Float64Array(size + 1);
  const items = new Int32Array(size + 1);
  let count = 0;
  const down = (time, item) => {
    let place = 1;
    for (;;) {
      let child = 2 * place;
      if (child > count) break;
      if (child < count && times[child + 1] < times[child]) child += 1;
      if (times[child] >= time) break;
      times[place] = times[child];
      items[place] = items[child];
      place = child;
    }
    times[place] = time;
    items[place] = item;
  };
  return {
    push(time, item) {
      let place = ++count;
      for (; place > 1 && times[place >> 1] > time; place >>= 1) {
        times[place] = times[place >> 1];
        items[place] = items[place >> 1];
      }
      times[place] = time;
      items[place] = item;
    },
    top: () => items[1],
    time: () => times[1],
    replaceTop: (time) => down(time, items[1]),
  };
}

/** Box and Muller 1958. */
const normal = (random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
